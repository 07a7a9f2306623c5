package building

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// An Outage is what is out of service, in an answer: a floor, a zone of it, or a spot.
type Outage struct {
	ID       string    `json:"id"`
	Floor    string    `json:"floor"`
	Zone     string    `json:"zone,omitempty"`
	Spot     string    `json:"spot,omitempty"`
	StartsAt time.Time `json:"starts_at"`
	EndsAt   time.Time `json:"ends_at"`
	Reason   string    `json:"reason"`
}

func outageView(o rules.Outage) Outage {
	return Outage{ID: o.ID, Floor: o.Floor, Zone: o.Zone, Spot: o.Spot, StartsAt: o.From.Time(), EndsAt: o.To.Time(),
		Reason: o.Reason}
}

// Outages are those of a location.
type Outages struct {
	Outages []Outage `json:"outages"`
}

// Outages lists what is out of service, or will be, in the order in which it begins.
func (b Building) Outages(ctx context.Context, caller identity.Caller, in LocationID) (Outages, error) {
	location, err := b.placed(ctx, caller, in.Location)
	list := Outages{Outages: []Outage{}}
	for _, outage := range b.current(location.Outages) {
		list.Outages = append(list.Outages, outageView(outage))
	}
	slices.SortFunc(list.Outages, func(a, b Outage) int {
		return cmp.Or(a.StartsAt.Compare(b.StartsAt), cmp.Compare(a.ID, b.ID))
	})
	return list, err
}

// current leaves out what is over.
func (b Building) current(all []rules.Outage) []rules.Outage {
	return slices.DeleteFunc(slices.Clone(all), func(o rules.Outage) bool { return !o.To.Time().After(b.Now()) })
}

// AddOutage is the input of taking a floor, a zone or a spot out of service. Left out, from and to are the beginning
// of the first date and the end of the last, and until_date is date.
type AddOutage struct {
	IdempotencyKey string          `json:"idempotency_key"`
	Floor          string          `json:"floor"`
	Zone           string          `json:"zone"`
	Spot           string          `json:"spot"`
	OnReservations Choice          `json:"on_reservations"`
	Date           civil.Date      `json:"date"`
	From           civil.ClockTime `json:"from"`
	UntilDate      civil.Date      `json:"until_date"`
	To             civil.ClockTime `json:"to"`
	Reason         string          `json:"reason"`
}

// AddOutage takes a floor, a zone of it or a spot out of service for a time. The same key again is the same outage.
// A reservation that was being written in the meantime does not survive it: see LookAgain.
func (b Building) AddOutage(ctx context.Context, caller identity.Caller, in AddOutage) (Outage, error) {
	if err := mustNotKeep(in.OnReservations); err != nil {
		return Outage{}, err
	}
	return table.RetryFor(func() (Outage, error) {
		floor, location, err := b.floorAndLocation(ctx, caller.Business, in.Floor)
		if err != nil {
			return Outage{}, err
		}
		outage, err := b.outage(in, created(caller, in.IdempotencyKey, "outage"), floor, location.Zone)
		if err != nil {
			return Outage{}, err
		}
		if i := slices.IndexFunc(location.Outages, func(o rules.Outage) bool { return o.ID == outage.ID }); i >= 0 {
			if location.Outages[i] != outage {
				return Outage{}, keyReused()
			}
			return outageView(outage), b.settleOut(ctx, caller.Business, location, floor, outage, Cancel)
		}
		if err := b.settleOut(ctx, caller.Business, location, floor, outage, in.OnReservations); err != nil {
			return Outage{}, err
		}
		location.Outages = append(b.current(location.Outages), outage)
		if len(location.Outages) > api.MaxOutages {
			return Outage{}, problem.New(problem.Conflict, "a location holds at most %d outages", api.MaxOutages)
		}
		look := table.SecondLook{At: b.Now().Unix(), Until: b.span(location).until}
		if err := b.Tables.SetOutages(ctx, caller.Business, location, floor.ID, &look); err != nil {
			return Outage{}, err
		}
		return outageView(outage), b.settleOut(ctx, caller.Business, location, floor, outage, Cancel)
	})
}

// outage is what the input means, or says why that can't be.
func (b Building) outage(in AddOutage, id string, floor table.Floor, zone civil.Zone) (rules.Outage, error) {
	out := rules.Outage{ID: id, Floor: floor.ID, Zone: in.Zone, Spot: in.Spot, Reason: clean(in.Reason)}
	if _, there := floor.Zones[in.Zone]; in.Zone != "" && !there {
		return out, problem.Impossible("/zone", "is not a zone of this floor", "the id of one of the floor's zones")
	}
	if _, there := floor.Spots[in.Spot]; in.Spot != "" && !there {
		return out, problem.Impossible("/spot", "is not a spot of this floor", "the id of one of the floor's spots")
	}
	last := cmp.Or(in.UntilDate, in.Date)
	first, err := civil.Hours{Opens: cmp.Or(in.From, civil.StartOfDay), Closes: civil.EndOfDay}.On(in.Date, zone)
	if err != nil {
		return out, problem.BadField("/from", err.Error(), "a quarter of an hour")
	}
	to, err := cmp.Or(in.To, civil.EndOfDay).Ends(last, zone)
	if err != nil {
		return out, problem.BadField("/to", err.Error(), "a quarter of an hour")
	}
	out.From, out.To = first.From, to
	if out.To <= out.From || !out.To.Time().After(b.Now()) {
		return out, problem.Impossible("/until_date", "ends before it begins, or is over", "a later time")
	}
	if in.Date.DaysUntil(last) > 366 {
		return out, problem.Impossible("/until_date", "is too far away", "at most 366 days after date")
	}
	return out, nil
}

// settleOut settles the reservations that an outage concerns.
func (b Building) settleOut(ctx context.Context, business string, location table.Location, floor table.Floor,
	outage rules.Outage, choice Choice) error {
	days := b.span(location)
	days.from = max(days.from, civil.DateOf(outage.From.Time(), location.Zone))
	days.until = min(days.until, civil.DateOf(outage.To.Time(), location.Zone))
	claims, err := b.claimsOnFloor(ctx, business, location.ID, floor.ID, days, everySpot)
	if err != nil {
		return err
	}
	only := rules.Office{Outages: []rules.Outage{outage}}
	return b.settle(ctx, choice, slices.DeleteFunc(claims, func(c claim) bool {
		spot := floor.Spots[c.place.Spot].Ruled(floor.ID, c.place.Spot)
		return only.OutOf(spot, c.holding.Interval()) == nil
	}))
}

// OutageID names an outage.
type OutageID struct {
	Floor  string `json:"floor"`
	Outage string `json:"outage"`
}

// EndOutage puts what is out of service into service again, at once.
func (b Building) EndOutage(ctx context.Context, caller identity.Caller, in OutageID) (struct{}, error) {
	return table.RetryFor(func() (struct{}, error) {
		_, location, err := b.floorAndLocation(ctx, caller.Business, in.Floor)
		if err != nil {
			return struct{}{}, err
		}
		is := func(o rules.Outage) bool { return o.ID == in.Outage && o.Floor == in.Floor }
		if !slices.ContainsFunc(location.Outages, is) {
			return struct{}{}, problem.Unknown()
		}
		location.Outages = slices.DeleteFunc(b.current(location.Outages), is)
		return struct{}{}, b.Tables.SetOutages(ctx, caller.Business, location, in.Floor, nil)
	})
}
