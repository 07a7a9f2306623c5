package table

import (
	"context"
	"slices"

	"github.com/iotspot/iotspot/shared/parallel"
)

// alike is how many letters the id of a spot or a floor has in common with its location's; the other 12 are 60 bits
// of its own.
const alike = 4

// IDWithin makes an id that of a spot or a floor of a location: it begins as the location's does, which says where to
// look for the location before the spot or the floor is read.
func IDWithin(location, id string) string { return location[:alike] + id[alike:] }

// Near are the account's locations whose ids begin as a spot's or a floor's id does, eventually consistent: one as a
// rule, for half a read unit.
func (t *Tables) Near(ctx context.Context, business, id string) ([]Location, error) {
	return t.locations(ctx, business, id[:min(alike, len(id))], false)
}

// SpotAndNear reads one of the account's spots and what is Near it side by side, eventually consistent: one read unit
// in one trip. ErrAbsent when there is no such spot. The calls are the same for any id.
func (t *Tables) SpotAndNear(ctx context.Context, business, id string) (spot Spot, near []Location, err error) {
	err = parallel.Together(ctx,
		func() (err error) { spot, err = t.Spot(ctx, business, id); return },
		func() (err error) { near, err = t.Near(ctx, business, id); return })
	return spot, near, err
}

// LocationOfSpot finds the location of a spot among those near it. Of a spot whose id is older than IDWithin it is
// read now.
func (t *Tables) LocationOfSpot(ctx context.Context, business string, spot Spot, near []Location) (Location, error) {
	if i := slices.IndexFunc(near, func(l Location) bool { return l.ID == spot.Location }); i >= 0 {
		return near[i], nil
	}
	return t.Location(ctx, business, spot.Location)
}

// SpotAndLocation reads one of the account's spots and its location, as SpotAndNear and LocationOfSpot do.
func (t *Tables) SpotAndLocation(ctx context.Context, business, id string) (Spot, Location, error) {
	spot, near, err := t.SpotAndNear(ctx, business, id)
	if err != nil {
		return Spot{}, Location{}, err
	}
	location, err := t.LocationOfSpot(ctx, business, spot, near)
	return spot, location, err
}
