package building

import (
	"fmt"
	"maps"
	"slices"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/spelling"
	"github.com/iotspot/iotspot/shared/table"
)

// A redrawing is what a layout changes about a floor.
type redrawing struct {
	floor    table.Floor
	location table.Location
	request  string
	today    civil.Date
	zoneIDs  map[string]string     // of all zones that there will be, by their ids in the layout
	zones    map[string]table.Zone // new or changed
	gone     []string              // zones
	spots    []table.SpotChange
}

// zoneID and spotID are the ids of what a key makes on a floor: the same for a repeat of it.
func zoneID(caller identity.Caller, floor table.Floor, key string) string {
	return secret.DerivedID(caller.Business, floor.ID, key, "zone")
}

func spotID(caller identity.Caller, floor table.Floor, key string) string {
	return table.IDWithin(floor.Location, secret.DerivedID(caller.Business, floor.ID, key, "spot"))
}

func (r *redrawing) layZones(caller identity.Caller, laid []Zone) error {
	r.zoneIDs, r.zones = map[string]string{}, map[string]table.Zone{}
	stays, names := map[string]bool{}, map[string]bool{}
	for i, drawn := range laid {
		pointer := fmt.Sprintf("/zones/%d", i)
		id := drawn.ID
		if _, there := r.floor.Zones[id]; !there {
			id = zoneID(caller, r.floor, drawn.ID)
		}
		zone := table.Zone{Name: clean(drawn.Name), Sector: clean(drawn.Sector)}
		if err := once(pointer, id, zone.Name, stays, names); err != nil {
			return err
		}
		r.zoneIDs[drawn.ID] = id
		if r.floor.Zones[id] != zone {
			r.zones[id] = zone
		}
	}
	for _, id := range slices.Sorted(maps.Keys(r.floor.Zones)) {
		if !stays[id] {
			r.gone = append(r.gone, id)
		}
	}
	return nil
}

func (r *redrawing) laySpots(caller identity.Caller, laid []LaidOut) error {
	stays, names := map[string]bool{}, map[string]bool{}
	for i, drawn := range laid {
		pointer := fmt.Sprintf("/spots/%d", i)
		id := drawn.ID
		old, there := r.floor.Spots[id]
		if !there {
			id = spotID(caller, r.floor, drawn.ID)
			old, there = r.floor.Spots[id]
		}
		spot, err := r.spot(pointer, drawn, old)
		if err != nil {
			return err
		}
		if err := once(pointer, id, spot.Name, stays, names); err != nil {
			return err
		}
		switch {
		case !there:
			r.spots = append(r.spots, table.SpotChange{ID: id, New: &spot})
		case !same(old, spot):
			spot = spot.MovedFrom(old, r.today)
			r.spots = append(r.spots, table.SpotChange{ID: id, Old: &old, New: &spot})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(r.floor.Spots)) {
		old := r.floor.Spots[id]
		switch {
		case stays[id]:
		case old.Assigned != "":
			return problem.New(problem.Conflict, "this is somebody's workplace: end that first").With("spot", id)
		default:
			r.spots = append(r.spots, table.SpotChange{ID: id, Old: &old})
		}
	}
	return nil
}

// spot is one as it was drawn, with what old has that is not drawn.
func (r *redrawing) spot(pointer string, drawn LaidOut, old table.FloorSpot) (table.FloorSpot, error) {
	zone, there := r.zoneIDs[drawn.Zone]
	if drawn.Zone != "" && !there {
		return old, problem.Impossible(pointer+"/zone", "is not a zone of this floor",
			"the id of one of the floor's zones")
	}
	spot := old
	spot.Name, spot.Category, spot.Type, spot.Zone = clean(drawn.Name), table.Category(drawn.Category), drawn.Type, zone
	spot.X, spot.Y, spot.Capacity = onPlan(drawn.X), onPlan(drawn.Y), drawn.Capacity
	spot.Features = inOrder(drawn.Features)
	return spot, suits(pointer, spot)
}

// once refuses what a layout has twice: an id, or a name.
func once(pointer, id, name string, ids, names map[string]bool) error {
	switch {
	case ids[id]:
		return problem.Impossible(pointer+"/id", "is there twice", "each id once")
	case names[spelling.Key(name)]:
		return problem.Impossible(pointer+"/name", "is there twice", "each name once")
	}
	ids[id], names[spelling.Key(name)] = true, true
	return nil
}

// writes are the changes of the floor, each of which fits in a transaction.
func (r redrawing) writes(at int64, until civil.Date) []table.FloorChange {
	var all []table.FloorChange
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(r.zones)), zonesAtOnce) {
		zones := map[string]table.Zone{}
		for _, id := range ids {
			zones[id] = r.zones[id]
		}
		all = append(all, table.FloorChange{Zones: zones})
	}
	for _, batch := range batches(r.spots) {
		change := table.FloorChange{Spots: batch}
		if slices.ContainsFunc(batch, func(c table.SpotChange) bool { return c.New == nil }) {
			change.Look = &table.SecondLook{At: at, Until: until}
		}
		all = append(all, change)
	}
	for ids := range slices.Chunk(r.gone, zonesAtOnce) {
		all = append(all, table.FloorChange{ZonesGone: ids})
	}
	return all
}

// removes and cancels tell of a change whether its spot goes, and whether the reservations there can't stay.
func removes(c table.SpotChange) bool { return c.New == nil }

func cancels(c table.SpotChange) bool {
	return c.Old != nil && (removes(c) || matters(*c.Old, *c.New, Keep))
}

func (r redrawing) effect() Effect {
	var e Effect
	for _, change := range r.spots {
		switch {
		case change.Old == nil:
			e.Added++
		case change.New == nil:
			e.Removed++
		default:
			e.Changed++
		}
	}
	return e
}

func before(c table.SpotChange) *table.FloorSpot { return c.Old }
func after(c table.SpotChange) *table.FloorSpot  { return c.New }

// featuresOf are the numbers of the features that spots have, before or after their changes.
func featuresOf(changes []table.SpotChange, of func(table.SpotChange) *table.FloorSpot) []int {
	var all []int
	for _, change := range changes {
		if spot := of(change); spot != nil {
			all = append(all, spot.Features...)
		}
	}
	return inOrder(all)
}
