package building

import (
	"context"
	"maps"
	"slices"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// AddZone is the input of adding a zone to a floor.
type AddZone struct {
	IdempotencyKey string `json:"idempotency_key"`
	Floor          string `json:"floor"`
	Name           string `json:"name"`
	Sector         string `json:"sector"`
}

// AddZone adds a zone, with the sector that it is part of (3.e). The same key again is the same zone.
func (b Building) AddZone(ctx context.Context, caller identity.Caller, in AddZone) (Zone, error) {
	zone := table.Zone{Name: clean(in.Name), Sector: clean(in.Sector)}
	return table.RetryFor(func() (Zone, error) {
		floor, err := b.Tables.FloorNow(ctx, caller.Business, in.Floor)
		if err != nil {
			return Zone{}, table.Unknown(err)
		}
		id := zoneID(caller, floor, in.IdempotencyKey)
		if there, repeated := floor.Zones[id]; repeated {
			if there != zone {
				return Zone{}, keyReused()
			}
			return Zone{id, zone.Name, zone.Sector}, nil
		}
		if len(floor.Zones) >= api.MaxZones {
			return Zone{}, problem.New(problem.Conflict, "a floor holds at most %d zones", api.MaxZones)
		}
		return b.putZone(ctx, caller.Business, floor, id, zone)
	})
}

func (b Building) putZone(ctx context.Context, business string, floor table.Floor, id string,
	zone table.Zone) (Zone, error) {
	if taken(floor.Zones, id, zone.Name, func(z table.Zone) string { return z.Name }) {
		return Zone{}, nameTaken("a zone")
	}
	return Zone{id, zone.Name, zone.Sector}, b.Tables.ChangeFloors(ctx, business,
		table.FloorChange{Location: floor.Location, Floor: floor.ID,
			Version: floor.Version, Zones: map[string]table.Zone{id: zone}})
}

// ChangeZone is the input of changing a zone; what is left out stays, and a sector of null is taken away.
type ChangeZone struct {
	Floor          string           `json:"floor"`
	Zone           string           `json:"zone"`
	OnReservations Choice           `json:"on_reservations"`
	Name           *string          `json:"name"`
	Sector         Optional[string] `json:"sector"`
}

// ChangeZone changes a zone's name or sector.
func (b Building) ChangeZone(ctx context.Context, caller identity.Caller, in ChangeZone) (Zone, error) {
	return table.RetryFor(func() (Zone, error) {
		floor, location, zone, err := b.zone(ctx, caller.Business, in.Floor, in.Zone)
		if err != nil {
			return Zone{}, err
		}
		changed := zone
		lay(&changed.Name, in.Name)
		in.Sector.lay(&changed.Sector)
		changed.Name, changed.Sector = clean(changed.Name), clean(changed.Sector)
		if changed == zone {
			return Zone{in.Zone, zone.Name, zone.Sector}, nil
		}
		if err := b.settleFloor(ctx, caller.Business, location, floor, in.OnReservations,
			inZone(floor, in.Zone)); err != nil {
			return Zone{}, err
		}
		return b.putZone(ctx, caller.Business, floor, in.Zone, changed)
	})
}

func (b Building) zone(ctx context.Context,
	business, floorID, zoneID string) (table.Floor, table.Location, table.Zone, error) {
	floor, location, err := b.floorAndLocation(ctx, business, floorID)
	if err != nil {
		return floor, location, table.Zone{}, err
	}
	zone, there := floor.Zones[zoneID]
	if !there {
		return floor, location, zone, problem.Unknown()
	}
	return floor, location, zone, nil
}

func inZone(floor table.Floor, zone string) func(string) bool {
	return func(spot string) bool { return floor.Spots[spot].Zone == zone }
}

// RemoveZone is the input of removing a zone.
type RemoveZone struct {
	Floor          string `json:"floor"`
	Zone           string `json:"zone"`
	OnReservations Choice `json:"on_reservations"`
}

// RemoveZone removes a zone. Its spots stay on the floor, without a zone. Cut off half-way some of them are out of it
// already, and the same request again completes it.
func (b Building) RemoveZone(ctx context.Context, caller identity.Caller, in RemoveZone) (struct{}, error) {
	return table.RetryFor(func() (struct{}, error) {
		floor, location, _, err := b.zone(ctx, caller.Business, in.Floor, in.Zone)
		if err != nil {
			return struct{}{}, err
		}
		if err := b.settleFloor(ctx, caller.Business, location, floor, in.OnReservations,
			inZone(floor, in.Zone)); err != nil {
			return struct{}{}, err
		}
		today := b.today(location.Zone)
		var changes []table.SpotChange
		for _, id := range slices.Sorted(maps.Keys(floor.Spots)) {
			old := floor.Spots[id]
			if old.Zone == in.Zone {
				outside := old
				outside.Zone = ""
				outside = outside.MovedFrom(old, today)
				changes = append(changes, table.SpotChange{ID: id, Old: &old, New: &outside})
			}
		}
		if floor, err = b.changeFloor(ctx, caller.Business, floor, changes, nil); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, b.Tables.ChangeFloors(ctx, caller.Business,
			table.FloorChange{Location: floor.Location, Floor: floor.ID,
				Version: floor.Version, ZonesGone: []string{in.Zone}})
	})
}
