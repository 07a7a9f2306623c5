package display_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/display"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/statistics"
	"github.com/iotspot/iotspot/shared/table"
)

func TestARoomIsBookedAtItsDoorByNobodyAndHeldAgainstEverybody(t *testing.T) {
	s := morning(t)
	s.clock("09:07")
	require.Equal(t, []display.Offer{{15, "09:30"}, {30, "09:45"}, {60, "10:15"}}, s.shows(t, s.door).Spot.Offers)
	made, err := s.books(t, 30)
	require.NoError(t, err)
	require.Equal(t, display.Stretch{From: "09:00", To: "09:45"}, made)

	view := s.shows(t, s.door).Spot
	require.Equal(t, display.Glance{Now: booking.Occupied, Until: "09:45"}, view.Glance)
	require.True(t, view.Booked)
	require.Empty(t, view.Offers)
	require.Empty(t, view.Coming)
	_, err = s.books(t, 15)
	requireKind(t, problem.Conflict, err)
	_, err = bookingtest.New(s.db.Tables(), s.db.Clock.Now).Reserve(t.Context(), s.Person(t),
		booking.ReserveInput{Spot: s.Room, Period: booking.Period{Date: today, From: "09:30", To: "10:00"}, Key: "a"})
	requireKind(t, problem.Conflict, err)
	_, err = presence.CheckIns{Tables: s.db.Tables(), Now: s.db.Clock.Now}.WalkUp(t.Context(), s.Person(t),
		presence.WalkUpInput{Spot: s.Room, Key: "a"})
	requireKind(t, problem.Conflict, err)
	s.meets(t, s.Person(t), "09:45", "10:00", booking.Titled{})
}

func TestWhatIsBookedAtADoorIsNobodysAndCountsAsNobody_5_transactions(t *testing.T) {
	s := morning(t)
	s.clock("09:00")
	_, err := s.books(t, 60)
	require.NoError(t, err)
	sheet := s.sheet(t)
	require.Empty(t, sheet.Holdings)
	require.Empty(t, sheet.Users())
	counted := statistics.Count(statistics.Day{Date: today, Zone: s.Location.Zone,
		Sheets: map[string][]table.SpotSheet{s.Floor: {sheet}},
		ZoneOf: func(string) (string, bool) { return "", true }})
	empty := statistics.Count(statistics.Day{Date: today, Zone: s.Location.Zone,
		Sheets: map[string][]table.SpotSheet{s.Floor: {}}, ZoneOf: func(string) (string, bool) { return "", true }})
	require.Equal(t, empty, counted)
	require.Empty(t, presence.Due(sheet, presence.Known{}, presence.SettingsOf(s.Location), at("12:00")),
		"nobody is asked, and nobody misses it")
}

func TestBookingAtADoorTwiceWithOneKeyIsOneBooking(t *testing.T) {
	s := morning(t)
	s.clock("09:00")
	in := display.BookInput{Minutes: 15, Key: "key-of-a-press"}
	first, err := s.walls.Book(t.Context(), s.door, in)
	require.NoError(t, err)
	s.clock("09:14")
	again, err := s.walls.Book(t.Context(), s.door, in)
	require.NoError(t, err)
	require.Equal(t, first, again)
	_, err = s.walls.End(t.Context(), s.door, struct{}{})
	require.NoError(t, err)
	again, err = s.walls.Book(t.Context(), s.door, in)
	require.NoError(t, err)
	require.Equal(t, display.Stretch{From: "09:00", To: "09:00"}, again, "what was ended does not come back")
	require.Len(t, s.sheet(t).Unnamed, 1)
}

func TestOfTwoWhoPressAtOnceOneHasTheRoom(t *testing.T) {
	s := morning(t)
	s.clock("09:00")
	rival := s.walls
	rival.Tables = s.db.Meanwhile(1, func() {
		_, err := s.books(t, 30)
		require.NoError(t, err)
	})
	_, err := rival.Book(t.Context(), s.door, display.BookInput{Minutes: 15, Key: "slower"})
	requireKind(t, problem.Conflict, err)
	require.Len(t, s.sheet(t).Unnamed, 1)
	require.Len(t, s.sheet(t).Taken, 2)
}

