package presence_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// night reserves the first desk from 22:00 of today to 06:00 of the next day: an evening and a morning.
func (s *scene) night(t *testing.T, who identity.Caller) (evening, morning string) {
	t.Helper()
	d := bookingtest.New(s.db.Tables(), s.db.Clock.Now)
	made, err := d.Reserve(t.Context(), who, booking.ReserveInput{Spot: s.Desks[0], Key: secret.ID(),
		Period: booking.Period{Date: today, From: "22:00", UntilDate: today.AddDays(1), To: "06:00"}})
	require.NoError(t, err)
	require.Len(t, made.Reservations, 2)
	return made.Reservations[0].ID, made.Reservations[1].ID
}

// tomorrow goes to a clock time of the next day, and looks.
func (s *scene) tomorrow(t *testing.T, clock string) {
	t.Helper()
	s.db.Clock.Set(at(clock).Add(24 * time.Hour))
	require.NoError(t, s.watch.Round(t.Context()))
}

func (s *scene) sheetOf(t *testing.T, id string) table.SpotSheet {
	t.Helper()
	parsed, err := table.ParseReservationID(id)
	require.NoError(t, err)
	sheet, err := s.db.Tables().SpotSheetNow(t.Context(), s.Place(s.Desks[0]), parsed.Day)
	require.NoError(t, err)
	return sheet
}

func (s *scene) held(t *testing.T, id string) (table.Holding, bool) {
	t.Helper()
	parsed, err := table.ParseReservationID(id)
	require.NoError(t, err)
	held, there := s.sheetOf(t, id).Holdings[parsed.Key]
	return held, there
}

func (s *scene) mustHold(t *testing.T, id string, want table.State) {
	t.Helper()
	held, there := s.held(t, id)
	require.True(t, there)
	require.Equal(t, want, held.State)
}

// gone asserts that nothing of the morning stays, and that others can have it.
func (s *scene) gone(t *testing.T, morning string) {
	t.Helper()
	_, there := s.held(t, morning)
	require.False(t, there)
	require.Empty(t, s.sheetOf(t, morning).Taken)
	d := bookingtest.New(s.db.Tables(), s.db.Clock.Now)
	_, err := d.Reserve(t.Context(), s.Person(t), booking.ReserveInput{Spot: s.Desks[0], Key: secret.ID(),
		Period: booking.Period{Date: today.AddDays(1), From: "00:00", To: "06:00"}})
	require.NoError(t, err)
}

// 4.d.4
func TestWhoIsThereWhenTheDayEndsIsThereWhenTheNextBegins(t *testing.T) {
	for name, arrive := range map[string]func(s *scene, who identity.Caller, evening string){
		"a sensor, before the evening began": func(s *scene, _ identity.Caller, _ string) {
			s.sensed(t, false, "21:50", 1)
			s.sensed(t, true, "21:58", 2)
			s.sensed(t, true, "22:58", 3)
			s.round(t, "23:01")
			s.sensed(t, true, "23:58", 4)
		},
		"a sensor that was seen by the watch": func(s *scene, _ identity.Caller, _ string) {
			s.sensed(t, true, "20:58", 1)
			s.sensed(t, true, "21:44", 2) // nobody's yet
			s.round(t, "21:46")
			s.round(t, "23:59")
		},
		"a sensor that was seen by the watch, in the last minute": func(s *scene, _ identity.Caller, _ string) {
			s.sensed(t, true, "21:44", 1) // nobody's yet
			s.round(t, "23:59")
		},
		"a sensor, in the last minute": func(s *scene, _ identity.Caller, _ string) {
			s.sensed(t, true, "23:59:40", 1)
		},
		"by hand, early in the evening": func(s *scene, who identity.Caller, evening string) {
			s.clock("22:05")
			_, err := s.door.CheckIn(t.Context(), who, presence.OwnInput{Reservation: evening})
			require.NoError(t, err)
			s.round(t, "23:30")
		},
		"by hand, in the last minute": func(s *scene, who identity.Caller, evening string) {
			s.clock("23:59:50")
			_, err := s.door.CheckIn(t.Context(), who, presence.OwnInput{Reservation: evening})
			require.NoError(t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := morning(t, func(l *table.Location) { l.NoShowMinutes = 180 })
			who := s.Person(t)
			evening, early := s.night(t, who)
			arrive(s, who, evening)
			s.mustHold(t, evening, table.CheckedIn)
			s.mustHold(t, early, table.CheckedIn)
			held, _ := s.held(t, early)
			require.Equal(t, today.End(s.Location.Zone).Unix(), held.CheckedInAt,
				"from its own day's beginning: nothing of the evening is on the next day's sheet")
			for _, clock := range []string{"00:00", "00:16", "03:30"} {
				s.tomorrow(t, clock)
				s.mustHold(t, early, table.CheckedIn)
			}
			require.Zero(t, s.counts["no-show"])
		})
	}
}

