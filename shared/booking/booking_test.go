package booking_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

var monday = time.Date(2026, 11, 23, 7, 59, 0, 0, time.UTC) // 08:59 in Amsterdam

type bench struct {
	*enginetest.Office
	db   *enginetest.Database
	desk bookingtest.Bookings
}

func office(t testing.TB, desks int, change ...func(*table.Location)) bench {
	db := enginetest.New(t, monday)
	return bench{db.NewOffice(t, "Europe/Amsterdam", desks, change...), db,
		bookingtest.New(db.Tables(), db.Clock.Now)}
}

func (b bench) reserve(t testing.TB, who identity.Caller, spot string, from, to civil.ClockTime) booking.Reservation {
	t.Helper()
	made, err := b.desk.Reserve(t.Context(), who, ask(spot, from, to))
	require.NoError(t, err)
	return made.Reservations[0]
}

func ask(spot string, from, to civil.ClockTime) booking.ReserveInput {
	return booking.ReserveInput{Spot: spot, Period: booking.Period{Date: "2026-11-23", From: from, To: to},
		Key: secret.ID()}
}

// checkIn checks a reservation of the first desk in.
func (b bench) checkIn(t testing.TB, id table.ReservationID) {
	t.Helper()
	sheet, err := b.db.Tables().SpotSheetNow(t.Context(), b.Place(b.Desks[0]), id.Day)
	require.NoError(t, err)
	require.NoError(t, b.db.Tables().CheckIn(t.Context(), b.Place(b.Desks[0]), id.Day, id.Key, sheet.Holdings[id.Key],
		b.db.Clock.Now()))
}

func kind(t testing.TB, err error, want problem.Kind) *problem.Error {
	t.Helper()
	var p *problem.Error
	require.ErrorAs(t, err, &p)
	require.Equal(t, want, p.Kind, "%+v", p)
	return p
}

func (b bench) agenda(t testing.TB, who identity.Caller) []booking.Reservation {
	t.Helper()
	agenda, err := b.desk.Agenda(t.Context(), who, booking.AgendaInput{})
	require.NoError(t, err)
	return agenda.Reservations
}

func TestNeighboursMayHoldOneSpotAndOthersAreToldWhatIsFree(t *testing.T) {
	b := office(t, 3)
	first, second, third := b.Person(t), b.Person(t), b.Person(t)
	b.reserve(t, first, b.Desks[0], "09:00", "12:00")
	b.reserve(t, second, b.Desks[0], "12:00", "15:00")

	_, err := b.desk.Reserve(t.Context(), third, ask(b.Desks[0], "11:45", "12:15"))
	refusal := kind(t, err, problem.Conflict)
	free := refusal.Extra["free_instead"].([]booking.Alternative)
	require.Len(t, free, 2, "the other desks, and no meeting room")
	require.Empty(t, b.agenda(t, third))
}

func TestARepeatedReservationIsTheSameOne(t *testing.T) {
	b := office(t, 1)
	who, in := b.Person(t), ask(b.Desks[0], "09:00", "12:00")
	once, err := b.desk.Reserve(t.Context(), who, in)
	require.NoError(t, err)
	twice, err := b.desk.Reserve(t.Context(), who, in)
	require.NoError(t, err)
	require.Equal(t, once, twice)
	require.Len(t, b.agenda(t, who), 1)

	in.To = "13:00"
	_, err = b.desk.Reserve(t.Context(), who, in)
	kind(t, err, problem.Conflict)
}

func TestALateRepeatDoesNotBringBackACancelledReservation(t *testing.T) {
	b := office(t, 1)
	who, in := b.Person(t), ask(b.Desks[0], "09:00", "12:00")
	made, err := b.desk.Reserve(t.Context(), who, in)
	require.NoError(t, err)
	_, err = b.desk.Cancel(t.Context(), who, booking.OwnInput{Reservation: made.Reservations[0].ID})
	require.NoError(t, err)

	_, err = b.desk.Reserve(t.Context(), who, in)
	kind(t, err, problem.Conflict)
	b.reserve(t, b.Person(t), b.Desks[0], "09:00", "12:00")
}

func TestAPersonHasOneWorkplaceAtATimeAndARoomBesideIt(t *testing.T) {
	b := office(t, 2)
	who := b.Person(t)
	b.reserve(t, who, b.Desks[0], "09:00", "12:00")
	_, err := b.desk.Reserve(t.Context(), who, ask(b.Desks[1], "11:45", "14:00"))
	kind(t, err, problem.Conflict)
	b.reserve(t, who, b.Room, "10:00", "11:00")
	require.Len(t, b.agenda(t, who), 2)
}

