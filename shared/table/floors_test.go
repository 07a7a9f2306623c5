package table_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func (s scene) change(spots ...table.SpotChange) table.FloorChange {
	return table.FloorChange{Location: s.office.Location.ID, Floor: s.office.Floor, Spots: spots}
}

func (s scene) counts(t testing.TB) (workplaces, rooms int) {
	t.Helper()
	l, err := s.LocationNow(t.Context(), s.office.Business, s.office.Location.ID)
	require.NoError(t, err)
	return l.Workplaces, l.Rooms
}

func (s scene) version(t testing.TB) int {
	t.Helper()
	floor, err := s.FloorNow(t.Context(), s.office.Business, s.office.Floor)
	require.NoError(t, err)
	return floor.Version
}

// 97 spots, the floor, the counts and the second look are the 100 actions that DynamoDB takes in one transaction.
func TestAsManySpotsAsOneTransactionTakesComeAndGoTogetherWithTheirCounts_3_g_3_h(t *testing.T) {
	s := newScene(t)
	workplaces, rooms := s.counts(t)
	var come, gone []table.SpotChange
	for i := range 97 {
		spot := table.FloorSpot{Name: fmt.Sprintf("4.%02d", i), Category: table.Workplace, Type: "desk"}
		if i == 0 {
			spot.Category, spot.Type = table.Room, "classroom"
		}
		come = append(come, table.SpotChange{ID: secret.ID(), New: &spot})
		gone = append(gone, table.SpotChange{ID: come[i].ID, Old: &spot})
	}
	require.NoError(t, s.ChangeFloors(t.Context(), s.office.Business, s.change())) // so that the floor has a version
	all := s.change(come...)
	all.Version = s.version(t)
	require.Equal(t, table.MaxActions, all.Actions())
	require.NoError(t, s.ChangeFloors(t.Context(), s.office.Business, all))
	after, afterRooms := s.counts(t)
	require.Equal(t, []int{workplaces + 96, rooms + 1}, []int{after, afterRooms})
	floor, err := s.FloorNow(t.Context(), s.office.Business, s.office.Floor)
	require.NoError(t, err)
	require.Len(t, floor.Spots, 100)

	require.ErrorIs(t, s.ChangeFloors(t.Context(), s.office.Business, all), table.ErrChanged)
	leave := s.change(gone...)
	leave.Version = s.version(t)
	leave.Look = &table.SecondLook{At: now.Unix(), Until: today}
	require.NoError(t, s.ChangeFloors(t.Context(), s.office.Business, leave))
	after, afterRooms = s.counts(t)
	require.Equal(t, []int{workplaces, rooms}, []int{after, afterRooms})
	open, err := s.OpenDaysOf(t.Context(), s.office.Location.ID)
	require.NoError(t, err)
	require.Equal(t, *leave.Look, open.SecondLook[s.office.Floor])
	later := *leave.Look
	later.At++
	require.ErrorIs(t, s.SecondLookDone(t.Context(), s.office.Location.ID, s.office.Floor, later), table.ErrChanged)
	require.NoError(t, s.SecondLookDone(t.Context(), s.office.Location.ID, s.office.Floor, *leave.Look))
}

func TestASensorBelongsToOneSpotAndMovesBetweenTwoInOneChange(t *testing.T) {
	s, other, hardware := newScene(t), newScene(t), secret.ID()
	s.office.Tie(t, s.office.Desks[0], hardware, "milesight-vs341")
	spot, err := other.SpotNow(t.Context(), other.office.Business, other.office.Desks[0])
	require.NoError(t, err)
	with := spot.FloorSpot
	with.Sensors = []string{hardware}
	err = other.ChangeFloors(t.Context(), other.office.Business,
		other.change(table.SpotChange{ID: spot.ID, Old: &spot.FloorSpot, New: &with}))
	var taken *table.SensorTaken
	require.ErrorAs(t, err, &taken)
	require.Equal(t, hardware, taken.Hardware)
	require.NotContains(t, err.Error(), s.office.Business)

	from, err := s.SpotNow(t.Context(), s.office.Business, s.office.Desks[0])
	require.NoError(t, err)
	to, err := s.SpotNow(t.Context(), s.office.Business, s.office.Desks[1])
	require.NoError(t, err)
	without, tied := from.FloorSpot, to.FloorSpot
	without.Sensors, tied.Sensors = nil, []string{hardware}
	require.NoError(t, s.ChangeFloors(t.Context(), s.office.Business, s.change(
		table.SpotChange{ID: from.ID, Old: &from.FloorSpot, New: &without},
		table.SpotChange{ID: to.ID, Old: &to.FloorSpot, New: &tied, Models: map[string]string{hardware: "elsys"}})))
	found, err := s.DevicesAt(t.Context(), s.office.Business, []string{hardware})
	require.NoError(t, err)
	require.Equal(t, s.office.Desks[1], found.Tied[hardware].Spot)
}

func TestAFloorChangesAsItWasReadOrNotAtAll(t *testing.T) {
	s := newScene(t)
	floor, err := s.FloorNow(t.Context(), s.office.Business, s.office.Floor)
	require.NoError(t, err)
	id := s.office.Desks[0]
	old := floor.Spots[id]
	renamed, other := old, old
	renamed.Name, other.Zone = "renamed", secret.ID()
	require.ErrorIs(t, s.ChangeFloors(t.Context(), s.office.Business,
		s.change(table.SpotChange{ID: id, Old: &old, New: &other})), table.ErrChanged, "there is no such zone")
	require.NoError(t, s.ChangeFloors(t.Context(), s.office.Business,
		s.change(table.SpotChange{ID: id, Old: &old, New: &renamed})))
	require.ErrorIs(t, s.ChangeFloors(t.Context(), s.office.Business,
		s.change(table.SpotChange{ID: id, Old: &old, New: &renamed})), table.ErrChanged)

	zone := s.change()
	zone.Version, zone.Zones = floor.Version+1, map[string]table.Zone{other.Zone: {Name: "Corridor"}}
	require.NoError(t, s.ChangeFloors(t.Context(), s.office.Business, zone))
	require.ErrorIs(t, s.ChangeFloors(t.Context(), s.office.Business, zone), table.ErrChanged, "of another version")
	zone.Version, zone.Zones, zone.ZonesGone = zone.Version+1, nil, []string{other.Zone}
	require.NoError(t, s.ChangeFloors(t.Context(), s.office.Business, zone))
	floor, err = s.FloorNow(t.Context(), s.office.Business, s.office.Floor)
	require.NoError(t, err)
	require.NotContains(t, floor.Zones, other.Zone)
}
