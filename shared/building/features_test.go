package building_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func (o *office) featured(t *testing.T, wanted ...table.Feature) ([]table.Feature, error) {
	t.Helper()
	set, err := o.b.SetFeatures(t.Context(), o.manager, building.Features{Features: wanted})
	return set.Features, err
}

func refused(t *testing.T, err error) *problem.Error {
	t.Helper()
	var p *problem.Error
	require.ErrorAs(t, err, &p)
	return p
}

func optional(number int) building.Optional[int] {
	var given building.Optional[int]
	_ = given.UnmarshalJSON([]byte(fmt.Sprint(number)))
	return given
}

func TestAFeatureKeepsItsNumberUnderAnotherNameAndNoNumberIsGivenTwice(t *testing.T) {
	o := newOffice(t)
	set, err := o.featured(t, table.Feature{Name: "Dock"}, table.Feature{Name: " Hearing loop "})
	require.NoError(t, err)
	require.Equal(t, []table.Feature{{ID: 1, Name: "Dock"}, {ID: 2, Name: "Hearing loop"}}, set)
	again, err := o.featured(t, table.Feature{Name: "dock"}, table.Feature{Name: "Hearing loop"})
	require.NoError(t, err)
	require.Equal(t, 1, again[0].ID, "called the same, it is the same")
	set, err = o.featured(t, table.Feature{ID: 2, Name: "Induction loop"}, table.Feature{Name: "Two screens"})
	require.NoError(t, err)
	require.Equal(t, []table.Feature{{ID: 2, Name: "Induction loop"}, {ID: 3, Name: "Two screens"}}, set)
	_, err = o.featured(t)
	require.NoError(t, err)
	set, err = o.featured(t, table.Feature{Name: "Step-free"})
	require.NoError(t, err)
	require.Equal(t, []table.Feature{{ID: 4, Name: "Step-free"}}, set)
	shown, err := o.b.Features(t.Context(), o.manager, struct{}{})
	require.NoError(t, err)
	require.Equal(t, set, shown.Features)
}

func TestFeaturesThatCantBeMeantAreRefusedAndChangeNothing(t *testing.T) {
	o := newOffice(t)
	before, err := o.featured(t, table.Feature{Name: "Dock"})
	require.NoError(t, err)
	for pointer, wanted := range map[string][]table.Feature{
		"/features/0/id":   {{ID: 9, Name: "Not there"}},
		"/features/1/name": {{Name: "Loop"}, {Name: "loop"}},
		"/features/1/id":   {{ID: 1, Name: "A"}, {ID: 1, Name: "B"}},
		"/features/2/name": {{Name: "A"}, {Name: "B"}, {Name: "C|D"}},
	} {
		_, err := o.featured(t, wanted...)
		require.Equal(t, problem.Unacceptable, refused(t, err).Kind, pointer)
		require.Equal(t, pointer, refused(t, err).Fields[0].Pointer)
	}
	after, err := o.b.Features(t.Context(), o.manager, struct{}{})
	require.NoError(t, err)
	require.Equal(t, before, after.Features)
}

func TestNoNumberIsGivenToTwoFeaturesThatAreAddedAtOnce(t *testing.T) {
	o := newOffice(t)
	_, err := o.featured(t, table.Feature{Name: "Dock"})
	require.NoError(t, err)
	var group sync.WaitGroup
	answers := make([][]table.Feature, 6)
	for n := range answers {
		group.Go(func() {
			set, err := o.b.SetFeatures(t.Context(), o.manager,
				building.Features{Features: []table.Feature{{Name: fmt.Sprint("Feature ", n)}}})
			if assert.NoError(t, err) {
				answers[n] = set.Features
			}
		})
	}
	group.Wait()
	names := map[int]string{1: "Dock"}
	for _, set := range answers {
		require.Len(t, set, 1)
		require.NotContains(t, names, set[0].ID, "the number of another one")
		names[set[0].ID] = set[0].Name
	}
}

