// Package display is what screens on a wall do: a room's door, a floor's lobby, a desk's e-paper. A display is no
// person. It is paired with a place by a code that it shows and an administrator types in, and from then on has a
// token that is for that place alone, until it is revoked.
//
// It shows no name and no title but where the person whose it is chose so, and then on a room's door alone.
package display

import (
	"context"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Displays pairs displays, and serves them.
type Displays struct {
	Tables *table.Tables
	Keys   secret.Keys // secret.Attempts
	Now    func() time.Time
}

// Routes are the use cases with the operations that they serve.
func (d Displays) Routes() []web.Route {
	return []web.Route{
		web.On(api.BeginPairing, d.Begin), web.On(api.EndPairing, d.Paired),
		web.On(api.PairAtSpot, d.PairAtSpot), web.On(api.PairAtFloor, d.PairAtFloor),
		web.On(api.ShowDisplays, d.List), web.On(api.RevokeDisplay, d.Revoke),
		web.On(api.ShowDisplay, d.Show), web.On(api.DisplayImage, d.Image),
		web.On(api.BookNow, d.Book), web.On(api.EndNow, d.End),
		web.On(api.DoorCheckIn, d.CheckIn),
	}
}

// A place is where a display is, on its today.
type place struct {
	table.Location
	office rules.Office
	floor  string
	day    civil.Date
	starts time.Time // the day
	now    time.Time
}

func (d Displays) placeIn(location table.Location, floor string) place {
	now := d.Now()
	day := civil.DateOf(now, location.Zone)
	return place{Location: location, office: location.Office(), floor: floor,
		day: day, starts: day.Start(location.Zone), now: now}
}

func (p place) dayEnds() time.Time     { return p.day.End(p.Zone) }
func (p place) quarter() civil.Quarter { return civil.QuarterOf(p.now) }

// A spot is the one that a display is at, with its day so far.
type spot struct {
	place
	spot  table.Spot
	sheet table.SpotSheet
}

func (s spot) at(caller identity.Caller) table.Place { return s.spot.Place(caller.Business) }

// spot reads the display's own spot, with every write that was answered before; a problem.Unknown for a floor's
// display, and where the spot is not there any more.
func (d Displays) spot(ctx context.Context, caller identity.Caller) (spot, error) {
	if caller.Spot == "" {
		return spot{}, problem.Unknown()
	}
	found, location, err := d.Tables.SpotAndLocation(ctx, caller.Business, caller.Spot)
	if err != nil {
		return spot{}, table.Unknown(err)
	}
	s := spot{place: d.placeIn(location, found.Floor), spot: found}
	s.sheet, err = d.Tables.SpotSheetNow(ctx, s.at(caller), s.day)
	return s, err
}

// room is spot for what rooms' doors alone do.
func (d Displays) room(ctx context.Context, caller identity.Caller) (spot, error) {
	s, err := d.spot(ctx, caller)
	if err == nil && s.spot.Category != table.Room {
		err = problem.Unknown()
	}
	return s, err
}

// A Glance is a spot at this moment. Until is when that ends, as far as today's reservations and hours tell.
type Glance struct {
	Now   booking.SpotState `json:"now"`
	Until civil.ClockTime   `json:"until,omitempty"`
}

// glance looks at a spot of the place. What nobody may take now, since it is another's workplace or kept for a group,
// or lies in the buffer of a reservation, is as good as reserved.
func (p place) glance(id string, s table.FloorSpot, sheet table.SpotSheet, open civil.Interval) Glance {
	ruled := s.Ruled(p.floor, id)
	silent := time.Duration(p.SilentMinutes) * time.Minute
	seen := Glance{Now: booking.StateOf(sheet, len(s.Sensors) > 0, silent, p.starts, p.now)}
	clock := func(q civil.Quarter) civil.ClockTime { return q.EndClock(p.day, p.Zone) }
	switch at := p.quarter(); {
	case p.office.OutAt(ruled, p.now):
		seen.Now = booking.OutOfService
	case sheet.Taken.FreeFrom(at) > at:
		if seen.Until = clock(sheet.Taken.FreeFrom(at)); seen.Now != booking.Occupied {
			seen.Now = booking.Held
		}
	case seen.Now == booking.Free && (s.KeptOn(sheet) || p.office.KeptFor(ruled, p.day, nil, p.now) != nil):
		seen.Now = booking.Held
	case open.Has(at):
		seen.Until = clock(sheet.Taken.Next(at, open.To))
	}
	return seen
}

// openAt is the stretch of hours in which the moment lies, empty where it is closed.
func (p place) openAt(s rules.Spot) (civil.Interval, error) {
	stretches, err := p.office.Open(s, p.day)
	for _, stretch := range stretches {
		if stretch.Has(p.quarter()) {
			return stretch, err
		}
	}
	return civil.Interval{}, err
}
