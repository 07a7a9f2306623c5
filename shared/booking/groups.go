package booking

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// Opens is from when on a zone that is kept for a group is everybody's, by the location's clock.
type Opens struct {
	On civil.Date      `json:"date"`
	At civil.ClockTime `json:"time"`
}

func opensOf(zone *rules.GroupZone, day civil.Date) *Opens {
	if zone == nil {
		return nil
	}
	return &Opens{day.AddDays(-zone.Days), zone.At}
}

// groupsOf reads the groups that a person is in, once, when it is first called.
func (b Bookings) groupsOf(ctx context.Context, p identity.Person) func() ([]string, error) {
	return sync.OnceValues(func() ([]string, error) { return b.Tables.InGroups(ctx, p) })
}

// groupsOn reads a person's groups only where one of a location's floors is kept for any on that day, or one decides
// about what is asked for there.
func (b Bookings) groupsOn(location table.Location, day civil.Date,
	groups func() ([]string, error)) ([]string, error) {
	office := location.Office()
	matter := decidedByGroups(office)
	for floor := range location.Floors {
		matter = matter || len(office.KeptZones(floor, day, nil, b.Now())) > 0
	}
	if !matter {
		return nil, nil
	}
	return groups()
}

// keptFor gives the person's groups where the wish is for a spot in a zone that is kept for groups. From their own
// workplace nobody is kept: then it is waived. It reads nothing where the zone isn't kept.
func (w Wish) keptFor(ctx context.Context, tables *table.Tables, office rules.Office,
	now time.Time) (groups []string, waived bool, err error) {
	spot, kept := w.Spot.Ruled(), false
	for _, part := range w.Parts {
		kept = kept || office.KeptFor(spot, part.Day, nil, now) != nil
	}
	if !kept {
		return nil, false, nil
	}
	own, err := tables.Assignment(ctx, w.Person, w.Spot.ID)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return nil, false, err
	}
	if w.Spot.Assigned != "" && own.Mark == w.Spot.Assigned {
		return nil, true, nil
	}
	groups, err = tables.InGroups(ctx, w.Person)
	return groups, false, err
}
