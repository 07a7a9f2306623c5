package building

import (
	"cmp"
	"context"
	"slices"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// TryImport is the input of trying a file.
type TryImport struct {
	Content     []byte `json:"content"`
	ContentType string `json:"content_type"`
}

// Preview is what loading a file would do: the numbers that loading it answers, each change in the order of the
// lines, and when spots are taken that get another type or zone.
type Preview struct {
	Loaded
	Changes     []Change `json:"changes"`
	MoreChanges bool     `json:"more_changes"`
	Taken       []Taken  `json:"taken"`
	More        bool     `json:"more"`
	// Reservations are how many are concerned, when they are of five people or more (art. 5).
	Reservations int `json:"reservations,omitempty"`
}

// A Change is what a line of the file makes, or makes different.
type Change struct {
	Line    int      `json:"line"`
	What    string   `json:"what"` // location, floor, zone or spot
	New     bool     `json:"new"`
	Name    string   `json:"name"`
	Within  string   `json:"within,omitempty"` // the floor, or for a floor the location
	Columns []string `json:"columns,omitempty"`
}

// TryImport says what loading a file would do, and changes nothing. A file with faults is refused as when it is
// loaded.
func (b Building) TryImport(ctx context.Context, caller identity.Caller, in TryImport) (Preview, error) {
	p, claims, err := b.read(ctx, caller.Business, in.ContentType, in.Content, Cancel)
	if err != nil {
		return Preview{}, err
	}
	seen := Preview{Loaded: p.loads(), Changes: p.previewed()}
	if seen.MoreChanges = len(seen.Changes) > api.MaxPreviewed; seen.MoreChanges {
		seen.Changes = seen.Changes[:api.MaxPreviewed]
	}
	seen.Taken, seen.More = asShown(claims, p.spotNamed)
	if people(claims) >= privacy.Least {
		seen.Reservations = len(claims)
	}
	return seen, nil
}

// spotNamed tells the name that a spot of the plan has, and its location's zone.
func (p *plan) spotNamed(id string) (string, civil.Zone) {
	for _, l := range p.locations {
		for _, f := range l.floors {
			if spot, there := f.now.Spots[id]; there {
				return spot.Name, l.now.Zone
			}
		}
	}
	return "", civil.UTC
}

// loads are the numbers that loading the plan comes to.
func (p *plan) loads() Loaded {
	var n Loaded
	for _, l := range p.locations {
		if l.changes() {
			n.Locations++
		}
		for _, f := range l.floors {
			if f.old == nil {
				n.Floors++
			}
			n.Zones, n.Spots = n.Zones+len(f.zones), n.Spots+len(f.changes)
			for _, change := range f.changes {
				n.Sensors += len(change.Models)
			}
		}
	}
	return n
}

// changes tells whether the location is new or gets other settings.
func (l *plannedLocation) changes() bool {
	return l.old == nil || settingsOf(l.now) != settingsOf(*l.old)
}

func (p *plan) previewed() []Change {
	all := []Change{}
	for _, l := range p.locations {
		if l.changes() {
			change := Change{Line: l.line, What: "location", New: l.old == nil, Name: l.name}
			if !change.New {
				change.Columns = l.columns()
			}
			all = append(all, change)
		}
		for _, f := range l.floors {
			all = append(all, f.previewed(l.name)...)
		}
	}
	slices.SortStableFunc(all, func(a, b Change) int { return cmp.Compare(a.Line, b.Line) })
	return all
}

func (f *plannedFloor) previewed(location string) []Change {
	var all []Change
	if f.old == nil {
		all = append(all, Change{Line: f.line, What: "floor", New: true, Name: f.name, Within: location})
	}
	for _, zone := range f.zones {
		all = append(all, Change{Line: f.line, What: "zone", New: true, Name: zone.Name, Within: f.name})
	}
	slices.SortFunc(all, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.What, b.What), cmp.Compare(a.Name, b.Name))
	})
	for i, change := range f.changes {
		seen := Change{Line: f.changed[i], What: "spot", New: change.Old == nil, Name: change.New.Name,
			Within: f.name}
		if !seen.New {
			seen.Columns = differing(*change.Old, *change.New)
		}
		all = append(all, seen)
	}
	return all
}

// columns are those of the settings that become different.
func (l *plannedLocation) columns() []string {
	old, now := settingsOf(*l.old), settingsOf(l.now)
	return named(
		part{"address", old.Address != now.Address}, part{"latitude", old.Latitude != now.Latitude},
		part{"longitude", old.Longitude != now.Longitude}, part{"opens", old.Opens != now.Opens},
		part{"closes", old.Closes != now.Closes}, part{"horizon_days", old.HorizonDays != now.HorizonDays},
		part{"daily_quota", old.DailyQuota != now.DailyQuota},
		part{"no_show_minutes", old.NoShowMinutes != now.NoShowMinutes},
		part{"vacant_minutes", old.VacantMinutes != now.VacantMinutes},
		part{"silent_minutes", old.SilentMinutes != now.SilentMinutes})
}

// differing are the columns of what becomes different of a spot.
func differing(old, now table.FloorSpot) []string {
	return named(part{"spot", old.Name != now.Name}, part{"category", old.Category != now.Category},
		part{"type", old.Type != now.Type}, part{"zone", old.Zone != now.Zone}, part{"x", old.X != now.X},
		part{"y", old.Y != now.Y}, part{"capacity", old.Capacity != now.Capacity},
		part{"features", !slices.Equal(old.Features, now.Features)},
		part{"sensor", len(old.Sensors) != len(now.Sensors)})
}

// A part of something is a column, and whether it becomes different.
type part struct {
	column string
	differ bool
}

func named(parts ...part) []string {
	var columns []string
	for _, p := range parts {
		if p.differ {
			columns = append(columns, p.column)
		}
	}
	return columns
}
