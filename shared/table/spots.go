package table

import (
	"context"
	"slices"

	"github.com/iotspot/iotspot/shared/parallel"
)

// alike is how many letters the id of a spot or a floor has in common with its location's; the other 12 are 60 bits of
// its own.
const alike = 4

// IDWithin makes an id that of a spot or a floor of a location: it begins as the location's does, which says where to
// look for the location before the spot or the floor is read.
func IDWithin(location, id string) string { return location[:alike] + id[alike:] }

// near are the account's locations whose ids begin as an id does, eventually consistent: one as a rule, for half a read
// unit.
func (t *Tables) near(ctx context.Context, business, id string) ([]Location, error) {
	return t.locations(ctx, business, id[:min(alike, len(id))], false)
}

// SpotAndLocation reads one of the account's spots and its location side by side, eventually consistent: one read unit
// in one trip. Of a spot whose id is older than IDWithin the location is read after it. ErrAbsent when there is no such
// spot.
func (t *Tables) SpotAndLocation(ctx context.Context, business, id string) (Spot, Location, error) {
	var spot Spot
	var near []Location
	err := parallel.Together(ctx,
		func() (err error) { spot, err = t.Spot(ctx, business, id); return },
		func() (err error) { near, err = t.near(ctx, business, id); return })
	if err != nil {
		return Spot{}, Location{}, err
	}
	if at := slices.IndexFunc(near, func(l Location) bool { return l.ID == spot.Location }); at >= 0 {
		return spot, near[at], nil
	}
	at, err := t.Location(ctx, business, spot.Location)
	return spot, at, err
}

// LocationOfFloor reads the location that one of the account's floors is in, eventually consistent: half a read unit,
// without the floor's plan. Of a floor whose id is older than IDWithin the plan is read to know where it is. ErrAbsent
// when there is no such floor.
func (t *Tables) LocationOfFloor(ctx context.Context, business, floor string) (Location, error) {
	near, err := t.near(ctx, business, floor)
	if err != nil {
		return Location{}, err
	}
	for _, location := range near {
		if _, there := location.Floors[floor]; there {
			return location, nil
		}
	}
	old, err := t.Floor(ctx, business, floor)
	if err != nil {
		return Location{}, err
	}
	return t.Location(ctx, business, old.Location)
}