// 4.d.4
func TestWhoSitsDownBeforeMidnightAtTheDeskOfTheirMorningIsThereThen(t *testing.T) {
	s := morning(t)
	who := s.Person(t)
	d := bookingtest.New(s.db.Tables(), s.db.Clock.Now)
	made, err := d.Reserve(t.Context(), who, booking.ReserveInput{Spot: s.Desks[0], Key: secret.ID(),
		Period: booking.Period{Date: today.AddDays(1), From: "00:00", To: "06:00"}})
	require.NoError(t, err)
	s.clock("23:59:50")
	_, err = s.door.WalkUp(t.Context(), who, presence.WalkUpInput{Spot: s.Desks[0], Key: "k"})
	require.NoError(t, err)
	s.mustHold(t, made.Reservations[0].ID, table.CheckedIn)
}

// 4.d.4
func TestAStayThatIsGivenBackInTheEveningHasNoMorning(t *testing.T) {
	s := morning(t)
	who := s.Person(t)
	evening, early := s.night(t, who)
	s.clock("22:05")
	own := presence.OwnInput{Reservation: evening}
	_, err := s.door.CheckIn(t.Context(), who, own)
	require.NoError(t, err)
	s.round(t, "23:30")
	given, err := s.door.Release(t.Context(), who, own)
	require.NoError(t, err)
	require.Equal(t, table.Released, given.State)
	s.gone(t, early)
	again, err := s.door.Release(t.Context(), who, own)
	require.NoError(t, err)
	require.Equal(t, given, again)
	require.Len(t, s.sheetOf(t, early).Holdings, 1, "of who has the morning now")
}

// 4.d.4
func TestAStayThatIsGivenBackByARequestThatEndedHalfWayIsEndedByItsRepeat(t *testing.T) {
	enginetest.EachCall(t, true, func(t *testing.T, faults *enginetest.Faults) {
		s := morning(t)
		who := s.Person(t)
		evening, early := s.night(t, who)
		own := presence.OwnInput{Reservation: evening}
		s.clock("22:05")
		_, err := s.door.CheckIn(t.Context(), who, own)
		require.NoError(t, err)
		door := presence.CheckIns{Tables: s.db.Faulty(faults), Now: s.db.Clock.Now}
		_, err = door.Release(t.Context(), who, own)
		require.Equal(t, faults.Reached() && faults.At > 0, err != nil)
		_, err = s.door.Release(t.Context(), who, own)
		require.NoError(t, err)
		s.gone(t, early)
	})
}

func TestAMorningThatDoesNotBeginWithItsDayIsNoPartOfTheStay(t *testing.T) {
	s := morning(t)
	who := s.Person(t)
	s.partsFrom(t, who, who, "00:15")
}

// partsFrom sees that somebody's evening comes and goes without the morning that follows at the same spot.
func (s *scene) partsFrom(t *testing.T, who, whose identity.Caller, from civil.ClockTime) {
	t.Helper()
	evening := s.reserve(t, who, "22:00", "24:00")
	d := bookingtest.New(s.db.Tables(), s.db.Clock.Now)
	made, err := d.Reserve(t.Context(), whose, booking.ReserveInput{Spot: s.Desks[0], Key: secret.ID(),
		Period: booking.Period{Date: today.AddDays(1), From: from, To: "06:00"}})
	require.NoError(t, err)
	s.clock("23:30")
	_, err = s.door.CheckIn(t.Context(), who, presence.OwnInput{Reservation: evening})
	require.NoError(t, err)
	s.mustHold(t, made.Reservations[0].ID, table.Reserved)
	_, err = s.door.Release(t.Context(), who, presence.OwnInput{Reservation: evening})
	require.NoError(t, err)
	s.mustHold(t, made.Reservations[0].ID, table.Reserved)
}

func TestAStayFromWhichItsPersonWentHomeInTheEveningHasNoMorning(t *testing.T) {
	s := morning(t)
	evening, early := s.night(t, s.Person(t))
	s.sensed(t, true, "22:01", 1)
	s.sensed(t, false, "22:40", 2)
	s.round(t, "23:10")
	s.mustHold(t, evening, table.Released)
	s.gone(t, early)
}

