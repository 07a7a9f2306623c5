package building

import (
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/dayclose"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// AddLocation is the input of adding a location; settings that are left out are the Defaults.
type AddLocation struct {
	IdempotencyKey string `json:"idempotency_key"`
	Given
}

// AddLocation activates a location (3.b, 3.c). The same key again is the same location.
func (b Building) AddLocation(ctx context.Context, caller identity.Caller, in AddLocation) (Location, error) {
	settings, err := in.over(Defaults)
	if err != nil {
		return Location{}, err
	}
	location := settings.on(table.Location{ID: created(caller, in.IdempotencyKey, "location")})
	if err := b.roomForLocation(ctx, caller.Business, location); err != nil {
		return Location{}, err
	}
	switch err = b.Tables.CreateLocation(ctx, caller.Business, location, b.today(location.Zone)); {
	case err == nil:
		return locationView(location), nil
	case !errors.Is(err, table.ErrChanged):
		return Location{}, err
	}
	there, err := b.Tables.LocationNow(ctx, caller.Business, location.ID)
	if err == nil && settingsOf(there) != settings {
		err = keyReused()
	}
	return locationView(there), table.Unknown(err)
}

func (b Building) roomForLocation(ctx context.Context, business string, location table.Location) error {
	all, err := b.Tables.Locations(ctx, business)
	if err != nil {
		return err
	}
	byID := map[string]table.Location{}
	for _, other := range all {
		byID[other.ID] = other
	}
	if taken(byID, location.ID, location.Name, func(l table.Location) string { return l.Name }) {
		return nameTaken("a location")
	}
	if _, there := byID[location.ID]; !there && len(all) >= api.MaxLocations {
		return problem.New(problem.Conflict, "an account holds at most %d locations", api.MaxLocations)
	}
	return nil
}

// ChangeLocation is the input of changing a location; what is left out stays.
type ChangeLocation struct {
	Location       string `json:"location"`
	OnReservations Choice `json:"on_reservations"`
	Given
}

// ChangeLocation changes a location's name, address, position or settings. A change of its zone moves all of its
// hours, so it is a change to every reservation there, and what the days of the earlier zone still hold goes at once:
// a day in the new one may have ended already, or end later than was promised. Reservations made under an earlier
// horizon or earlier hours stay.
func (b Building) ChangeLocation(ctx context.Context, caller identity.Caller, in ChangeLocation) (Location, error) {
	return table.RetryFor(func() (Location, error) {
		location, err := b.Tables.LocationNow(ctx, caller.Business, in.Location)
		if err != nil {
			return Location{}, table.Unknown(err)
		}
		settings, err := in.over(settingsOf(location))
		if err != nil {
			return Location{}, err
		}
		changed := settings.on(location)
		if changed.Name != location.Name {
			if err := b.roomForLocation(ctx, caller.Business, changed); err != nil {
				return Location{}, err
			}
		}
		return b.changeLocation(ctx, caller.Business, location, changed, in.OnReservations)
	})
}

func (b Building) changeLocation(ctx context.Context, business string, from, to table.Location,
	choice Choice) (Location, error) {
	if settingsOf(to) == settingsOf(from) {
		return locationView(to), nil
	}
	days := b.span(from)
	if to.HorizonDays < from.HorizonDays {
		to.ReservedUntil = days.until
	}
	was := table.OpenDays{Zone: from.Zone}
	if to.Zone == from.Zone {
		return locationView(to), b.Tables.UpdateLocation(ctx, business, to, was, was)
	}
	was, err := b.Tables.OpenDaysOf(ctx, from.ID)
	if err != nil {
		return Location{}, missed(err)
	}
	if err := b.settleLocation(ctx, business, from, choice); err != nil {
		return Location{}, err
	}
	if err := b.Bell.Ring(ctx, dayclose.AfterMove(b.Now())...); err != nil {
		return Location{}, err // what the days of the earlier zone hold would go a minute too late
	}
	// A reservation that is being written may be of the day after the last.
	return locationView(to), b.Tables.UpdateLocation(ctx, business, to, was,
		was.Moved(to.Zone, b.today(to.Zone), days.until.AddDays(1), b.Now()))
}

// settleLocation settles the reservations of a whole location.
func (b Building) settleLocation(ctx context.Context, business string, l table.Location, choice Choice) error {
	if err := mustNotKeep(choice); err != nil {
		return err
	}
	days := b.span(l)
	var all []claim
	for floor := range l.Floors {
		claims, err := b.claimsOnFloor(ctx, business, l.ID, floor, days, everySpot)
		if err != nil {
			return err
		}
		all = append(all, claims...)
	}
	return b.settle(ctx, choice, all)
}

func everySpot(string) bool { return true }

// gone is what a change of something that was removed meanwhile comes to.
func gone(err error) error {
	if errors.Is(err, table.ErrChanged) {
		return problem.Unknown()
	}
	return err
}

// RemoveLocation is the input of removing a location.
type RemoveLocation struct {
	Location       string `json:"location"`
	OnReservations Choice `json:"on_reservations"`
}

// RemoveLocation removes a location with all of its floors. Cut off half-way it has removed some of the floors, and
// the same request again removes the rest.
func (b Building) RemoveLocation(ctx context.Context, caller identity.Caller, in RemoveLocation) (struct{}, error) {
	return table.RetryFor(func() (struct{}, error) {
		location, err := b.Tables.LocationNow(ctx, caller.Business, in.Location)
		if err != nil {
			return struct{}{}, table.Unknown(err)
		}
		if err := b.settleLocation(ctx, caller.Business, location, in.OnReservations); err != nil {
			return struct{}{}, err
		}
		for id := range location.Floors {
			floor, err := b.Tables.FloorNow(ctx, caller.Business, id)
			if err != nil {
				return struct{}{}, missed(err)
			}
			if err := b.removeFloor(ctx, caller.Business, location, floor); err != nil {
				return struct{}{}, err
			}
		}
		last := civil.DateOf(b.Now().Add(UnderWay), location.Zone)
		return struct{}{}, b.Tables.DeleteLocation(ctx, caller.Business, in.Location, last)
	})
}

// missed is the error for a part that was removed since the whole was read: read again.
func missed(err error) error {
	if errors.Is(err, table.ErrAbsent) {
		return table.ErrChanged
	}
	return err
}
