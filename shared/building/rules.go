package building

import (
	"context"
	"reflect"
	"slices"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// Rules shows what a location says of its reservations.
func (b Building) Rules(ctx context.Context, caller identity.Caller, in LocationID) (rules.Rules, error) {
	location, err := b.placed(ctx, caller, in.Location)
	return location.Rules, err
}

// placed is a location where the caller may be.
func (b Building) placed(ctx context.Context, caller identity.Caller, id string) (table.Location, error) {
	location, err := b.Tables.LocationNow(ctx, caller.Business, id)
	if err != nil {
		return location, table.Unknown(err)
	}
	if !caller.At(location.ID) {
		return table.Location{}, problem.Unknown()
	}
	return location, nil
}

// SetRules is the input of setting a location's rules.
type SetRules struct {
	Location       string `json:"location"`
	OnReservations Choice `json:"on_reservations"`
	rules.Rules
}

// SetRules replaces what a location says of its reservations. Those that were made stay, but for a choice about those
// during a closure that is new.
func (b Building) SetRules(ctx context.Context, caller identity.Caller, in SetRules) (rules.Rules, error) {
	if field := in.Rules.Wrong(); field != nil {
		return rules.Rules{}, problem.Impossible(field.Pointer, field.Detail, field.Accepted)
	}
	return table.RetryFor(func() (rules.Rules, error) {
		before, err := b.Tables.LocationNow(ctx, caller.Business, in.Location)
		if err != nil {
			return rules.Rules{}, table.Unknown(err)
		}
		if in.AskMinutes >= before.NoShowMinutes {
			return rules.Rules{}, problem.Impossible("/ask_minutes", "is not before who does not come is a no-show",
				"less than the location's no_show_minutes")
		}
		if err := b.there(ctx, caller.Business, before, in.Approvals); err != nil {
			return rules.Rules{}, err
		}
		after := before
		after.Rules = in.Rules
		after.Rules.Closures = b.notOver(in.Rules.Closures, before.Zone)
		if reflect.DeepEqual(after.Rules, before.Rules) {
			return after.Rules, nil
		}
		if in.OnReservations != Keep {
			if err := b.settleClosures(ctx, caller.Business, before, after, in.OnReservations); err != nil {
				return rules.Rules{}, err
			}
		}
		days := table.OpenDays{Zone: before.Zone}
		return after.Rules, b.Tables.UpdateLocation(ctx, caller.Business, after, days, days)
	})
}

// notOver leaves out what nothing can be reserved in any more, so that a location stays small.
func (b Building) notOver(closures []rules.Closure, zone civil.Zone) []rules.Closure {
	return slices.DeleteFunc(slices.Clone(closures), func(c rules.Closure) bool { return c.Until < b.today(zone) })
}

// settleClosures settles the reservations of times that are closed from now on, and were not.
func (b Building) settleClosures(ctx context.Context, business string, before, after table.Location,
	choice Choice) error {
	var fresh []span
	days := b.span(before)
	for _, closure := range after.Rules.Closures {
		if !slices.ContainsFunc(before.Rules.Closures, closure.Same) {
			fresh = append(fresh, span{max(days.from, closure.From), min(days.until, closure.Until)})
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	var all []claim
	for id := range after.Floors {
		floor, err := b.Tables.FloorNow(ctx, business, id)
		if err != nil {
			return missed(err)
		}
		for _, days := range fresh {
			claims, err := b.claimsOnFloor(ctx, business, after.ID, id, days, everySpot)
			if err != nil {
				return err
			}
			if claims, err = barred(claims, floor, before.Office(), after.Office()); err != nil {
				return err
			}
			all = append(all, claims...)
		}
	}
	return b.settle(ctx, choice, all)
}

// barred are those of the claims on a floor during which the office was open before and is closed after.
func barred(claims []claim, floor table.Floor, before, after rules.Office) ([]claim, error) {
	var found []claim
	for _, c := range claims {
		spot := floor.Spots[c.place.Spot].Ruled(c.place.Floor, c.place.Spot)
		now, err := after.Bars(spot, c.day, c.holding.Interval())
		if err != nil {
			return nil, err
		}
		then, err := before.Bars(spot, c.day, c.holding.Interval())
		if err != nil {
			return nil, err
		}
		if now && !then {
			found = append(found, c)
		}
	}
	return found, nil
}