func TestWhatWasBookedAtADoorIsGivenBackThere(t *testing.T) {
	s := morning(t)
	s.clock("09:00")
	_, err := s.books(t, 60)
	require.NoError(t, err)
	s.clock("09:20")
	for range 2 {
		_, err = s.walls.End(t.Context(), s.door, struct{}{})
		require.NoError(t, err)
		view := s.shows(t, s.door).Spot
		require.Equal(t, booking.Free, view.Now)
		require.False(t, view.Booked)
	}
	require.Len(t, s.sheet(t).Taken, 1, "the quarter that is over")
	_, err = s.books(t, 15)
	require.NoError(t, err)
	s.meets(t, s.Person(t), "09:45", "10:00", booking.Titled{})
}

func TestARoomsRulesHoldAtItsDoor(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*table.Location)
		clock  string
		want   []int // lengths that are offered
		meets  []civil.ClockTime
	}{
		"before it opens": {func(l *table.Location) { l.Opens, l.Closes = "09:00", "17:00" }, "08:50", nil, nil},
		"till it closes":  {func(l *table.Location) { l.Opens, l.Closes = "09:00", "17:00" }, "16:30", []int{15, 30}, nil},
		"no longer than the longest": {func(l *table.Location) {
			l.Rules.Limits = []rules.Limits{{For: "room", LongestMinutes: 30}}
		}, "10:00", []int{15, 30}, nil},
		"no shorter than the shortest": {func(l *table.Location) {
			l.Rules.Limits = []rules.Limits{{For: "room", ShortestMinutes: 30}}
		}, "10:00", []int{30, 60}, nil},
		"not on a closed day": {func(l *table.Location) {
			l.Rules.Closures = []rules.Closure{{Name: "Closed", From: today, Until: today}}
		}, "10:00", nil, nil},
		"not where others have to approve": {func(l *table.Location) {
			l.Rules.Approvals = []rules.Approval{{For: "room", Group: "a"}}
		}, "10:00", nil, nil},
		"with the buffer after it": {func(l *table.Location) {
			l.Rules.Limits = []rules.Limits{{For: "room", AfterMinutes: 15}}
		}, "13:15", []int{15, 30}, []civil.ClockTime{"14:00", "15:00"}},
		"without the one before it, since they are there": {func(l *table.Location) {
			l.Rules.Limits = []rules.Limits{{For: "room", BeforeMinutes: 15}}
		}, "10:00", []int{15, 30, 60}, []civil.ClockTime{"09:00", "10:00"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := morning(t, c.change)
			if c.meets != nil {
				s.meets(t, s.Person(t), c.meets[0], c.meets[1], booking.Titled{})
			}
			s.clock(c.clock)
			var offered []int
			for _, offer := range s.shows(t, s.door).Spot.Offers {
				offered = append(offered, offer.Minutes)
			}
			require.Equal(t, c.want, offered)
			for _, minutes := range display.Lengths {
				if _, err := s.books(t, minutes); err != nil {
					require.NotContains(t, c.want, minutes, err)
					continue
				}
				require.Contains(t, c.want, minutes)
				_, err := s.walls.End(t.Context(), s.door, struct{}{})
				require.NoError(t, err)
			}
		})
	}
}

func TestARoomThatIsOutOfServiceIsNotBookedAtItsDoor(t *testing.T) {
	s := morning(t, func(l *table.Location) {
		for floor := range l.Floors {
			l.Outages = []rules.Outage{{ID: "a", Floor: floor, From: civil.QuarterOf(at("09:00")),
				To: civil.QuarterOf(at("12:00")), Reason: "the lamp is being mended"}}
		}
	})
	s.clock("09:30")
	view := s.shows(t, s.door).Spot
	require.Equal(t, booking.OutOfService, view.Now)
	require.Equal(t, "the lamp is being mended", view.Reason)
	require.Empty(t, view.Offers)
	_, err := s.books(t, 15)
	requireKind(t, problem.Unacceptable, err)
}