func TestTheQuotaOfADayIsKept(t *testing.T) {
	b := office(t, 2, func(l *table.Location) { l.DailyQuota = 2 })
	who := b.Person(t)
	b.reserve(t, who, b.Desks[0], "09:00", "10:00")
	second := b.reserve(t, who, b.Desks[0], "10:00", "11:00")
	_, err := b.desk.Reserve(t.Context(), who, ask(b.Desks[0], "11:00", "12:00"))
	kind(t, err, problem.TooMany)
	_, err = b.desk.Cancel(t.Context(), who, booking.OwnInput{Reservation: second.ID})
	require.NoError(t, err)
	b.reserve(t, who, b.Desks[0], "11:00", "12:00")
}

func TestCancellingLeavesNothingOfThePerson(t *testing.T) { // 4.d.2
	b := office(t, 1)
	who := b.Person(t)
	made := b.reserve(t, who, b.Desks[0], "09:00", "12:00")
	_, err := b.desk.Cancel(t.Context(), who, booking.OwnInput{Reservation: made.ID})
	require.NoError(t, err)
	for _, item := range b.db.Dump(t, privacy.Agenda) {
		require.NotContains(t, printed(item), who.User)
	}
	_, err = b.desk.Cancel(t.Context(), who, booking.OwnInput{Reservation: made.ID})
	kind(t, err, problem.NotFound)
}

func TestAChangeMovesTimesAndSpotTogetherOrNotAtAll(t *testing.T) {
	b := office(t, 2)
	who, other := b.Person(t), b.Person(t)
	made := b.reserve(t, who, b.Desks[0], "09:00", "12:00")
	b.reserve(t, other, b.Desks[1], "13:00", "14:00")

	changed, err := b.desk.Change(t.Context(), who, booking.ChangeInput{Reservation: made.ID, From: "10:00",
		To: "12:30"})
	require.NoError(t, err)
	require.Equal(t, civil.ClockTime("12:30"), changed.To)
	b.reserve(t, other, b.Desks[0], "09:00", "10:00")

	_, err = b.desk.Change(t.Context(), who, booking.ChangeInput{Reservation: made.ID, Spot: b.Desks[1], To: "13:15"})
	kind(t, err, problem.Conflict)
	require.Equal(t, b.Desks[0], b.agenda(t, who)[0].Spot, "a refused change changes nothing")

	_, err = b.desk.Change(t.Context(), who, booking.ChangeInput{Reservation: made.ID, Spot: b.Desks[1], To: "13:00"})
	require.NoError(t, err)
	require.Equal(t, b.Desks[1], b.agenda(t, who)[0].Spot)
	b.reserve(t, b.Person(t), b.Desks[0], "10:00", "24:00")
}

func TestOfAReservationThatIsCheckedInTheEndAloneCanBeChangedAndWhoTriesMoreIsToldSo(t *testing.T) {
	b := office(t, 2)
	who := b.Person(t)
	made := b.reserve(t, who, b.Desks[0], "09:00", "12:00")
	id, err := table.ParseReservationID(made.ID)
	require.NoError(t, err)
	b.checkIn(t, id)
	for _, more := range []booking.ChangeInput{{Spot: b.Desks[1]}, {From: "09:15"}, {From: "09:15", To: "13:00"},
		{Spot: b.Desks[1], From: "09:15"}} {
		more.Reservation = made.ID
		before := printed(b.db.Dump(t, privacy.Agenda))
		_, err = b.desk.Change(t.Context(), who, more)
		require.Contains(t, kind(t, err, problem.Conflict).Detail, "its spot and its beginning stay")
		require.Equal(t, before, printed(b.db.Dump(t, privacy.Agenda)))
	}
	for i, end := range []booking.ChangeInput{{To: "13:00"}, {From: "09:00", To: "11:00"},
		{From: "09:00", To: "11:15"}} {
		if i == 2 {
			b.db.Clock.Move(time.Hour) // to 09:59: the beginning is past, and naming it does no harm
		}
		end.Reservation = made.ID
		changed, err := b.desk.Change(t.Context(), who, end)
		require.NoError(t, err)
		require.Equal(t, []civil.ClockTime{"09:00", end.To}, []civil.ClockTime{changed.From, changed.To})
	}
}

