package booking_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func (b bench) today(t testing.TB, who identity.Caller, in booking.TodayInput) booking.Today {
	t.Helper()
	today, err := b.desk.Today(t.Context(), who, in)
	require.NoError(t, err)
	return today
}

func (b bench) likes(t testing.TB, who identity.Caller, spot string) {
	t.Helper()
	require.NoError(t, b.db.Tables().AddFavourite(t.Context(), who.Person,
		table.Favourite{Location: b.Location.ID, Floor: b.Floor, Spot: spot}))
}

func TestTodaySuggestsAFavouriteThenOneNearItThenAnyOfItsType(t *testing.T) {
	b := office(t, 3)
	who, others := b.Person(t), []identity.Caller{b.Person(t), b.Person(t), b.Person(t)}
	b.likes(t, who, b.Desks[1])

	first := b.today(t, who, booking.TodayInput{}).Suggestion
	require.Equal(t, b.Desks[1], first.Spot)
	require.Equal(t, "favourite", first.Why)
	require.Equal(t, civil.Date("2026-11-23"), first.Date)
	require.Equal(t, civil.ClockTime("08:45"), first.From, "the quarter of an hour that runs")

	b.reserve(t, others[0], b.Desks[1], "12:00", "13:00")
	second := b.today(t, who, booking.TodayInput{}).Suggestion
	require.NotEqual(t, b.Desks[1], second.Spot, "it is not free for all of the time")
	require.Contains(t, b.Desks, second.Spot)

	for i, desk := range []string{b.Desks[0], b.Desks[2]} {
		b.reserve(t, others[i+1], desk, "09:00", "10:00")
	}
	require.Nil(t, b.today(t, who, booking.TodayInput{}).Suggestion, "a room is no workplace")
}

func TestTodaySuggestsForTheFirstWeekdayWithoutAWorkplace(t *testing.T) {
	b := office(t, 1)
	who := b.Person(t)
	b.db.Clock.Set(time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)) // Friday
	in := ask(b.Desks[0], "10:00", "17:00")
	in.Date = "2026-11-27"
	_, err := b.desk.Reserve(t.Context(), who, in)
	require.NoError(t, err)

	today := b.today(t, who, booking.TodayInput{})
	require.Len(t, today.Reservations, 1)
	require.Equal(t, "Third floor", today.Reservations[0].FloorName)
	require.True(t, today.Reservations[0].Workplace)
	require.Equal(t, civil.Date("2026-11-30"), today.Suggestion.Date, "Monday")
	require.Equal(t, civil.Date("2026-11-28"), b.today(t, who,
		booking.TodayInput{Date: "2026-11-28"}).Suggestion.Date,
		"a day that is asked for is meant, in a weekend too")
}

func TestTodayNamesTheDaysOnWhichTheLocationStaysClosed(t *testing.T) {
	b := office(t, 1, func(l *table.Location) {
		l.Rules.Week = rules.Week{"wednesday": {}}
		l.Rules.Closures = []rules.Closure{{Name: "Exams", From: "2026-11-26", Until: "2026-11-26", For: "room"},
			{Name: "Party", From: "2026-11-27", Until: "2026-11-27"}}
	})
	require.Equal(t, []civil.Date{"2026-11-25", "2026-11-27"}, b.today(t, b.Person(t), booking.TodayInput{}).Closed)
}

func TestTodayIsNoSearchAndOnesOwnOnly_5_transactions(t *testing.T) {
	b := office(t, 2)
	who := b.Person(t)
	b.reserve(t, b.Person(t), b.Desks[0], "09:00", "17:00")
	require.Empty(t, b.today(t, who, booking.TodayInput{}).Reservations)
	_, err := b.desk.State(t.Context(), who, booking.StateInput{Floor: b.Floor, Date: "2026-11-23"})
	require.NoError(t, err)
	_, err = b.desk.SpotDay(t.Context(), who, booking.SpotDayInput{Spot: b.Desks[0]})
	require.NoError(t, err)
	_, err = b.db.Tables().SearchesOf(t.Context(), who.Person, b.Location.ID, "2026-11-23")
	require.ErrorIs(t, err, table.ErrAbsent)

	_, err = b.desk.State(t.Context(), who, booking.StateInput{Floor: b.Floor, Date: "2026-11-23", Look: true})
	require.NoError(t, err)
	counted, err := b.db.Tables().SearchesOf(t.Context(), who.Person, b.Location.ID, "2026-11-23")
	require.NoError(t, err)
	require.Equal(t, 1, counted.Spots, "a deliberate look is one")
}