func TestWhoeverStandsAtTheDoorChecksTheReservationIn_4_d_4(t *testing.T) {
	s := morning(t)
	who := s.Person(t)
	s.meets(t, who, "10:00", "11:00", booking.Titled{})
	_, err := s.walls.CheckIn(t.Context(), s.door, struct{}{})
	requireKind(t, problem.Conflict, err)
	require.False(t, s.shows(t, s.door).Spot.CheckIn)
	s.clock("09:50")
	require.True(t, s.shows(t, s.door).Spot.CheckIn)
	for _, clock := range []string{"09:50", "09:51", "10:05"} { // again is the same, early too
		s.clock(clock)
		_, err = s.walls.CheckIn(t.Context(), s.door, struct{}{})
		require.NoError(t, err)
	}
	for _, held := range s.sheet(t).Holdings {
		require.Equal(t, table.CheckedIn, held.State)
		require.Equal(t, at("09:50").Unix(), held.CheckedInAt)
	}
	require.Empty(t, presence.Due(s.sheet(t), presence.Known{}, presence.SettingsOf(s.Location), at("10:30")))
}

func TestNobodyIsCheckedInAtADoorWhoObjectsOrTookItBack_7_object_7_rectify(t *testing.T) {
	s := morning(t)
	objects, takesBack := s.Person(t), s.Person(t)
	s.chooses(t, objects, map[privacy.Clause]any{"7.object": []string{"4.d.4"}})
	s.meets(t, objects, "09:00", "10:00", booking.Titled{})
	made := s.meets(t, takesBack, "10:00", "11:00", booking.Titled{})
	refused := func() {
		t.Helper()
		require.False(t, s.shows(t, s.door).Spot.CheckIn)
		_, err := s.walls.CheckIn(t.Context(), s.door, struct{}{})
		requireKind(t, problem.Conflict, err)
	}
	s.clock("09:05")
	refused()
	s.clock("10:05")
	_, err := s.walls.CheckIn(t.Context(), s.door, struct{}{})
	require.NoError(t, err)
	_, err = presence.CheckIns{Tables: s.db.Tables(), Now: s.db.Clock.Now}.Retract(t.Context(), takesBack,
		presence.OwnInput{Reservation: made})
	require.NoError(t, err)
	refused()
}

func TestADeskAndALobbyHaveNoButtons(t *testing.T) {
	s := morning(t)
	begun := s.begins(t)
	_, err := s.walls.PairAtFloor(t.Context(), s.admin, display.FloorInput{Floor: s.Floor, Code: begun.Code})
	require.NoError(t, err)
	for _, token := range []string{s.token(t, begun), s.hangs(t, s.Desks[0])} {
		s.door = s.caller(t, token)
		_, err := s.books(t, 15)
		requireKind(t, problem.NotFound, err)
		_, err = s.walls.End(t.Context(), s.door, struct{}{})
		requireKind(t, problem.NotFound, err)
		_, err = s.walls.CheckIn(t.Context(), s.door, struct{}{})
		requireKind(t, problem.NotFound, err)
	}
}

func TestABookingAtADoorThatIsCutOffAnywhereIsWholeOrNotThere(t *testing.T) {
	s := morning(t)
	s.clock("09:00")
	faults := &enginetest.Faults{}
	shaky := s.walls
	shaky.Tables = s.db.Faulty(faults)
	in := display.BookInput{Minutes: 15, Key: "key-of-a-press"}
	for call := 1; ; call++ {
		faults.Arm(call, true, false)
		_, err := shaky.Book(t.Context(), s.door, in)
		if err == nil {
			break
		}
		require.Less(t, call, 20)
	}
	_, err := s.walls.Book(t.Context(), s.door, in)
	require.NoError(t, err)
	require.Len(t, s.sheet(t).Unnamed, 1)
	require.Len(t, s.sheet(t).Taken, 1)
	s.db.Clock.Move(time.Hour)
	require.Equal(t, booking.Free, s.shows(t, s.door).Spot.Now)
}
