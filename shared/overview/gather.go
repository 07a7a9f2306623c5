package overview

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// gathering is an overview in the making.
type gathering struct {
	Overview
	desk   Overviews
	person identity.Person

	customer  string // its name; "" where it has gone
	locations map[string]place
	spots     map[string]string
}

type place struct {
	name string
	zone civil.Zone
}

// gather reads everything about the person. It gives table.ErrAbsent when they are neither registered nor a guest nor
// staff.
func (o Overviews) gather(ctx context.Context, p identity.Person) (Overview, table.User, error) {
	user, err := o.person(ctx, p)
	if err != nil {
		return Overview{}, user, err
	}
	g := &gathering{Overview: empty(o.Now(), whose(p, user)), desk: o, person: p, locations: map[string]place{},
		spots: map[string]string{}}
	g.Controller, g.Contact, g.Support = o.Controller.Name, o.Controller.Contact, o.Controller.Support
	g.from = o.Controller
	if err := g.account(ctx); err != nil {
		return Overview{}, user, err
	}
	items, err := o.Tables.AllOf(ctx, p)
	if err != nil {
		return Overview{}, user, err
	}
	for _, item := range items {
		if err := g.item(ctx, item); err != nil {
			return Overview{}, user, err
		}
	}
	if err := g.days(ctx); err != nil {
		return Overview{}, user, err
	}
	return g.Overview, user, g.elsewhere(ctx, user)
}

func (o Overviews) person(ctx context.Context, p identity.Person) (table.User, error) {
	if p.Business == identity.Operator {
		staff, err := o.Tables.StaffMember(ctx, p)
		return table.User{Person: p, Email: staff.Email, Language: staff.Language}, err
	}
	user, err := o.Tables.User(ctx, p)
	if errors.Is(err, table.ErrAbsent) {
		_, err = o.Tables.Guest(ctx, p)
	}
	return user, err
}

// item adds one item: as one value where it is one thing to a person, and else attribute by attribute, as the register
// divides it.
func (g *gathering) item(ctx context.Context, kept table.Kept) error {
	switch kept.Item.Name {
	case privacy.PersonSheet.Name:
		return nil // told by days, with what the spots' sheets know
	case privacy.Favourite.Name:
		return g.favourite(ctx, kept)
	case privacy.Invited.Name:
		return g.invited(ctx, kept)
	case privacy.Cancelled.Name:
		return g.cancelled(ctx, kept)
	case privacy.Delegate.Name, privacy.Principal.Name:
		return g.party(ctx, kept)
	case privacy.Assigned.Name:
		return g.workplace(ctx, kept)
	case privacy.InGroup.Name:
		return g.group(ctx, kept)
	case privacy.FreedDay.Name:
		return g.freedDay(ctx, kept)
	case privacy.Away.Name:
		g.away(kept)
		return nil
	case privacy.Acted.Name:
		return g.acted(ctx, kept)
	case privacy.Correction.Name:
		g.correction(kept)
		return nil
	case privacy.Look.Name:
		g.addUntil("6.confidential", g.look(kept), kept.GoneAt, g.zone)
		return nil
	case privacy.Disclosed.Name:
		if told(kept, g.desk.Now()) {
			g.addUntil("5.disclosure", g.disclosure(kept), kept.GoneAt, g.zone)
		}
		return nil
	}
	return g.attributes(ctx, kept)
}

func (g *gathering) attributes(ctx context.Context, kept table.Kept) error {
	seen := map[privacy.Clause]bool{}
	for _, name := range sortedNames(kept.Values) {
		clause, _ := kept.Item.ClauseOf(name)
		kind, _ := privacy.KindOf(clause)
		if kind.Fate == privacy.Keep || kind.Secret && seen[clause] {
			continue
		}
		seen[clause] = true
		value := Value{Name: name, Value: stored(name, kept.Values[name]), Label: labelOf(name)}
		value.Read, value.Silent = g.readable(name, value.Value), silent[name]
		if kind.Secret {
			value.Name, value.Label = kept.Item.Name, words.Text{}
		}
		if err := g.named(ctx, name, &value); err != nil {
			return err
		}
		g.addUntil(clause, value, kept.GoneAt, g.zone)
	}
	return nil
}

