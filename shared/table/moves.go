package table

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
)

// A Move is a change of a location's time zone whose day sheets are not cleared yet: those of the earlier zone carry
// the deadlines of days that began and ended otherwise.
type Move struct {
	At    int64      `dynamo:"at"`    // Unix seconds
	Until civil.Date `dynamo:"until"` // the last date that may have a sheet
}

// Moved is the location's open days in another zone as of an instant: open from a day that has not ended there, until
// a date up to which there may be sheets of the earlier zone.
func (o OpenDays) Moved(zone civil.Zone, today, until civil.Date, at time.Time) OpenDays {
	o.Zone, o.OpenFrom = zone, min(o.OpenFrom, today)
	if o.Move != nil {
		until = max(until, o.Move.Until)
	}
	o.Move = &Move{At: at.Unix(), Until: until}
	return o
}

// MoveDone says that nothing of the earlier zone is left. ErrRefused when the zone was changed again.
func (t *Tables) MoveDone(ctx context.Context, open OpenDays) error {
	return t.update(openDaysKey(open.Location)).when("$.$ = ?", "move", "at", open.Move.At).remove("move").run(ctx)
}

// The methods below remove what does not end when its day does. ErrRefused means that it does, or is gone.

// ClearSpotSheet removes a spot's day of an earlier zone.
func (t *Tables) ClearSpotSheet(ctx context.Context, place Place, day civil.Date, dayEnds time.Time) error {
	return t.clearMoved(ctx, spotSheetKey(place, day), dayEnds)
}

// ClearPersonSheet removes a person's day at a location of an earlier zone.
func (t *Tables) ClearPersonSheet(ctx context.Context, p identity.Person, day civil.Date, location string,
	dayEnds time.Time) error {
	return t.clearMoved(ctx, personSheetKey(p, day, location), dayEnds)
}

// ClearSearches removes a person's searches of a day at a location of an earlier zone. That they end with their day
// is no error.
func (t *Tables) ClearSearches(ctx context.Context, p identity.Person, location string, day civil.Date,
	dayEnds time.Time) error {
	if err := t.clearMoved(ctx, searchesKey(p, location, day), dayEnds); !errors.Is(err, ErrRefused) {
		return err
	}
	return nil
}

func (t *Tables) clearMoved(ctx context.Context, k key, dayEnds time.Time) error {
	return wrap(t.remove(k).If("attribute_not_exists($) OR $ <> ?", pkName, ttlName, dayEnds.Unix()).Run(ctx))
}
