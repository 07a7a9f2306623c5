package building_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/table"
)

// A desk goes from zone to zone, over days. Whatever way it goes, a day's figures are by the zone that it was in when
// the day began.
func TestAMoveIntoAnotherZoneCountsFromTheNextDay_5_transactions(t *testing.T) {
	o := newOffice(t)
	floor := o.floor(o.location("Head office").ID, "Third")
	quiet, loud := o.zone(floor.ID, "Quiet"), o.zone(floor.ID, "Loud")
	in := desk(floor.ID, "3.14")
	in.Zone = quiet.ID
	spot, err := o.b.AddSpot(t.Context(), o.manager, in)
	require.NoError(t, err)

	move := func(to string) {
		change := building.ChangeSpot{Spot: spot.ID}
		text, err := json.Marshal(map[string]*string{"zone": map[bool]*string{false: &to}[to == ""]})
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &change))
		_, err = o.b.ChangeSpot(t.Context(), o.manager, change)
		require.NoError(t, err)
	}
	remove := func() {
		_, err := o.b.RemoveZone(t.Context(), o.manager, building.RemoveZone{Floor: floor.ID, Zone: loud.ID})
		require.NoError(t, err)
	}
	began := quiet.ID
	for i, moves := range [][]func(){
		{func() { move(loud.ID) }},
		{func() { move(quiet.ID) }, func() { move("") }, func() { move(quiet.ID) }},
		{func() { move(loud.ID) }, func() { move(quiet.ID) }},
		{func() { move("") }, func() { move(loud.ID) }},
		{remove},
		{func() { move(quiet.ID) }},
	} {
		today := civil.Date("2026-11-23").AddDays(i)
		o.db.Clock.Set(now.AddDate(0, 0, i).Add(14*time.Hour + 30*time.Minute)) // 23:30 there
		for _, do := range moves {
			do()
			is := o.onFloor(spot.ID)
			require.Equal(t, began, is.ZoneOn(today), "day %d", i)
			require.Equal(t, is.Zone, is.ZoneOn(today.AddDays(1)), "day %d", i)
		}
		began = o.onFloor(spot.ID).Zone
	}
}

func (o *office) onFloor(spot string) table.FloorSpot {
	o.t.Helper()
	floors, err := o.tables.Floors(o.t.Context(), o.manager.Business)
	require.NoError(o.t, err)
	for _, floor := range floors {
		if is, there := floor.Spots[spot]; there {
			return is
		}
	}
	o.t.Fatal("no such spot")
	return table.FloorSpot{}
}