func TestAFloorsStateNamesOnlyWhatIsNotFree(t *testing.T) {
	b := office(t, 3)
	who := b.Person(t)
	b.reserve(t, who, b.Desks[1], "09:00", "12:00")
	state, err := b.desk.State(t.Context(), b.Person(t),
		booking.StateInput{Floor: b.Floor, Date: "2026-11-23", From: "09:00", To: "17:00"})
	require.NoError(t, err)
	require.Len(t, state.Spots, 1)
	require.Equal(t, booking.NotFree{Spot: b.Desks[1], Free: []booking.Stretch{{From: "12:00", To: "17:00"}},
		Now: booking.Free}, state.Spots[0])

	b.db.Clock.Set(monday.Add(2 * time.Hour))
	state, err = b.desk.State(t.Context(), who, booking.StateInput{Floor: b.Floor, Date: "2026-11-23", From: "12:00"})
	require.NoError(t, err)
	require.Equal(t, booking.Held, state.Spots[0].Now, "it is free when asked for, and not at this moment")
	require.True(t, state.Spots[0].Available)
}

// Which spots have sensors says the plan: one of them that isn't named as heard is unknown.
func TestAFloorsStateNamesTheSpotsOfWhichASensorWasHeard(t *testing.T) {
	b := office(t, 3)
	ask := func() booking.FloorState {
		state, err := b.desk.State(t.Context(), b.Person(t), booking.StateInput{Floor: b.Floor, Date: "2026-11-23"})
		require.NoError(t, err)
		return state
	}
	hears := func(spot string, occupied bool, ago time.Duration) {
		at := b.db.Clock.Now().Add(-ago).Unix()
		b.db.Put(t, privacy.Agenda, b.Business+"#"+b.Location.ID+"#"+b.Floor+"#2026-11-23", "spot#"+spot,
			map[string]any{
				"ttl": monday.Add(24 * time.Hour).Unix(), "o#sensor": map[string]any{"o": occupied, "s": at, "a": at,
					"h": at}})
	}
	hears(b.Desks[0], false, time.Minute)
	hears(b.Desks[1], true, time.Minute)
	hears(b.Desks[2], true, 61*time.Minute)
	state := ask()
	require.ElementsMatch(t, b.Desks[:2], *state.Heard)
	require.Equal(t, []booking.NotFree{{Spot: b.Desks[1], Available: true, Free: state.Spots[0].Free,
		Now: booking.Occupied}}, state.Spots)

	b.db.Clock.Set(time.Date(2026, 11, 23, 1, 29, 0, 0, time.UTC)) // 02:29 there
	require.Nil(t, ask().Heard, "the slowest of sensors may still be about to speak")
}

func TestAFloorsStateSaysWhenItsPlanHasChanged(t *testing.T) {
	b := office(t, 1)
	version := func() int {
		state, err := b.desk.State(t.Context(), b.Person(t), booking.StateInput{Floor: b.Floor, Date: "2026-11-23"})
		require.NoError(t, err)
		return state.Version
	}
	before := version()
	desk := table.FloorSpot{Name: "3.99", Category: table.Workplace, Type: "desk"}
	require.NoError(t, b.db.Tables().ChangeFloors(t.Context(), b.Business, table.FloorChange{Location: b.Location.ID,
		Floor: b.Floor, Spots: []table.SpotChange{{ID: secret.ID(), New: &desk}}}))
	require.NotEqual(t, before, version())
	before = version()
	require.NoError(t, b.db.Tables().RenameFloor(t.Context(), b.Business, table.Floor{ID: b.Floor,
		Location: b.Location.ID, Name: "Attic", Level: 9}))
	require.NotEqual(t, before, version())
}

// Floors and spots that were made before their ids began as their location's.
func TestAFloorWithAnOlderIdIsFoundOneTripLater(t *testing.T) {
	b := office(t, 1)
	location, floor, spot := secret.ID(), secret.ID(), secret.ID()
	put := func(sk string, item map[string]any) { b.db.Put(t, privacy.Directory, "b#"+b.Business, sk, item) }
	put("location#"+location, map[string]any{"name": "Depot", "zone": "Europe/Amsterdam", "opens": "00:00",
		"closes": "24:00", "horizon_days": 60, "daily_quota": 4, "silent_minutes": 60,
		"floors": map[string]any{floor: map[string]any{"name": "Ground floor", "level": 0}}})
	put("floor#"+floor, map[string]any{"location": location, "name": "Ground floor", "level": 0, "version": 1,
		"zones": map[string]any{}})
	put("spot#"+spot, map[string]any{"location": location, "floor": floor, "name": "0.01", "category": "workplace",
		"type": "desk", "x": 0, "y": 0})
	b.reserve(t, b.Person(t), spot, "09:00", "17:00")
	state, err := b.desk.State(t.Context(), b.Person(t), booking.StateInput{Floor: floor, Date: "2026-11-23"})
	require.NoError(t, err)
	require.Equal(t, spot, state.Spots[0].Spot)
}

