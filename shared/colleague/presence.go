package colleague

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/table"
)

// A Presence is whether a colleague is at the spot that they have today, or have later today, at this moment (4.d.4).
type Presence struct {
	Location     string          `json:"location"`
	LocationName string          `json:"location_name"`
	FloorName    string          `json:"floor_name"`
	ZoneName     string          `json:"zone_name,omitempty"`
	Spot         string          `json:"spot"`
	SpotName     string          `json:"spot_name"`
	From         civil.ClockTime `json:"from"`
	To           civil.ClockTime `json:"to"`
	Present      bool            `json:"present"`
}

// A guide names where somebody is, for one answer.
type guide struct {
	Finder
	zones bool // of spots their zones too, which takes a read of each floor's plan

	mu        sync.Mutex
	locations map[string]func() (table.Location, error)
}

// location reads a location once, however many people are there.
func (g *guide) location(ctx context.Context, business, id string) (table.Location, error) {
	g.mu.Lock()
	read, known := g.locations[id]
	if !known {
		if g.locations == nil {
			g.locations = map[string]func() (table.Location, error){}
		}
		read = sync.OnceValues(func() (table.Location, error) { return g.Tables.Location(ctx, business, id) })
		g.locations[id] = read
	}
	g.mu.Unlock()
	return read()
}

// floor is what one needs to know of a floor to say where a reservation is.
func (g *guide) floor(ctx context.Context, business string, location table.Location,
	c table.Commitment) (table.Floor, error) {
	if g.zones || c.Name == "" { // earlier releases kept no name beside a reservation
		return g.Tables.Floor(ctx, business, c.Floor)
	}
	named, there := location.Floors[c.Floor]
	if !there {
		return table.Floor{}, table.ErrAbsent
	}
	return table.Floor{Name: named.Name, Spots: map[string]table.FloorSpot{c.Spot: {Name: c.Name}}}, nil
}

// today are a person's spots of the day that it is at each location, without those that are over or given back.
func (g *guide) today(ctx context.Context, p identity.Person) ([]Presence, error) {
	now := g.Now()
	around := civil.DateOf(now, civil.UTC)
	sheets, err := g.Tables.PersonDays(ctx, p, around.AddDays(-1), around.AddDays(1))
	if err != nil {
		return nil, err
	}
	var today []Presence
	for _, sheet := range sheets {
		location, err := g.location(ctx, p.Business, sheet.Location)
		if errors.Is(err, table.ErrAbsent) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if sheet.Day != civil.DateOf(now, location.Zone) {
			continue
		}
		for id, c := range sheet.Commitments {
			seen, err := g.seen(ctx, p, sheet, id, c, location)
			if err != nil {
				return nil, err
			}
			today = append(today, seen...)
		}
	}
	slices.SortFunc(today, inTime)
	return today, nil
}

func inTime(a, b Presence) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.SpotName, b.SpotName))
}

// seen is one of a person's reservations as colleagues see it, if it still holds.
func (g *guide) seen(ctx context.Context, p identity.Person, day table.PersonSheet, id string, c table.Commitment,
	location table.Location) ([]Presence, error) {
	if !g.Now().Before(c.To.Time()) {
		return nil, nil
	}
	floor, err := g.floor(ctx, p.Business, location, c)
	if errors.Is(err, table.ErrAbsent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	sheet, err := g.Tables.SpotSheetNow(ctx, table.Place{Business: p.Business, Location: location.ID, Floor: c.Floor,
		Spot: c.Spot}, day.Day)
	held := sheet.Holdings[id]
	if one, still := presence(location, floor, c.Spot, held, g.Now()); still && err == nil && held.User == p.User {
		return []Presence{one}, nil
	}
	return nil, err
}

// presence is a reservation of today at a location as colleagues see it. One that is over or given back is not seen
// any more.
func presence(location table.Location, floor table.Floor, spot string, held table.Holding,
	now time.Time) (Presence, bool) {
	plan, there := floor.Spots[spot]
	if !there || !held.State.Stands() || !now.Before(held.To.Time()) {
		return Presence{}, false
	}
	return Presence{Location: location.ID, LocationName: location.Name, FloorName: floor.Name,
		ZoneName: floor.Zones[plan.Zone].Name, Spot: spot, SpotName: plan.Name,
		From: held.From.Clock(location.Zone), To: held.To.EndClock(civil.DateOf(now, location.Zone), location.Zone),
		Present: isIn(held, now)}, true
}

// isIn: who has checked in is there, also in the quarter of an hour before the start.
func isIn(held table.Holding, now time.Time) bool {
	return held.State == table.CheckedIn && now.Before(held.To.Time())
}