func TestACheckInBetweenAChangesReadsAndItsWriteKeepsTheBeginning(t *testing.T) {
	b := office(t, 1)
	who := b.Person(t)
	made := b.reserve(t, who, b.Desks[0], "09:00", "12:00")
	id, err := table.ParseReservationID(made.ID)
	require.NoError(t, err)
	const write = 5 // after the reads of the person's sheet, the spot, the location and the spot's sheet
	meanwhile := b.db.Meanwhile(write, func() { b.checkIn(t, id) })
	_, err = booking.Bookings{Tables: meanwhile, Now: b.db.Clock.Now}.Change(t.Context(), who,
		booking.ChangeInput{Reservation: made.ID, From: "10:00"})
	kind(t, err, problem.Conflict)
	require.Equal(t, made.StartsAt, b.agenda(t, who)[0].StartsAt)
}

func TestANightOverMidnightIsTwoReservationsMadeTogether(t *testing.T) { // 4.d.4
	b := office(t, 1)
	who := b.Person(t)
	in := ask(b.Desks[0], "22:00", "06:00")
	in.UntilDate = "2026-11-24"
	made, err := b.desk.Reserve(t.Context(), who, in)
	require.NoError(t, err)
	require.Len(t, made.Reservations, 2)
	require.Equal(t, civil.ClockTime("24:00"), made.Reservations[0].To)
	require.Equal(t, civil.Date("2026-11-24"), made.Reservations[1].Date)

	again, err := b.desk.Reserve(t.Context(), who, in)
	require.NoError(t, err)
	require.Equal(t, made, again)
}

func TestANightIsNotHalfReserved(t *testing.T) {
	b := office(t, 1)
	morning := ask(b.Desks[0], "05:00", "06:00")
	morning.Date = "2026-11-24"
	_, err := b.desk.Reserve(t.Context(), b.Person(t), morning)
	require.NoError(t, err)
	who, night := b.Person(t), ask(b.Desks[0], "22:00", "06:00")
	night.UntilDate = "2026-11-24"
	_, err = b.desk.Reserve(t.Context(), who, night)
	kind(t, err, problem.Conflict)
	require.Empty(t, b.agenda(t, who))
}

func TestWhatCannotBeReservedIsRefusedAndChangesNothing(t *testing.T) {
	b := office(t, 1, func(l *table.Location) { l.Opens, l.Closes = "07:00", "19:00" })
	who := b.Person(t)
	for name, in := range map[string]booking.ReserveInput{
		"ends before it starts": ask(b.Desks[0], "12:00", "09:00"),
		"ends as it starts":     ask(b.Desks[0], "12:00", "12:00"),
		"in the past":           ask(b.Desks[0], "08:15", "09:00"),
		"before opening":        ask(b.Desks[0], "06:45", "09:00"),
		"after closing":         ask(b.Desks[0], "18:00", "19:15"),
		"too far ahead": {Spot: b.Desks[0], Period: booking.Period{Date: "2027-01-23", From: "09:00",
			To: "10:00"}, Key: secret.ID()},
		"yesterday": {Spot: b.Desks[0], Period: booking.Period{Date: "2026-11-22", From: "09:00",
			To: "10:00"}, Key: secret.ID()},
		"three days": {Spot: b.Desks[0], Period: booking.Period{Date: "2026-11-23", From: "09:00",
			To: "10:00", UntilDate: "2026-11-25"}, Key: secret.ID()},
		"no quarter of an hour": ask(b.Desks[0], "09:10", "10:00"),
		"over a closed midnight": {Spot: b.Desks[0], Period: booking.Period{Date: "2026-11-23", From: "18:00",
			To: "08:00", UntilDate: "2026-11-24"}, Key: secret.ID()},
	} {
		_, err := b.desk.Reserve(t.Context(), who, in)
		require.NotEmpty(t, kind(t, err, problem.Unacceptable).Fields, name)
	}
	_, err := b.desk.Reserve(t.Context(), who, booking.ReserveInput{Spot: b.Desks[0],
		Period: booking.Period{Date: "2026-02-30", From: "09:00", To: "10:00"}})
	kind(t, err, problem.Malformed)
	_, err = b.desk.Reserve(t.Context(), who, ask(secret.ID(), "09:00", "10:00"))
	kind(t, err, problem.NotFound)
	require.Empty(t, b.db.Dump(t, privacy.Agenda))
}

func TestAnotherTenantsSpotIsUnknown(t *testing.T) {
	b := office(t, 1)
	foreign := b.db.NewOffice(t, "Europe/Amsterdam", 1)
	_, err := b.desk.Reserve(t.Context(), b.Person(t), ask(foreign.Desks[0], "09:00", "10:00"))
	kind(t, err, problem.NotFound)
}

