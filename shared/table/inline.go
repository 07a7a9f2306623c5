package table

import (
	"context"
	"errors"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
)

// Who waits for a spot has a place in line among what is pending, where each minute's look finds it: one item, whose
// key says whose it is. What comes free is offered in the transaction that holds it for them, so that nobody is
// offered two spots for one place, nor one that somebody else has.

// A Wait is somebody's place in line for a spot on a floor during a time of one day (4.f.3).
type Wait struct {
	Person identity.Person `dynamo:"-"`
	ID     string          `dynamo:"-"` // follows from what is waited for: a person waits for the same once

	Business string     `dynamo:"business"`
	User     string     `dynamo:"user"`
	Location string     `dynamo:"location"`
	Floor    string     `dynamo:"floor"`
	Zone     string     `dynamo:"zone,omitempty"` // "" for anywhere on the floor
	Type     string     `dynamo:"type,omitempty"` // "" for a spot of any
	Day      civil.Date `dynamo:"date"`
	From     time.Time  `dynamo:"from_at"`
	Ends     time.Time  `dynamo:"ends_at"`  // from which it is gone
	Since    time.Time  `dynamo:"since_at"` // who came first is offered first
	// Offered is the reservation that is offered, while that is undecided; "" before.
	Offered string `dynamo:"offered,omitempty"`
}

// NewWait is a place in line from an instant on, of what is waited for.
func NewWait(p identity.Person, w Wait, now time.Time) Wait {
	w.Person, w.Business, w.User, w.Since = p, p.Business, p.User, now.UTC()
	w.ID = secret.DerivedID("inline",
		p.User, w.Floor, w.Zone, w.Type, string(w.Day), w.From.String(), w.Ends.String())
	return w
}

// Interval is the time that is waited for.
func (w Wait) Interval() civil.Interval {
	return civil.Interval{From: civil.QuarterOf(w.From), To: civil.QuarterOf(w.Ends)}
}

// Offer is the id of the reservation that this place is offered: another one when the person lines up anew.
func (w Wait) Offer() ReservationID {
	return ReservationID{Day: w.Day, Location: w.Location,
		Key: secret.DerivedID("offer", w.ID, w.Since.UTC().String())}
}

func (w Wait) key() key { return pendingKey(privacy.InLine, w.Person, w.ID) }

// LineUp gives somebody a place in line, or the one that they have for the same already; ErrGone when they are not
// registered.
func (t *Tables) LineUp(ctx context.Context, w Wait) (Wait, error) {
	put, err := t.put(w.key(), privacy.InLine.Stamp(w, privacy.UntilDecided.From(w.Ends)))
	if err != nil {
		return w, err
	}
	err = t.transaction().Put(put.If("attribute_not_exists($)", pkName)).Check(t.consented(w.Person)).as("who").
		Run(ctx)
	if refusedAt(err, "who") {
		return w, ErrGone
	}
	if errors.Is(err, ErrRefused) {
		var raw dynamo.Item
		if err = t.get(ctx, w.key(), true, &raw); err == nil {
			return decodeWait(raw)
		}
	}
	return w, err
}

// InLine lists the places in line, consistently: all of them, or a person's, or those of a business account.
func (t *Tables) InLine(ctx context.Context, p identity.Person) ([]Wait, error) {
	found, err := t.list(ctx, privacy.Agenda, pendingPartition, pendingOf(privacy.InLine, p), true)
	if err != nil {
		return nil, err
	}
	return decodeAll(found, decodeWait)
}

func decodeWait(raw dynamo.Item) (w Wait, err error) {
	err = dynamo.UnmarshalItem(raw, &w)
	w.Person = identity.Person{Business: w.Business, User: w.User}
	w.ID = pendingID(raw, privacy.InLine, w.Person)
	return w, err
}

