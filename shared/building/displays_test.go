package building_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/table"
)

func TestADisplayGoesWithThePlaceThatItIsFor(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	floor := o.floor(location.ID, "Third")
	spot, stays := o.spot(floor.ID, "3.14"), o.spot(floor.ID, "3.15")
	for id, at := range map[string]string{"door": spot.ID, "desk": stays.ID, "lobby": ""} {
		require.NoError(t, o.tables.BeginPairing(t.Context(), id, "hash of "+id, o.db.Clock.Now()))
		require.NoError(t, o.tables.Pair(t.Context(), o.manager.Business, id, table.Display{ID: id,
			Hash: "hash of " + id, Location: location.ID, Floor: floor.ID, Spot: at, Paired: tomorrow.AddDays(-1)}))
	}
	hang := func() (ids []string) {
		displays, err := o.tables.Displays(t.Context(), o.manager.Business)
		require.NoError(t, err)
		for _, d := range displays {
			ids = append(ids, d.ID)
		}
		return ids
	}
	_, err := o.b.RemoveSpot(t.Context(), o.manager, building.RemoveSpot{Spot: spot.ID})
	require.NoError(t, err)
	o.db.Clock.Move(building.UnderWay)
	require.NoError(t, o.b.Round(t.Context()))
	require.ElementsMatch(t, []string{"desk", "lobby"}, hang())

	_, err = o.b.RemoveLocation(t.Context(), o.manager, building.RemoveLocation{Location: location.ID})
	require.NoError(t, err)
	o.db.Clock.Move(building.UnderWay)
	require.NoError(t, o.b.Round(t.Context()))
	require.Empty(t, hang())
}