func TestASpotsDayShowsWhatIsFreeAndOnesOwnAndNotWhoElseHasIt_10_share(t *testing.T) {
	b := office(t, 1)
	who := b.Person(t)
	own := b.reserve(t, who, b.Desks[0], "09:00", "12:00")
	b.reserve(t, b.Person(t), b.Desks[0], "12:00", "13:00")
	day, err := b.desk.SpotDay(t.Context(), who, booking.SpotDayInput{Spot: b.Desks[0]})
	require.NoError(t, err)
	require.Equal(t, []booking.Reservation{own}, day.Mine)
	require.Equal(t, []booking.Stretch{{From: "08:45", To: "09:00"}, {From: "13:00", To: "24:00"}}, day.Free)
	require.False(t, day.Available)
	require.NotContains(t, printed(day), who.User)

	foreign := b.db.NewOffice(t, "Europe/Amsterdam", 1)
	_, err = b.desk.SpotDay(t.Context(), who, booking.SpotDayInput{Spot: foreign.Desks[0]})
	kind(t, err, problem.NotFound)
}

func TestARangeIsCancelledOnceHoweverOftenItIsAskedAndWhatOneSitsAtStays(t *testing.T) {
	b := office(t, 1)
	who := b.Person(t)
	for n := range 3 {
		in := ask(b.Desks[0], "09:00", "12:00")
		in.Date = civil.Date("2026-11-23").AddDays(n)
		_, err := b.desk.Reserve(t.Context(), who, in)
		require.NoError(t, err)
	}
	first := b.agenda(t, who)[0]
	id, err := table.ParseReservationID(first.ID)
	require.NoError(t, err)
	b.checkIn(t, id)

	asked := booking.RangeInput{From: "2026-11-23", To: "2026-11-24"}
	done, err := b.desk.CancelRange(t.Context(), who, asked)
	require.NoError(t, err)
	require.Equal(t, booking.RangeCancelled{Cancelled: 1, Kept: 1}, done)
	done, err = b.desk.CancelRange(t.Context(), who, asked)
	require.NoError(t, err)
	require.Equal(t, booking.RangeCancelled{Kept: 1}, done)
	require.Len(t, b.agenda(t, who), 2, "the day after the range stays")

	_, err = b.desk.CancelRange(t.Context(), who, booking.RangeInput{From: "2026-11-24", To: "2026-11-23"})
	kind(t, err, problem.Unacceptable)
}

func TestAccessTellsAnEmergencyOfficerThatTheyAreConfirmed_4_b_4(t *testing.T) {
	b := office(t, 1)
	who := b.Person(t)
	require.NoError(t, b.db.Tables().ChangeUser(t.Context(), who.Person, map[privacy.Clause]any{"4.b.4": true}, false))
	for _, confirmed := range []bool{false, true} {
		require.NoError(t, b.db.Tables().ConfirmOfficer(t.Context(), who.Person, confirmed))
		access, err := b.desk.Access(t.Context(), who, struct{}{})
		require.NoError(t, err)
		require.Equal(t, confirmed, access.Officer)
	}
}

func TestAccessNamesTheLocationsThatAreOpenToOne(t *testing.T) {
	b := office(t, 1)
	access, err := b.desk.Access(t.Context(), b.Person(t), struct{}{})
	require.NoError(t, err)
	require.Equal(t, identity.User, access.Role)
	require.Equal(t, []booking.FloorName{{ID: b.Floor, Name: "Third floor", Level: 3}}, access.Locations[0].Floors)

	guest := b.Person(t)
	guest.Role, guest.Location = identity.Guest, "aaaaaaaaaaaaaaaa"
	access, err = b.desk.Access(t.Context(), guest, struct{}{})
	require.NoError(t, err)
	require.Empty(t, access.Locations, "a guest sees the location of the pass alone")
}