func TestAnotherPersonsReservationIsUnknown(t *testing.T) {
	b := office(t, 1)
	made := b.reserve(t, b.Person(t), b.Desks[0], "09:00", "12:00")
	other := b.Person(t)
	_, err := b.desk.Get(t.Context(), other, booking.OwnInput{Reservation: made.ID})
	kind(t, err, problem.NotFound)
	_, err = b.desk.Cancel(t.Context(), other, booking.OwnInput{Reservation: made.ID})
	kind(t, err, problem.NotFound)
	_, err = b.desk.Change(t.Context(), other, booking.ChangeInput{Reservation: made.ID, To: "13:00"})
	kind(t, err, problem.NotFound)
}

func TestSomebodyWhoIsErasedCannotReserve(t *testing.T) { // 7.erase
	b := office(t, 1)
	erased := identity.Caller{Person: identity.Person{Business: b.Business, User: secret.ID()}}
	_, err := b.desk.Reserve(t.Context(), erased, ask(b.Desks[0], "09:00", "12:00"))
	kind(t, err, problem.NotFound)
	require.Empty(t, b.db.Dump(t, privacy.Agenda))
}

func TestReservationsAreRightOnTheDaysWhenTheClocksChange(t *testing.T) {
	spring := time.Date(2027, 3, 27, 10, 0, 0, 0, time.UTC)
	b := office(t, 1)
	b.db.Clock.Set(spring)
	jump := booking.Period{Date: "2027-03-28", From: "02:00", To: "04:00"}
	_, err := b.desk.Reserve(t.Context(), b.Person(t),
		booking.ReserveInput{Spot: b.Desks[0], Period: jump, Key: secret.ID()})
	kind(t, err, problem.Unacceptable)
	jump.From = "00:00"
	made, err := b.desk.Reserve(t.Context(), b.Person(t),
		booking.ReserveInput{Spot: b.Desks[0], Period: jump, Key: secret.ID()})
	require.NoError(t, err)
	require.Equal(t, 3*time.Hour, made.Reservations[0].EndsAt.Sub(made.Reservations[0].StartsAt),
		"02:00 to 03:00 does not exist")

	b.db.Clock.Set(time.Date(2026, 10, 24, 10, 0, 0, 0, time.UTC))
	all := booking.Period{Date: "2026-10-25", From: "00:00", To: "24:00"}
	made, err = b.desk.Reserve(t.Context(), b.Person(t),
		booking.ReserveInput{Spot: b.Desks[0], Period: all, Key: secret.ID()})
	require.NoError(t, err)
	require.Equal(t, 25*time.Hour, made.Reservations[0].EndsAt.Sub(made.Reservations[0].StartsAt))
}

func TestNothingOfADayIsShownFromItsEndOn(t *testing.T) { // 4.d.2 4.d.4
	b := office(t, 1)
	who := b.Person(t)
	made := b.reserve(t, who, b.Desks[0], "09:00", "12:00")
	b.db.Clock.Set(time.Date(2026, 11, 23, 22, 59, 59, 0, time.UTC))
	require.Len(t, b.agenda(t, who), 1)
	b.db.Clock.Set(time.Date(2026, 11, 23, 23, 0, 0, 0,
		time.UTC)) // midnight in Amsterdam; nothing has been removed yet
	require.Empty(t, b.agenda(t, who))
	_, err := b.desk.Get(t.Context(), who, booking.OwnInput{Reservation: made.ID})
	kind(t, err, problem.NotFound)
	floor, err := b.desk.Availability(t.Context(), who, booking.AvailabilityInput{Floor: b.Floor, Date: "2026-11-23"})
	require.NoError(t, err)
	require.True(t, floor.Spots[0].Available && floor.Spots[1].Available)
}

func TestAvailabilityShowsStretchesAndNeverAPerson(t *testing.T) {
	b := office(t, 2, func(l *table.Location) { l.Opens, l.Closes = "07:00", "19:00" })
	who := b.Person(t)
	b.reserve(t, who, b.Desks[0], "09:00", "12:00")
	floor, err := b.desk.Availability(t.Context(), b.Person(t),
		booking.AvailabilityInput{Floor: b.Floor, Date: "2026-11-23", Type: "desk", Zone: b.Zone})
	require.NoError(t, err)
	require.Len(t, floor.Spots, 2)
	for _, spot := range floor.Spots {
		if spot.Spot == b.Desks[0] {
			require.False(t, spot.Available)
			require.Equal(t, []booking.Stretch{{From: "07:00", To: "09:00"}, {From: "12:00", To: "19:00"}}, spot.Free)
		} else {
			require.True(t, spot.Available)
		}
	}
	require.NotContains(t, printed(floor), who.User)
}
