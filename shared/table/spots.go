package table

import (
	"context"
	"slices"

	"github.com/iotspot/iotspot/shared/parallel"
)

// alike is how many letters the id of a spot has in common with its location's; the other 12 are 60 bits of its own.
const alike = 4

// SpotID makes an id that of a spot of a location: it begins as the location's does, which says where to look.
func SpotID(location, id string) string { return location[:alike] + id[alike:] }

// SpotAndLocation reads one of the account's spots and its location side by side, eventually consistent: one read unit
// in one trip. Of a spot whose id is older than SpotID the location is read after it. ErrAbsent when there is no such
// spot.
func (t *Tables) SpotAndLocation(ctx context.Context, business, id string) (Spot, Location, error) {
	var (
		spot  Spot
		near  []Location
		reads = []func() error{
			func() (err error) { spot, err = t.Spot(ctx, business, id); return },
			func() (err error) { near, err = t.locations(ctx, business, id[:min(alike, len(id))], false); return },
		}
	)
	err := parallel.Each(ctx, len(reads), reads, func(_ context.Context, read func() error) error { return read() })
	if err != nil {
		return Spot{}, Location{}, err
	}
	if at := slices.IndexFunc(near, func(l Location) bool { return l.ID == spot.Location }); at >= 0 {
		return spot, near[at], nil
	}
	at, err := t.Location(ctx, business, spot.Location)
	return spot, at, err
}
