package dayclose

import (
	"context"
	"errors"
	"slices"

	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/table"
)

// A found sheet is one spot's, with its place.
type found struct {
	at    table.Place
	sheet table.SpotSheet
}

// remove deletes persons' sheets, then the spots' sheets that name them, and the searches.
func (c Closer) remove(ctx context.Context, open table.OpenDays, d day) error {
	var spots []found
	var users, searchers []string
	for floor, sheets := range d.sheets {
		for _, sheet := range sheets {
			place := table.Place{Business: open.Business, Location: open.Location, Floor: floor, Spot: sheet.Spot}
			spots = append(spots, found{place, sheet})
			users = append(users, sheet.Users()...)
		}
	}
	for _, s := range d.searches {
		searchers = append(searchers, s.User)
	}
	slices.Sort(users)
	faults := errors.Join(
		c.inBatches(ctx, searchers, func(ctx context.Context, some []string) error {
			return c.Tables.CloseSearches(ctx, open.Business, open.Location, open.OpenFrom, some)
		}),
		c.inBatches(ctx, slices.Compact(users), func(ctx context.Context, some []string) error {
			return c.Tables.ClosePersonSheets(ctx, open.Business, open.Location, open.OpenFrom, some)
		}))
	if faults != nil {
		return faults
	}
	return parallel.Each(ctx, Workers, spots, func(ctx context.Context, spot found) error {
		unseen, err := c.Tables.CloseSpotSheet(ctx, spot.at, open.OpenFrom, spot.sheet)
		if err != nil {
			return err
		}
		return c.Tables.ClosePersonSheets(ctx, open.Business, open.Location, open.OpenFrom, unseen)
	})
}

// batch is what one call can delete.
const batch = 25

func (c Closer) inBatches(ctx context.Context, users []string, remove func(context.Context, []string) error) error {
	return parallel.Each(ctx, Workers, slices.Collect(slices.Chunk(users, batch)), remove)
}
