package booking

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

// A Reach gives people's own workplaces free for days on which they are away (4.f.2), as these come near enough to be
// reserved: soon after each day begins at a location, once. Before that nothing of such a day is kept but that they
// are away.
type Reach struct {
	Tables *table.Tables
	Now    func() time.Time
}

// Starts says what starts it: the minute.
func (r Reach) Starts() trigger.Starts { return trigger.OnSchedule(r.Round) }

// Round looks for locations at which a day has begun. One that fails keeps no other waiting, and is tried again the
// next minute.
func (r Reach) Round(ctx context.Context) error {
	open, err := r.Tables.OpenLocations(ctx)
	for _, location := range open {
		if today := civil.DateOf(r.Now(), location.Zone); location.Reached < today {
			err = errors.Join(err, r.location(ctx, location, today))
		}
	}
	return err
}

// location notes that it did only then: cut off in between it begins again, and each day is given free once.
func (r Reach) location(ctx context.Context, open table.OpenDays, today civil.Date) error {
	location, err := r.Tables.Location(ctx, open.Business, open.Location)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return err
	}
	if err == nil {
		holders, err := r.Tables.Holders(ctx, open.Business)
		if err != nil {
			return err
		}
		for _, p := range holders {
			if err := r.free(ctx, p, location, today); err != nil {
				return err
			}
		}
	}
	return r.Tables.Reached(ctx, open.Location, today)
}

func (r Reach) free(ctx context.Context, p identity.Person, location table.Location, today civil.Date) error {
	own, err := r.Tables.OwnNow(ctx, p)
	if err != nil || len(own.Away) == 0 {
		return err
	}
	freed, err := r.Tables.FreedDays(ctx, p)
	if err != nil {
		return err
	}
	for _, workplace := range own.Workplaces {
		for _, day := range own.Away {
			if workplace.Location != location.ID || day < today || day > location.LastReserved(today) ||
				slices.Contains(freed, table.FreedDay{Spot: workplace.Spot, Day: day}) {
				continue
			}
			if err := r.Tables.FreeAway(ctx, p, workplace, day, day.End(location.Zone)); err != nil {
				return err
			}
		}
	}
	return nil
}