// LeaveLine gives a place up to which nothing is offered; ErrRefused where something is by now. A repeat does nothing.
func (t *Tables) LeaveLine(ctx context.Context, w Wait) error {
	return wrap(t.remove(w.key()).If("attribute_not_exists($)", "offered").Run(ctx))
}

// EndWait forgets a place in line, whatever became of it. A repeat does nothing.
func (t *Tables) EndWait(ctx context.Context, w Wait) error { return wrap(t.remove(w.key()).Run(ctx)) }

// linePart is the name of what makes it a condition of an offer that its person still waits for one.
const linePart = "line"

// offerTo adds to the booking of a spot that is offered that it is, to a place in line that was offered nothing yet.
func (t *Tables) offerTo(tx *transaction, b Booking) {
	if b.Line == nil {
		return
	}
	tx.Update(t.update(b.Line.key()).set("offered", b.Line.Offer().String()).
		when("attribute_exists($) AND attribute_not_exists($) AND $ = ?", pkName, "offered", "since_at",
			b.Line.Since)).as(linePart)
}

// OfferLink keeps the hash of the secret with which an offer can be taken, in place of an earlier one's. ErrRefused
// when it is decided.
func (t *Tables) OfferLink(ctx context.Context, place Place, id ReservationID, held Holding, hash string) error {
	return t.whileOffered(place, id, held.User).setIn(reservationPrefix+id.Key, questionMember, hash).run(ctx)
}

func (t *Tables) whileOffered(place Place, id ReservationID, user string) *update {
	name := reservationPrefix + id.Key
	return t.update(spotSheetKey(place, id.Day)).when("$.$ = ? AND $.$ = ?", name, userMember, user, name,
		stateMember, Offered)
}

// Take makes what is offered its person's, at an instant before the offer ends, and ends the place in line. ErrRefused
// when it is decided, or too late. 6 write units.
func (t *Tables) Take(ctx context.Context, w Wait, place Place, held Holding, now time.Time) error {
	id := w.Offer()
	name := reservationPrefix + id.Key
	spot := t.whileOffered(place, id, w.Person.User).when("$.$ > ?", name, untilMember, now.Unix()).
		setIn(name, stateMember, Reserved)
	if !now.Before(held.From.Time()) { // and so long is waited for them from now
		spot.setIn(name, bookedMember, now.Unix())
	}
	spot.removeIn(name, untilMember).removeIn(name, questionMember)
	person := t.update(personSheetKey(w.Person, id.Day, id.Location)).when("$.$ = ?", name, stateMember, Offered).
		setIn(name, stateMember, Reserved)
	person.removeIn(name, untilMember)
	tx := t.transaction().Update(spot).Update(person).Delete(t.remove(w.key()))
	taken := Commitment{Floor: place.Floor, From: held.From, To: held.To, State: Reserved, Calendar: held.Calendar}
	if err := t.retell(tx, w.Person, id, taken, "taken", held.To.Time()); err != nil {
		return err
	}
	return tx.Run(ctx)
}

// WithdrawOffer ends an offer that its person did not take, and their place in line with it: the spot is free, and
// nothing of it stays. ErrRefused when it is decided, or their day is not as the sheet says.
func (t *Tables) WithdrawOffer(ctx context.Context, w Wait, sheet PersonSheet) error {
	id := w.Offer()
	c := sheet.Commitments[id.Key]
	place := Place{w.Person.Business, sheet.Location, c.Floor, c.Spot}
	spot := t.whileHeld(place, sheet.Day, w.Person.User, id.Key, c).
		when("$.$ = ?", reservationPrefix+id.Key, stateMember, Offered)
	return t.takeOff(t.transaction(), w.Person, sheet, spot, id.Key).Delete(t.remove(w.key())).Run(ctx)
}

func (t *Tables) forgetWaits(ctx context.Context, p identity.Person) error {
	waits, err := t.InLine(ctx, p)
	for _, w := range waits {
		err = errors.Join(err, t.EndWait(ctx, w))
	}
	return err
}