// account reads the customer's name, and the zone in which the person is told moments.
func (g *gathering) account(ctx context.Context) error {
	if g.customer, g.zone = g.desk.Customer, g.desk.Zone; g.customer != "" ||
		g.person.Business == identity.Operator {
		return nil
	}
	name, zone, err := g.desk.Tables.Customer(ctx, g.person.Business)
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	g.customer, g.zone = name, zone
	return err
}

func (g *gathering) favourite(ctx context.Context, kept table.Kept) error {
	location, err := g.location(ctx, text(kept.Values["location"]))
	if err != nil {
		return err
	}
	id := text(kept.Values["spot"])
	if id == "" {
		id = kept.Suffix
	}
	spot, err := g.spot(ctx, id)
	if err != nil {
		return err
	}
	value := map[string]any{"spot": id, "spot_name": spot, "location_name": location.name}
	for name, stored := range kept.Values {
		value[name] = stored
	}
	favourite := Value{Name: "favourite", Value: value, Read: written(spot + ", " + location.name)}
	g.addUntil("4.c.1", favourite, kept.GoneAt, g.zone)
	return nil
}

// cancelled adds a reservation that the office cancelled, while the mail about it is on its way (4.d.2).
func (g *gathering) cancelled(ctx context.Context, kept table.Kept) error {
	c, err := g.desk.Tables.Cancellation(ctx, g.person, kept.Suffix)
	if errors.Is(err, table.ErrAbsent) { // it was told a moment ago
		return nil
	}
	if err != nil {
		return err
	}
	id, err := table.ParseReservationID(c.Reservation)
	if err != nil {
		return err
	}
	location, err := g.location(ctx, id.Location)
	if err != nil {
		return err
	}
	spot, err := g.spot(ctx, c.Spot)
	told := Reservation{Key: c.Reservation, Date: id.Day, From: c.From.Clock(location.zone),
		To: c.To.EndClock(id.Day, location.zone), Zone: location.zone.String(), Spot: c.Spot, SpotName: spot,
		Location: location.name, State: cancelledState, Begun: instant(c.At), Waited: c.Asked}
	value := Value{Name: "cancelled reservation", Value: told, Read: told.words(location.zone)}
	g.addUntil("4.d.2", value, kept.GoneAt, location.zone)
	return err
}

func (g *gathering) addUntil(clause privacy.Clause, value Value, until time.Time, zone civil.Zone) {
	if !until.IsZero() {
		value.GoneAt = &until
		value.Gone = words.Until(until, zone)
	}
	g.add(clause, value)
}

func (g *gathering) location(ctx context.Context, id string) (place, error) {
	if known, ok := g.locations[id]; ok {
		return known, nil
	}
	found := place{name: id}
	location, err := g.desk.Tables.Location(ctx, g.person.Business, id)
	if err == nil {
		found.name = location.Name
	}
	if errors.Is(err, table.ErrAbsent) { // it was removed a moment ago; its days still end in its zone
		var open table.OpenDays
		open, err = g.desk.Tables.OpenDaysOf(ctx, id)
		location.Zone = open.Zone
	}
	found.zone = location.Zone
	if errors.Is(err, table.ErrAbsent) {
		err = nil
	}
	g.locations[id] = found
	return found, err
}

func (g *gathering) spot(ctx context.Context, id string) (string, error) {
	if known, ok := g.spots[id]; ok {
		return known, nil
	}
	spot, err := g.desk.Tables.Spot(ctx, g.person.Business, id)
	if errors.Is(err, table.ErrAbsent) {
		spot.Name, err = id, nil
	}
	g.spots[id] = spot.Name
	return spot.Name, err
}

func instant(unix int64) *time.Time {
	if unix == 0 {
		return nil
	}
	at := time.Unix(unix, 0).UTC()
	return &at
}

func text(value any) string {
	s, _ := value.(string)
	return s
}

// stored is a value for the machine-readable form: instants as text instead of seconds.
func stored(name string, value any) any {
	if number, ok := value.(json.Number); ok && isInstant(name) {
		if seconds, err := number.Int64(); err == nil {
			return time.Unix(seconds, 0).UTC()
		}
	}
	return value
}
