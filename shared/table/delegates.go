package table

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Permission lets somebody reserve and cancel for another (4.f.1). It lies in the partition of each of the two,
// under the other's id, so that either finds it and the erasure of either takes it from both.
type Permission struct {
	Other identity.Person `dynamo:"-"`
	Given civil.Date      `dynamo:"given_on"` // in UTC
}

func delegateKey(p, delegate identity.Person) key {
	return personKey(privacy.Delegate, p, delegate.User)
}
func principalKey(delegate, p identity.Person) key {
	return personKey(privacy.Principal, delegate, p.User)
}
func actedKey(delegate, p identity.Person, id string) key {
	return personKey(privacy.Acted, delegate, p.User+"#"+id)
}

// Allow lets a colleague act for a person. ErrGone when either is not registered, or the colleague hides their name
// or has yet to agree to the statement in force, which all look alike. Allowing again keeps the day on which it
// began.
func (t *Tables) Allow(ctx context.Context, p, delegate identity.Person, on civil.Date) error {
	mine, err1 := t.put(delegateKey(p, delegate), privacy.Delegate.Stamp(Permission{Given: on},
		privacy.UntilEnded.Open()))
	theirs, err2 := t.put(principalKey(delegate, p), privacy.Principal.Stamp(Permission{Given: on},
		privacy.UntilEnded.Open()))
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	err := t.transaction().Check(t.userExists(p)).as(whoPart).Check(t.consented(delegate)).as(whoPart).
		Put(mine.If("attribute_not_exists($)", pkName)).Put(theirs.If("attribute_not_exists($)", pkName)).Run(ctx)
	switch {
	case refusedAt(err, whoPart):
		return ErrGone
	case errors.Is(err, ErrRefused): // it stands already
		return nil
	}
	return err
}

// consented is the condition that somebody is registered and has agreed to the statement in force, without which
// nothing of this is kept of them.
func (t *Tables) consented(p identity.Person) *dynamo.ConditionCheck {
	return t.check(userKey(p)).If("$ = ?", "consent_version", privacy.StatementVersion)
}

// Disallow ends a permission to act, whichever of the two asks. A repeat does nothing.
func (t *Tables) Disallow(ctx context.Context, p, delegate identity.Person) error {
	return t.transaction().Delete(t.remove(delegateKey(p, delegate))).Delete(t.remove(principalKey(delegate, p))).
		Run(ctx)
}

// Delegates lists who may act for a person, consistently.
func (t *Tables) Delegates(ctx context.Context, p identity.Person) ([]Permission, error) {
	return t.permissions(ctx, p, privacy.Delegate)
}

// Principals lists for whom a person may act, consistently.
func (t *Tables) Principals(ctx context.Context, p identity.Person) ([]Permission, error) {
	return t.permissions(ctx, p, privacy.Principal)
}

