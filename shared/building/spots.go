package building

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// AddSpot is the input of adding a spot to a floor.
type AddSpot struct {
	IdempotencyKey string  `json:"idempotency_key"`
	Floor          string  `json:"floor"`
	Name           string  `json:"name"`
	Category       string  `json:"category"`
	Type           string  `json:"type"`
	Zone           string  `json:"zone"`
	X              float64 `json:"x"`
	Y              float64 `json:"y"`
	Capacity       int     `json:"capacity"`
	Features       []int   `json:"features"`
}

// AddSpot adds a workplace or a room (3.f) and counts it (3.g, 3.h). The same key again is the same spot.
func (b Building) AddSpot(ctx context.Context, caller identity.Caller, in AddSpot) (Spot, error) {
	spot := table.FloorSpot{Name: clean(in.Name), Category: table.Category(in.Category), Type: in.Type, Zone: in.Zone,
		X: onPlan(in.X), Y: onPlan(in.Y), Capacity: in.Capacity, Features: inOrder(in.Features)}
	return table.RetryFor(func() (Spot, error) {
		floor, err := b.Tables.FloorNow(ctx, caller.Business, in.Floor)
		if err != nil {
			return Spot{}, table.Unknown(err)
		}
		id := spotID(caller, floor, in.IdempotencyKey)
		view := spotView(caller, table.Spot{ID: id, Location: floor.Location, Floor: floor.ID, FloorSpot: spot})
		if there, repeated := floor.Spots[id]; repeated {
			if !same(there, spot) {
				return Spot{}, keyReused()
			}
			return view, nil
		}
		if len(floor.Spots) >= api.MaxSpots {
			return Spot{}, problem.New(problem.Conflict, "a floor holds at most %d spots", api.MaxSpots)
		}
		if err := fits(floor, id, spot); err != nil {
			return Spot{}, err
		}
		if err := b.known(ctx, caller.Business, nil, spot.Features); err != nil {
			return Spot{}, err
		}
		return view, b.Tables.ChangeFloors(ctx, caller.Business,
			table.FloorChange{Location: floor.Location, Floor: floor.ID,
				Spots: []table.SpotChange{{ID: id, New: &spot}}})
	})
}

// onPlan is a place on the plan to a ten-thousandth of its width or height.
func onPlan(at float64) float64 { return math.Round(at*10_000) / 10_000 }

func same(a, b table.FloorSpot) bool {
	return a.Name == b.Name && a.Category == b.Category && a.Type == b.Type && a.Zone == b.Zone && a.X == b.X &&
		a.Y == b.Y && a.Capacity == b.Capacity && slices.Equal(a.Features, b.Features)
}

// fits tells what is wrong with a spot on a floor. That its name is the only one there is looked at and not enforced
// by the database: two spots added in the same instant can share a name, and one of them can be renamed.
func fits(floor table.Floor, id string, spot table.FloorSpot) error {
	if _, there := floor.Zones[spot.Zone]; spot.Zone != "" && !there {
		return problem.Impossible("/zone", "is not a zone of this floor", "the id of one of the floor's zones")
	}
	if err := suits("", spot); err != nil {
		return err
	}
	if taken(floor.Spots, id, spot.Name, func(s table.FloorSpot) string { return s.Name }) {
		return nameTaken("a spot")
	}
	return nil
}

// suits tells what is wrong with a spot in itself; pointer is where it stands in the request.
func suits(pointer string, spot table.FloorSpot) error {
	types := table.SpotTypes[spot.Category]
	switch {
	case !slices.Contains(types, spot.Type):
		return problem.Impossible(pointer+"/type", "is not a type of this category", strings.Join(types, ", "))
	case spot.Category != table.Room && spot.Capacity > 0:
		return problem.Impossible(pointer+"/capacity", "is of rooms alone", "no capacity")
	case spot.Category == table.Room && spot.Assigned != "":
		return problem.New(problem.Conflict, "this is somebody's workplace: end that first")
	}
	return nil
}

// ChangeSpot is the input of changing a spot; what is left out stays, and a zone of null takes it out of its zone.
type ChangeSpot struct {
	Spot           string           `json:"spot"`
	OnReservations Choice           `json:"on_reservations"`
	Name           *string          `json:"name"`
	Category       *string          `json:"category"`
	Type           *string          `json:"type"`
	Zone           Optional[string] `json:"zone"`
	X              *float64         `json:"x"`
	Y              *float64         `json:"y"`
	Capacity       Optional[int]    `json:"capacity"`
	Features       *[]int           `json:"features"`
}

func (c ChangeSpot) over(spot table.FloorSpot) table.FloorSpot {
	lay(&spot.Name, c.Name)
	lay((*string)(&spot.Category), c.Category)
	lay(&spot.Type, c.Type)
	c.Zone.lay(&spot.Zone)
	lay(&spot.X, c.X)
	lay(&spot.Y, c.Y)
	if spot.Category != table.Room {
		spot.Capacity = 0 // unless it is given, which is wrong then
	}
	c.Capacity.lay(&spot.Capacity)
	lay(&spot.Features, c.Features)
	spot.Name, spot.X, spot.Y, spot.Features = clean(spot.Name), onPlan(spot.X), onPlan(spot.Y), inOrder(spot.Features)
	return spot
}

