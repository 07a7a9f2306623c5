package dayclose

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/table"
)

// clearMoved removes what is left of days of an earlier zone; see Another time zone above.
func (c Closer) clearMoved(ctx context.Context, open table.OpenDays) (table.OpenDays, error) {
	if open.Move == nil {
		return open, nil
	}
	began := c.Now()
	for at := open; at.OpenFrom <= open.Move.Until; at.OpenFrom = at.OpenFrom.AddDays(1) {
		if err := c.clearDay(ctx, at); err != nil {
			return open, err
		}
	}
	if began.Before(time.Unix(open.Move.At, 0).Add(SecondLook)) {
		return open, nil
	}
	if err := c.Tables.MoveDone(ctx, open); err != nil {
		return open, ignoreRefused(err) // the next step finds what another has made of it
	}
	open.Move = nil
	return open, nil
}

// clearDay removes a day's sheets and searches that don't end with it. A spot's sheet stays until the day ends if it
// names somebody who is on a sheet of the new zone too, since a person's sheet can only be found through the spots'
// sheets.
func (c Closer) clearDay(ctx context.Context, at table.OpenDays) error {
	day, err := c.read(ctx, at)
	if err != nil {
		return err
	}
	ends := at.OpenFrom.End(at.Zone)
	var earlier []found
	staying := map[string]bool{}
	for floor, sheets := range day.sheets {
		for _, sheet := range sheets {
			if sheet.DayEnds != ends.Unix() {
				earlier = append(earlier, found{table.Place{Business: at.Business, Location: at.Location,
					Floor: floor, Spot: sheet.Spot}, sheet})
				continue
			}
			for _, user := range sheet.Users() {
				staying[user] = true
			}
		}
	}
	earlier = slices.DeleteFunc(earlier, func(f found) bool {
		return slices.ContainsFunc(f.sheet.Users(), func(user string) bool { return staying[user] })
	})
	return errors.Join(
		parallel.Each(ctx, Workers, day.searches, func(ctx context.Context, s table.Searches) error {
			return c.Tables.ClearSearches(ctx, identity.Person{Business: at.Business, User: s.User}, at.Location,
				at.OpenFrom, ends)
		}),
		parallel.Each(ctx, Workers, earlier, func(ctx context.Context, f found) error {
			return ignoreRefused(c.clearSpot(ctx, f, at.OpenFrom, ends))
		}))
}

// clearSpot removes the persons' sheets and then the spot's that names them, up to one that has become the new
// zone's.
func (c Closer) clearSpot(ctx context.Context, f found, day civil.Date, ends time.Time) error {
	for _, user := range f.sheet.Users() {
		if err := c.Tables.ClearPersonSheet(ctx, identity.Person{Business: f.at.Business, User: user}, day,
			f.at.Location, ends); err != nil {
			return err
		}
	}
	return c.Tables.ClearSpotSheet(ctx, f.at, day, ends)
}
