package rules

import (
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
)

// A GroupZone is a zone of a floor that is kept for groups until some days before the day itself, at a time of the
// location's clock. From then on it is everybody's.
type GroupZone struct {
	Floor  string          `dynamo:"l"`
	Zone   string          `dynamo:"z"`
	Groups []string        `dynamo:"g"`
	Days   int             `dynamo:"d"` // at least 1
	At     civil.ClockTime `dynamo:"a"`
}

// Opens is from when on everybody can reserve there for a day. A time that the clocks jump over comes with the jump.
func (g GroupZone) Opens(day civil.Date, zone civil.Zone) (time.Time, error) {
	open, err := civil.Hours{Opens: g.At, Closes: civil.EndOfDay}.On(day.AddDays(-g.Days), zone)
	return open.From.Time(), err
}

// last is the last date for which everybody can reserve there.
func (g GroupZone) last(now time.Time, zone civil.Zone) civil.Date {
	today := civil.DateOf(now, zone)
	if last := today.AddDays(g.Days); !g.closed(last, now, zone) {
		return last
	}
	return today.AddDays(g.Days - 1)
}

// closed tells whether it is still kept.
func (g GroupZone) closed(day civil.Date, now time.Time, zone civil.Zone) bool {
	opens, err := g.Opens(day, zone)
	return err == nil && now.Before(opens)
}

// groupZone is the zone that keeps a spot for groups that the caller is not in; nil for none.
func (o Office) groupZone(s Spot, groups []string) *GroupZone {
	for _, zone := range o.GroupZones {
		if s.Zone != "" && zone.Floor == s.Floor && zone.Zone == s.Zone &&
			!slices.ContainsFunc(zone.Groups, func(group string) bool { return slices.Contains(groups, group) }) {
			return &zone
		}
	}
	return nil
}

// KeptFor is the zone that keeps a spot on a day for groups that the caller is not in, as of now; nil for none.
func (o Office) KeptFor(s Spot, day civil.Date, groups []string, now time.Time) *GroupZone {
	if zone := o.groupZone(s, groups); zone != nil && zone.closed(day, now, o.Zone) {
		return zone
	}
	return nil
}

// KeptZones are the zones of a floor that are kept, on a day, from somebody who is in these groups.
func (o Office) KeptZones(floor string, day civil.Date, groups []string, now time.Time) []GroupZone {
	var kept []GroupZone
	for _, zone := range o.GroupZones {
		if spot := (Spot{Floor: floor, Zone: zone.Zone}); zone.Floor == floor &&
			o.KeptFor(spot, day, groups, now) != nil {
			kept = append(kept, zone)
		}
	}
	return kept
}
