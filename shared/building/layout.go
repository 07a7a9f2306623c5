package building

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// A Layout is all of a floor's zones and spots as somebody drew them. The id of one that is new is a key of the
// caller's own, as an Idempotency-Key is; spots name their zone by the id that the layout has for it.
type Layout struct {
	Floor    string    `json:"floor"`
	Revision int       `json:"revision"` // of the floor that was drawn upon
	Zones    []Zone    `json:"zones"`
	Spots    []LaidOut `json:"spots"`
}

// A LaidOut is a spot in a layout. Its sensors and whose it is are not drawn, so they stay.
type LaidOut struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Category string  `json:"category"`
	Type     string  `json:"type"`
	Zone     string  `json:"zone"`
	X        float64 `json:"x"`
	Y        float64 `json:"y"`
	Capacity int     `json:"capacity"`
	Features []int   `json:"features"`
}

// Effect is what saving a layout would do.
type Effect struct {
	Added   int     `json:"added"`
	Changed int     `json:"changed"`
	Removed int     `json:"removed"`
	Taken   []Taken `json:"taken"`
	More    bool    `json:"more"` // there are more than are listed
	// Reservations are how many would be cancelled, when they are of five people or more (art. 5).
	Reservations int `json:"reservations,omitempty"`
}

// Taken is when a spot of which the reservations would be cancelled is taken: what a plan of that day shows anybody,
// so that neighbouring reservations can't be told apart.
type Taken struct {
	Spot string          `json:"spot"`
	Name string          `json:"name"`
	Date civil.Date      `json:"date"`
	From civil.ClockTime `json:"from"`
	To   civil.ClockTime `json:"to"`
}

// TryLayout says what saving a layout would do, and changes nothing.
func (b Building) TryLayout(ctx context.Context, caller identity.Caller, in Layout) (Effect, error) {
	r, err := b.redraw(ctx, caller, in, "")
	if err != nil {
		return Effect{}, err
	}
	claims, err := b.claimsOfRedrawing(ctx, caller.Business, r, cancels)
	if err != nil {
		return Effect{}, err
	}
	effect := r.effect()
	effect.Taken, effect.More = r.taken(claims)
	if people(claims) >= privacy.Least {
		effect.Reservations = len(claims)
	}
	return effect, nil
}

// SaveLayout is the input of saving a layout.
type SaveLayout struct {
	IdempotencyKey string `json:"idempotency_key"`
	OnReservations Choice `json:"on_reservations"`
	Layout
}

// SaveLayout makes a floor as it was drawn, in as many transactions as its spots take. Somebody else's change since it
// was read is a conflict, which holds the floor as it is now. Cut off half-way a part of it is saved; the same request
// again, with the same key, saves the rest unless somebody changed the floor in between.
//
// What is moved or renamed keeps its reservations. Those of what goes, or becomes something else, are settled by the
// choice.
func (b Building) SaveLayout(ctx context.Context, caller identity.Caller, in SaveLayout) (Floor, error) {
	return table.RetryFor(func() (Floor, error) {
		r, err := b.redraw(ctx, caller, in.Layout, secret.DerivedID(caller.Business, in.IdempotencyKey, "layout"))
		if err != nil {
			return Floor{}, err
		}
		claims, err := b.claimsOfRedrawing(ctx, caller.Business, r, cancels)
		if err != nil {
			return Floor{}, err
		}
		if err := b.settle(ctx, in.OnReservations, claims); err != nil {
			return Floor{}, err
		}
		if err := b.writeRedrawing(ctx, caller.Business, r); err != nil {
			return Floor{}, err
		}
		if err := b.afterRedrawing(ctx, caller.Business, r, in.OnReservations); err != nil {
			return Floor{}, err
		}
		floor, err := b.Tables.FloorNow(ctx, caller.Business, in.Floor)
		return floorView(caller, floor), table.Unknown(err)
	})
}