// ChangeSpot changes a spot. Its place on the plan can be corrected at any time. Another name or zone is a change for
// who reserved it, so it takes a choice; of another category or type the reservations can't be kept.
func (b Building) ChangeSpot(ctx context.Context, caller identity.Caller, in ChangeSpot) (Spot, error) {
	return table.RetryFor(func() (Spot, error) {
		spot, floor, location, err := b.spot(ctx, caller.Business, in.Spot)
		if err != nil {
			return Spot{}, err
		}
		changed := spot
		changed.FloorSpot = in.over(spot.FloorSpot)
		if same(changed.FloorSpot, spot.FloorSpot) {
			return spotView(caller, spot), nil
		}
		if err := fits(floor, spot.ID, changed.FloorSpot); err != nil {
			return Spot{}, err
		}
		if err := b.known(ctx, caller.Business, spot.Features, changed.Features); err != nil {
			return Spot{}, err
		}
		today := b.today(location.Zone)
		changed.FloorSpot = changed.MovedFrom(spot.FloorSpot, today)
		settle, err := b.settlement(ctx, caller.Business, location, spot, changed.FloorSpot, in.OnReservations)
		if err != nil {
			return Spot{}, err
		}
		if err := settle(); err != nil {
			return Spot{}, err
		}
		err = b.Tables.ChangeFloors(ctx, caller.Business, table.FloorChange{Location: floor.Location, Floor: floor.ID,
			Spots: []table.SpotChange{{ID: spot.ID, Old: &spot.FloorSpot, New: &changed.FloorSpot}}})
		if err != nil {
			return Spot{}, err
		}
		if in.OnReservations == Cancel {
			err = settle() // what was reserved between the look and the change
		}
		return spotView(caller, changed), err
	})
}

// settlement is what settles the reservations of a spot that changes into another, nothing when it doesn't matter to
// them.
func (b Building) settlement(ctx context.Context, business string, location table.Location, spot table.Spot,
	to table.FloorSpot, choice Choice) (func() error, error) {
	nothing := func() error { return nil }
	becomes := to.Category != spot.Category || to.Type != spot.Type
	if !becomes && to.Name == spot.Name && to.Zone == spot.Zone {
		return nothing, nil
	}
	if becomes {
		if err := mustNotKeep(choice); err != nil {
			return nothing, err
		}
	}
	return func() error { return b.settleSpot(ctx, business, location, spot, choice) }, nil
}

func (b Building) settleSpot(ctx context.Context, business string, location table.Location, spot table.Spot,
	choice Choice) error {
	if choice == Keep {
		return nil
	}
	days := b.span(location)
	claims, err := b.claimsOnSpot(ctx, spot.Place(business), days)
	if err != nil {
		return err
	}
	return b.settle(ctx, choice, claims)
}

// spot reads a spot with its floor and location. The floor's item is what the writes' conditions are about, so the
// spot is as it stands there.
func (b Building) spot(ctx context.Context, business, id string) (table.Spot, table.Floor, table.Location, error) {
	spot, err := b.Tables.SpotNow(ctx, business, id)
	if err != nil {
		return spot, table.Floor{}, table.Location{}, table.Unknown(err)
	}
	floor, location, err := b.floorAndLocation(ctx, business, spot.Floor)
	if err != nil {
		return spot, floor, location, err
	}
	onFloor, there := floor.Spots[id]
	if !there {
		return spot, floor, location, problem.Unknown()
	}
	spot.FloorSpot = onFloor
	return spot, floor, location, nil
}

// RemoveSpot is the input of removing a spot.
type RemoveSpot struct {
	Spot           string `json:"spot"`
	OnReservations Choice `json:"on_reservations"`
}

// RemoveSpot removes a spot and unties its sensors. A reservation that was being written in the meantime does not
// survive it: see LookAgain.
func (b Building) RemoveSpot(ctx context.Context, caller identity.Caller, in RemoveSpot) (struct{}, error) {
	if err := mustNotKeep(in.OnReservations); err != nil {
		return struct{}{}, err
	}
	return table.RetryFor(func() (struct{}, error) {
		spot, floor, location, err := b.spot(ctx, caller.Business, in.Spot)
		if err != nil {
			return struct{}{}, err
		}
		if err := b.settleSpot(ctx, caller.Business, location, spot, in.OnReservations); err != nil {
			return struct{}{}, err
		}
		if err := b.unassign(ctx, caller.Business, &spot); err != nil {
			return struct{}{}, err
		}
		days := b.span(location)
		err = b.Tables.ChangeFloors(ctx, caller.Business, table.FloorChange{Location: location.ID, Floor: floor.ID,
			Spots: []table.SpotChange{{ID: spot.ID, Old: &spot.FloorSpot}},
			Look:  &table.SecondLook{At: b.Now().Unix(), Until: days.until}})
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, b.afterRemovalOfSpot(ctx, spot.Place(caller.Business), days, spot.Sensors)
	})
}

// unassign ends the assignment of a spot that is removed. Whose it was is told by mail.
func (b Building) unassign(ctx context.Context, business string, spot *table.Spot) error {
	if spot.Assigned == "" {
		return nil
	}
	err := b.Tables.Unassign(ctx, business, *spot, civil.DateOf(b.Now(), civil.UTC))
	spot.Assigned = ""
	return err
}

func (b Building) afterRemovalOfSpot(ctx context.Context, place table.Place, days span, devices []string) error {
	claims, err := b.claimsOnSpot(ctx, place, days)
	if err != nil {
		return err
	}
	return errors.Join(b.cancelAll(ctx, claims), b.forget(ctx, devices))
}