func (t *Tables) permissions(ctx context.Context, p identity.Person, item privacy.Item) ([]Permission, error) {
	found, err := t.list(ctx, privacy.Agenda, PersonPartition(p), item.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(found, func(raw dynamo.Item) (Permission, error) {
		return Permission{Other: identity.Person{Business: p.Business, User: idIn(raw, item)},
			Given: civil.Date(text(raw["given_on"]))}, nil
	})
}

// MayActFor is ErrAbsent when the delegate may not act for the person. It reads the delegate's own partition.
func (t *Tables) MayActFor(ctx context.Context, delegate, p identity.Person) error {
	var permission Permission
	return t.get(ctx, principalKey(delegate, p), true, &permission)
}

// actingPart is the name of what makes it a condition of a write that somebody may act for another.
const actingPart = "acting"

// actedRow is what a delegate's own partition holds of a reservation that they made for somebody, while it is kept.
type actedRow struct {
	Reservation string `dynamo:"reservation"`
}

// actFor adds to the bookings that somebody makes for another: the condition that they may, what the delegate's own
// partition holds of it, and the mail that tells the person.
func (t *Tables) actFor(tx *transaction, bookings ...Booking) error {
	if bookings[0].By == "" {
		return nil
	}
	t.mayAct(tx, bookings[0].Person, bookings[0].by())
	for _, b := range bookings {
		id := b.reservation()
		acted, err := t.put(actedKey(b.by(), b.Person, b.ID), privacy.Acted.Stamp(actedRow{id.String()},
			privacy.DayEnd.From(b.DayEnds)))
		if err != nil {
			return err
		}
		tx.Put(acted)
		deed := ReservedFor
		if b.State == Asked {
			deed = AskedFor
		}
		if err := t.tell(tx, b.Person, deed, b.By, id, b.commitment(), b.DayEnds); err != nil {
			return err
		}
	}
	return nil
}

// mayAct makes it a condition that a delegate may act for a person, who has agreed to the statement in force.
func (t *Tables) mayAct(tx *transaction, p, delegate identity.Person) {
	tx.Check(t.check(delegateKey(p, delegate)).IfExists()).as(actingPart).Check(t.consented(p)).as(actingPart)
}

func (b Booking) by() identity.Person {
	return identity.Person{Business: b.Person.Business, User: b.By}
}

// CancelFor is Cancel by somebody who acts for the person, who is told. ErrGone when they may not.
func (t *Tables) CancelFor(ctx context.Context, p identity.Person, sheet PersonSheet, id string,
	delegate identity.Person) error {
	tx, err := t.cancel(p, sheet, id)
	if err != nil {
		return err
	}
	t.mayAct(tx, p, delegate)
	deed := CancelledFor
	if sheet.Commitments[id].State == Asked {
		deed = WithdrawnFor
	}
	reservation := ReservationID{Day: sheet.Day, Location: sheet.Location, Key: id}
	err = t.tell(tx, p, deed, delegate.User, reservation, sheet.Commitments[id], time.Unix(sheet.Ends, 0))
	if err != nil {
		return err
	}
	if err = tx.Run(ctx); refusedAt(err, actingPart) {
		return ErrGone
	}
	return err
}

// An Acted is a reservation that a delegate made for somebody, as the delegate's own partition knows it.
type Acted struct {
	Person      identity.Person
	Reservation ReservationID
}

// ActedFor reads what one item of the delegate's partition says.
func ActedFor(delegate identity.Person, suffix, reservation string) (Acted, error) {
	user, _, _ := strings.Cut(suffix, "#")
	id, err := ParseReservationID(reservation)
	return Acted{identity.Person{Business: delegate.Business, User: user}, id}, err
}

// untie takes what an item of a person's partition says of two from the other one, and makes their workplace
// nobody's. A repeat does nothing.
func (t *Tables) untie(ctx context.Context, p identity.Person, raw dynamo.Item) error {
	item, _ := privacy.ItemAt(privacy.Agenda, text(raw[skName]))
	other := identity.Person{Business: p.Business, User: idIn(raw, item)}
	switch item.Name {
	case privacy.Delegate.Name:
		return t.Disallow(ctx, p, other)
	case privacy.Principal.Name:
		return t.Disallow(ctx, other, p)
	case privacy.Acted.Name:
		acted, err := ActedFor(p, idIn(raw, privacy.Acted), text(raw["reservation"]))
		if err != nil {
			return err
		}
		return t.forgetBy(ctx, acted, p)
	case privacy.Assigned.Name:
		a, err := assignmentOf(raw)
		if err != nil {
			return err
		}
		return t.GiveUp(ctx, p, a)
	case privacy.InGroup.Name:
		return t.LeaveGroup(ctx, p, idIn(raw, item))
	}
	return nil
}

// forgetBy takes off a person's sheet who made a reservation for them.
func (t *Tables) forgetBy(ctx context.Context, of Acted, delegate identity.Person) error {
	name := reservationPrefix + of.Reservation.Key
	u := t.update(personSheetKey(of.Person, of.Reservation.Day, of.Reservation.Location)).
		when("$.$ = ?", name, byMember, delegate.User)
	u.removeIn(name, byMember)
	return ignoreRefused(u.run(ctx))
}
