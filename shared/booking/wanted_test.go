package booking_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// equip says what spots of the floor have.
func (b bench) equip(t *testing.T, has map[string][]int, capacity int) {
	t.Helper()
	tables := b.db.Tables()
	b.db.CustomerOf(t, b.Business, "Acme B.V.")
	features := table.Features{Last: 3, All: []table.Feature{{ID: 1, Name: "Dock"}, {ID: 2, Name: "Hearing loop"},
		{ID: 3, Name: "Two screens"}}}
	require.NoError(t, tables.SetFeatures(t.Context(), b.Business, features))
	floor, err := tables.FloorNow(t.Context(), b.Business, b.Floor)
	require.NoError(t, err)
	var changes []table.SpotChange
	for id, old := range maps.All(floor.Spots) {
		changed := old
		changed.Features = has[id]
		if old.Category == table.Room {
			changed.Capacity = capacity
		}
		changes = append(changes, table.SpotChange{ID: id, Old: &old, New: &changed})
	}
	require.NoError(t, tables.ChangeFloors(t.Context(), b.Business, table.FloorChange{Location: b.Location.ID,
		Floor: b.Floor, Spots: changes}))
}

func TestOnlySpotsThatHaveAllThatIsWantedAreShownAndSuggested(t *testing.T) {
	b := office(t, 3)
	b.equip(t, map[string][]int{b.Desks[0]: {1}, b.Desks[1]: {1, 2}, b.Room: {2}}, 8)
	who := b.Person(t)
	b.likes(t, who, b.Desks[0])
	for wanted, want := range map[booking.Wanted][]string{
		{}:                           {b.Desks[0], b.Desks[1], b.Desks[2], b.Room},
		{Features: "1"}:              {b.Desks[0], b.Desks[1]},
		{Features: "2,1"}:            {b.Desks[1]},
		{Features: "2"}:              {b.Desks[1], b.Room},
		{Capacity: 8}:                {b.Room},
		{Capacity: 9}:                nil,
		{Features: "1", Capacity: 1}: nil,
		{Features: "77"}:             nil,
	} {
		shown, err := b.desk.Availability(t.Context(), who, booking.AvailabilityInput{Floor: b.Floor,
			Date: "2026-11-23", Wanted: wanted})
		require.NoError(t, err)
		var ids []string
		for _, spot := range shown.Spots {
			ids = append(ids, spot.Spot)
		}
		require.ElementsMatch(t, want, ids, "%+v", wanted)
	}
	require.Equal(t, b.Desks[0], b.today(t, who, booking.TodayInput{}).Suggestion.Spot, "the favourite")
	found := b.today(t, who, booking.TodayInput{Features: "2"}).Suggestion
	require.Equal(t, b.Desks[1], found.Spot, "the favourite has no hearing loop")
	require.Nil(t, b.today(t, who, booking.TodayInput{Features: "3"}).Suggestion)

	day, err := b.desk.SpotDay(t.Context(), who, booking.SpotDayInput{Spot: b.Room})
	require.NoError(t, err)
	require.Equal(t, []string{"Hearing loop"}, day.Features)
	require.Equal(t, 8, day.Capacity)
}

func TestInsteadOfASpotThatIsTakenWhatHasAllOfItComesFirst(t *testing.T) {
	b := office(t, 12)
	has := map[string][]int{b.Desks[0]: {1, 2}, b.Desks[11]: {1, 2, 3}, b.Desks[7]: {2}}
	b.equip(t, has, 4)
	b.reserve(t, b.Person(t), b.Desks[0], "09:00", "12:00")
	_, err := b.desk.Reserve(t.Context(), b.Person(t), ask(b.Desks[0], "09:00", "12:00"))
	free := kind(t, err, problem.Conflict).Extra["free_instead"].([]booking.Alternative)
	require.Len(t, free, 10)
	require.Equal(t, b.Desks[11], free[0].Spot)
	require.Equal(t, []int{1, 2, 3}, free[0].Features)
}