// 4.d.2
func TestAStayToWhichNobodyComesIsANoShowAsAWhole(t *testing.T) {
	s := morning(t)
	evening, early := s.night(t, s.Person(t))
	s.round(t, "22:15")
	s.mustHold(t, evening, table.NoShow)
	s.gone(t, early)
}

// 7.rectify
func TestACheckInThatIsTakenBackInTheEveningIsSoInTheMorning(t *testing.T) {
	s := morning(t)
	who := s.Person(t)
	evening, early := s.night(t, who)
	s.clock("23:30")
	_, err := s.door.CheckIn(t.Context(), who, presence.OwnInput{Reservation: evening})
	require.NoError(t, err)
	s.mustHold(t, early, table.CheckedIn)
	_, err = s.door.Retract(t.Context(), who, presence.OwnInput{Reservation: evening})
	require.NoError(t, err)
	s.mustHold(t, evening, table.Reserved)
	s.mustHold(t, early, table.Reserved)
	held, _ := s.held(t, early)
	require.Zero(t, held.CheckedInAt)

	s.clock("23:40")
	_, err = s.door.CheckIn(t.Context(), who, presence.OwnInput{Reservation: evening})
	require.NoError(t, err)
	s.mustHold(t, early, table.CheckedIn)
	_, err = s.door.Retract(t.Context(), who, presence.OwnInput{Reservation: early})
	require.NoError(t, err)
	s.round(t, "23:50")
	s.mustHold(t, evening, table.CheckedIn)
	s.mustHold(t, early, table.Reserved)
}

// The clocks of Atlantic/Azores jump over the midnight with which 2027-03-28 begins, those of Amsterdam over its
// 02:00.
func TestOneCanSitDownOnADayOfWhichTheOpeningIsJumpedOver(t *testing.T) {
	for zone, opens := range map[string]civil.ClockTime{"Atlantic/Azores": "00:00", "Asia/Beirut": "00:30",
		"Europe/Amsterdam": "02:15"} {
		db := enginetest.New(t, time.Date(2027, 3, 28, 10, 5, 0, 0, time.UTC))
		o := db.NewOffice(t, zone, 1, func(l *table.Location) { l.Opens = opens })
		door := presence.CheckIns{Tables: db.Tables(), Now: db.Clock.Now}
		who, in := o.Person(t), presence.WalkUpInput{Spot: o.Desks[0], Until: "00:00", Key: "k"}
		sat, err := door.WalkUp(t.Context(), who, in)
		require.NoError(t, err, zone)
		require.Equal(t, civil.ClockTime("24:00"), sat.To, "midnight has two names")
		again, err := door.WalkUp(t.Context(), who, in)
		require.NoError(t, err)
		require.Equal(t, sat, again)
	}
}

func TestANightOfSomebodyElseIsNoPartOfTheStay(t *testing.T) {
	s := morning(t, func(l *table.Location) { l.NoShowMinutes = 60 })
	s.partsFrom(t, s.Person(t), s.Person(t), "00:00")
}

// 4.d.2: grace runs from the later of the beginning and the booking.
func TestWhoBooksWhatHasBegunHasTheWholeGraceToCome(t *testing.T) {
	s := morning(t, func(l *table.Location) { l.NoShowMinutes = 5 })
	who := s.Person(t)
	s.clock("09:10")
	late := s.reserve(t, who, "09:00", "12:00")
	s.round(t, "09:14:59")
	s.mustHold(t, late, table.Reserved)
	s.round(t, "09:15")
	s.mustHold(t, late, table.NoShow)
}

func TestWhoMovesAReservationToAQuarterThatHasBegunHasTheWholeGraceToCome(t *testing.T) {
	s := morning(t, func(l *table.Location) { l.NoShowMinutes = 5 })
	d := booking.Bookings{Tables: s.db.Tables(), Now: s.db.Clock.Now}
	for i, spot := range []string{"", s.Desks[1]} {
		who := s.Person(t)
		s.clock("08:40")
		moved := s.reserve(t, who, civil.ClockTime([]string{"12:00", "14:00"}[i]),
			civil.ClockTime([]string{"13:00", "15:00"}[i]))
		s.clock("09:10")
		_, err := d.Change(t.Context(), who, booking.ChangeInput{Reservation: moved, Spot: spot, From: "09:00",
			To: "10:00"})
		require.NoError(t, err)
		s.round(t, "09:14:59")
		require.Zero(t, s.counts["no-show"])
	}
	s.round(t, "09:15")
	require.Equal(t, 2, s.counts["no-show"])
}