func TestWhatASpotHasIsShownOnItsFloorAndNamesOnlyTheCustomersOwn(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	floor := o.floor(location.ID, "Third")
	_, err := o.featured(t, table.Feature{Name: "Dock"}, table.Feature{Name: "Hearing loop"})
	require.NoError(t, err)
	room, err := o.b.AddSpot(t.Context(), o.manager, building.AddSpot{IdempotencyKey: key(), Floor: floor.ID,
		Name: "R1", Category: "room", Type: "meeting_room", Capacity: 8, Features: []int{2, 1, 2}})
	require.NoError(t, err)
	require.Equal(t, 8, room.Capacity)
	require.Equal(t, []int{1, 2}, room.Features)
	shown, err := o.b.Floor(t.Context(), o.manager, building.FloorID{Floor: floor.ID})
	require.NoError(t, err)
	require.Equal(t, []int{1, 2}, shown.Spots[0].Features)
	require.Equal(t, []table.Feature{{ID: 1, Name: "Dock"}, {ID: 2, Name: "Hearing loop"}}, shown.Features)

	for pointer, change := range map[string]building.ChangeSpot{
		"/features": {Features: to([]int{7})},
		"/capacity": {Category: to("workplace"), Type: to("desk"), Capacity: optional(4)},
	} {
		change.Spot = room.ID
		_, err := o.b.ChangeSpot(t.Context(), o.manager, change)
		require.Equal(t, pointer, refused(t, err).Fields[0].Pointer)
	}
	desk, err := o.b.ChangeSpot(t.Context(), o.manager, building.ChangeSpot{Spot: room.ID, Category: to("workplace"),
		Type: to("desk"), Features: to([]int{1})})
	require.NoError(t, err)
	require.Zero(t, desk.Capacity, "a workplace has none")
	require.Equal(t, []int{1}, desk.Features)

	stranger := identity.Caller{Person: identity.Person{Business: secret.ID(), User: secret.ID()},
		Role: identity.Manager}
	none, err := o.b.Features(t.Context(), stranger, struct{}{})
	require.NoError(t, err)
	require.Empty(t, none.Features, "another customer's are their own")
}

func TestAFileSaysWhatSpotsHaveByTheCustomersNames(t *testing.T) {
	o := newOffice(t)
	_, err := o.featured(t, table.Feature{Name: "Dock"}, table.Feature{Name: "Hearing loop"})
	require.NoError(t, err)
	const head = "location,address,latitude,longitude,time_zone,floor,level,spot,type,x,y,capacity,features\n" +
		"HQ,Kade 1,52,5,Europe/Amsterdam,Third,3,"
	loaded, err := o.load(head+"R1,meeting_room,0.1,0.1,12,hearing loop | "+
		"Dock\nHQ,,,,,Third,,D1,desk,0.2,0.2,,Dock\n", "text/csv", "")
	require.NoError(t, err)
	require.Equal(t, 2, loaded.Spots)
	loaded, err = o.load(head+"R1,meeting_room,0.1,0.1,12,hearing loop | Dock\n", "text/csv", "")
	require.NoError(t, err)
	require.Zero(t, loaded.Spots, "the same file again changes nothing")
	floors, err := o.tables.Floors(t.Context(), o.manager.Business)
	require.NoError(t, err)
	for _, spot := range floors[0].Spots {
		if spot.Name == "R1" {
			require.Equal(t, 12, spot.Capacity)
			require.Equal(t, []int{1, 2}, spot.Features)
		}
	}
	for cells, pointer := range map[string]string{
		"R1,meeting_room,0.1,0.1,12,Sauna": "line 2, features", "R1,meeting_room,0.1,0.1,0,Dock": "line 2, capacity",
		"D1,desk,0.1,0.1,4,": "line 2, capacity", "R1,meeting_room,0.1,0.1,many,": "line 2, capacity"} {
		_, err := o.load(head+cells+"\n", "text/csv", "")
		require.Equal(t, pointer, refused(t, err).Fields[0].Pointer, cells)
	}
}