// redraw lays a layout over the floor. It is a conflict when the floor is no longer the one that was drawn upon, unless
// it is what a request has made of it so far.
func (b Building) redraw(ctx context.Context, caller identity.Caller, in Layout, request string) (redrawing, error) {
	floor, location, err := b.floorAndLocation(ctx, caller.Business, in.Floor)
	if err != nil {
		return redrawing{}, err
	}
	mine := floor.Saved.Request == request && floor.Saved.Version == floor.Version
	if floor.Version != in.Revision && !mine {
		return redrawing{}, problem.New(problem.Conflict, "somebody else changed this floor meanwhile").
			With("floor", floorView(caller, floor))
	}
	r := redrawing{floor: floor, location: location, request: request, today: b.today(location.Zone)}
	if err := r.layZones(caller, in.Zones); err != nil {
		return r, err
	}
	if err := r.laySpots(caller, in.Spots); err != nil {
		return r, err
	}
	return r, b.known(ctx, caller.Business, featuresOf(r.spots, before), featuresOf(r.spots, after))
}

// claimsOfRedrawing finds the reservations of some of the spots that a redrawing is about.
func (b Building) claimsOfRedrawing(ctx context.Context, business string, r redrawing,
	concerns func(table.SpotChange) bool) ([]claim, error) {
	some := map[string]bool{}
	for _, change := range r.spots {
		if concerns(change) {
			some[change.ID] = true
		}
	}
	if len(some) == 0 {
		return nil, nil
	}
	return b.claimsOnFloor(ctx, business, r.location.ID, r.floor.ID, b.span(r.location),
		func(spot string) bool { return some[spot] })
}

// writeRedrawing adds zones before spots come into them, and removes others once no spot is in them.
func (b Building) writeRedrawing(ctx context.Context, business string, r redrawing) error {
	version := r.floor.Version
	for _, change := range r.writes(b.Now().Unix(), b.span(r.location).until) {
		if hurried(ctx) {
			return problem.New(problem.Unavailable, "the floor is saved in part; the same request again saves the rest")
		}
		change.Location, change.Floor, change.Version = r.location.ID, r.floor.ID, version
		change.Request = r.request
		if err := b.Tables.ChangeFloors(ctx, business, change); err != nil {
			return err
		}
		version++
	}
	return nil
}

// afterRedrawing cancels what was reserved between the look and the writes, and forgets what sensors of spots that are
// gone said.
func (b Building) afterRedrawing(ctx context.Context, business string, r redrawing, choice Choice) error {
	concerns := removes
	if choice == Cancel {
		concerns = cancels
	}
	claims, err := b.claimsOfRedrawing(ctx, business, r, concerns)
	if err != nil {
		return err
	}
	var devices []string
	for _, change := range r.spots {
		if change.New == nil {
			devices = append(devices, change.Old.Sensors...)
		}
	}
	return errors.Join(b.cancelAll(ctx, claims), b.forget(ctx, devices))
}

func (r redrawing) taken(claims []claim) (listed []Taken, more bool) {
	return asShown(claims, func(spot string) (string, civil.Zone) { return r.floor.Spots[spot].Name, r.location.Zone })
}

// asShown are claims as the plans of their days show them: neighbours on one spot are one. Of tells a spot's name and
// its location's zone.
func asShown(claims []claim, of func(spot string) (name string, zone civil.Zone)) (listed []Taken, more bool) {
	slices.SortFunc(claims, func(a, b claim) int {
		first, _ := of(a.place.Spot)
		second, _ := of(b.place.Spot)
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(first, second), cmp.Compare(a.place.Spot, b.place.Spot),
			cmp.Compare(a.holding.From, b.holding.From))
	})
	listed = []Taken{}
	for i, c := range claims {
		name, zone := of(c.place.Spot)
		to := c.holding.To.EndClock(c.day, zone)
		if i > 0 && claims[i-1].day == c.day && claims[i-1].place == c.place && claims[i-1].holding.To == c.holding.From {
			listed[len(listed)-1].To = to
			continue
		}
		if len(listed) == api.MaxTaken {
			return listed, true
		}
		listed = append(listed, Taken{Spot: c.place.Spot, Name: name, Date: c.day, From: c.holding.From.Clock(zone),
			To: to})
	}
	return listed, false
}
