package building

import (
	"context"
	"reflect"
	"slices"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// A GroupZone is a zone that is kept for groups until some days before the day, at a time, in an answer.
type GroupZone struct {
	Floor     string          `json:"floor"`
	Zone      string          `json:"zone"`
	Groups    []string        `json:"groups"`
	OpensDays int             `json:"opens_days"`
	OpensAt   civil.ClockTime `json:"opens_at"`
}

// GroupZones are those of a location.
type GroupZones struct {
	Zones []GroupZone `json:"zones"`
}

func groupZonesOf(l table.Location) GroupZones {
	all := GroupZones{Zones: []GroupZone{}}
	for _, z := range l.GroupZones {
		if _, there := l.Floors[z.Floor]; there {
			all.Zones = append(all.Zones, GroupZone{z.Floor, z.Zone, z.Groups, z.Days, z.At})
		}
	}
	return all
}

// GroupZones lists the zones of a location that are kept for groups.
func (b Building) GroupZones(ctx context.Context, caller identity.Caller, in LocationID) (GroupZones, error) {
	location, err := b.placed(ctx, caller, in.Location)
	return groupZonesOf(location), err
}

// KeepZone is the input of keeping a zone for groups; without a group it is everybody's.
type KeepZone struct {
	Floor     string          `json:"floor"`
	Zone      string          `json:"zone"`
	Groups    []string        `json:"groups"`
	OpensDays int             `json:"opens_days"`
	OpensAt   civil.ClockTime `json:"opens_at"`
}

// KeepZone keeps a zone of a floor for groups until some days before the day, at a time of the location's clock. What
// others have reserved there stays theirs.
func (b Building) KeepZone(ctx context.Context, caller identity.Caller, in KeepZone) (GroupZones, error) {
	return table.RetryFor(func() (GroupZones, error) {
		floor, location, err := b.floorAndLocation(ctx, caller.Business, in.Floor)
		if err != nil {
			return GroupZones{}, err
		}
		if _, there := floor.Zones[in.Zone]; !there {
			return GroupZones{}, problem.Unknown()
		}
		groups, err := b.Tables.Groups(ctx, caller.Business)
		if err != nil {
			return GroupZones{}, err
		}
		for _, id := range in.Groups {
			if _, there := groups[id]; !there {
				return GroupZones{}, problem.Impossible("/groups", "names one that is not among your groups",
					"the ids of your groups")
			}
		}
		hours := civil.Hours{Opens: in.OpensAt, Closes: civil.EndOfDay}
		if _, err := hours.On(b.today(location.Zone), location.Zone); err != nil {
			return GroupZones{}, problem.BadField("/opens_at", err.Error(), "a quarter of an hour")
		}
		before := location.GroupZones
		location.GroupZones = in.among(location)
		if reflect.DeepEqual(before, location.GroupZones) {
			return groupZonesOf(location), nil
		}
		if len(location.GroupZones) > api.MaxGroupZones {
			return GroupZones{}, problem.New(problem.Conflict, "a location holds at most %d zones of groups",
				api.MaxGroupZones)
		}
		return groupZonesOf(location), b.Tables.SetGroupZones(ctx, caller.Business, location)
	})
}

// among are the zones of a location that are kept once this one is so, without those of floors that are gone.
func (k KeepZone) among(l table.Location) []rules.GroupZone {
	kept := rules.GroupZone{Floor: k.Floor, Zone: k.Zone, Groups: k.Groups, Days: k.OpensDays, At: k.OpensAt}
	all := slices.DeleteFunc(slices.Clone(l.GroupZones), func(z rules.GroupZone) bool {
		_, there := l.Floors[z.Floor]
		return !there || z.Floor == k.Floor && z.Zone == k.Zone && (len(k.Groups) == 0 || !reflect.DeepEqual(z, kept))
	})
	same := func(z rules.GroupZone) bool { return reflect.DeepEqual(z, kept) }
	if len(k.Groups) > 0 && !slices.ContainsFunc(all, same) {
		all = append(all, kept)
	}
	return all
}
