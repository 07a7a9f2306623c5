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

// What somebody is told by mail is written in the transaction that it is about, so that neither is without the other,
// and goes when the mail has gone. All of it lies in one partition, which each minute's look reads: it is empty but
// for the last minute's. A person's, and a business account's, are found there by the beginning of their keys.

const pendingPartition = "pending"

// A NoticeKind is what somebody is told of.
type NoticeKind string

// The kinds of notice.
const (
	ReservedFor  NoticeKind = "reserved"  // a delegate reserved
	CancelledFor NoticeKind = "cancelled" // a delegate cancelled
	AskedFor     NoticeKind = "asked"     // a delegate asked approval for a spot
	WithdrawnFor NoticeKind = "withdrawn" // a delegate took back what was asked for
	// A workplace is the person's own no more, since the office ended that. The reservation that it is about is none:
	// its id has the date, the location and the spot.
	Unassigned NoticeKind = "unassigned"

	// The two of which their person wants to be told for their calendar, by whomever it was done.
	Planned NoticeKind = "planned" // reserved, all that one request did
	Altered NoticeKind = "altered" // changed, cancelled, given back or had again: what it is now the sheet says
)

// A Told is a mail that is still to be sent to a person about a reservation of theirs.
type Told struct {
	Person identity.Person `dynamo:"-"`
	id     string

	Business    string        `dynamo:"business"`
	User        string        `dynamo:"user"`
	Kind        NoticeKind    `dynamo:"deed"`
	By          string        `dynamo:"by,omitempty"` // who did it; "" when they have gone
	Reservation string        `dynamo:"reservation"`
	Floor       string        `dynamo:"floor"`
	Name        string        `dynamo:"spot"` // the spot's name
	From        civil.Quarter `dynamo:"from"`
	To          civil.Quarter `dynamo:"to"`
	// Changes is how often it had been changed. Others are the rest of what was planned with it, and Sent is of how
	// many of all the mail has gone.
	Changes int      `dynamo:"changes,omitempty"`
	Others  []string `dynamo:"others,omitempty"`
	Sent    int      `dynamo:"sent,omitempty"`
	// Unix seconds: the day's end, from which it is gone; set when it is read
	Until int64 `dynamo:"ttl"`
}

func pendingKey(item privacy.Item, p identity.Person, id string) key {
	return key{item, pendingPartition, item.SortPrefix + p.Business + "#" + p.User + "#" + id}
}

// pendingOf is how the keys of what is a person's, or a business account's, begin.
func pendingOf(item privacy.Item, p identity.Person) string {
	prefix := item.SortPrefix
	for _, id := range []string{p.Business, p.User} {
		if id != "" {
			prefix += id + "#"
		}
	}
	return prefix
}

// pendingID is the id with which the key of what is a person's ends.
func pendingID(raw dynamo.Item, item privacy.Item, p identity.Person) string {
	return strings.TrimPrefix(text(raw[skName]), pendingOf(item, p))
}

// tell adds a mail about a reservation to a transaction. It is kept until it was sent, at most until the day ends.
func (t *Tables) tell(tx *transaction, p identity.Person, kind NoticeKind, by string, id ReservationID, c Commitment,
	dayEnds time.Time) error {
	return t.putTold(tx, id.Key+string(kind), toldOf(p, kind, by, id, c), dayEnds)
}

func toldOf(p identity.Person, kind NoticeKind, by string, id ReservationID, c Commitment) Told {
	return Told{Person: p, Business: p.Business, User: p.User, Kind: kind, By: by, Reservation: id.String(),
		Floor: c.Floor, Name: c.Name, From: c.From, To: c.To, Changes: c.Changes}
}

func (t *Tables) putTold(tx *transaction, id string, told Told, until time.Time) error {
	put, err := t.put(pendingKey(privacy.Told, told.Person, id), privacy.Told.Stamp(told, privacy.DayEnd.From(until)))
	if err == nil {
		tx.Put(put)
	}
	return err
}

// tellHolder adds the mail that a workplace is somebody's no more.
func (t *Tables) tellHolder(tx *transaction, a Assigning) error {
	about := ReservationID{Day: a.On, Location: a.Spot.Location, Key: a.Spot.ID}
	return t.putTold(tx, a.Spot.ID+string(Unassigned), toldOf(a.From, Unassigned, "", about,
		Commitment{Floor: a.Spot.Floor, Name: a.Spot.Name}), a.On.AddDays(1).End(civil.UTC))
}

// tellCalendar adds the mail that puts bookings into their person's calendar: one for all that a request makes, since
// a transaction has no room for one a date.
func (t *Tables) tellCalendar(tx *transaction, bookings ...Booking) error {
	first := bookings[0]
	if !first.Calendar || first.State.Undecided() {
		return nil
	}
	told := toldOf(first.Person, Planned, "", first.reservation(), first.commitment())
	for _, b := range bookings[1:] {
		told.Others = append(told.Others, b.reservation().String())
	}
	return t.putTold(tx, first.ID+string(Planned), told, first.DayEnds)
}

func (b Booking) reservation() ReservationID {
	return ReservationID{Day: b.Day, Location: b.Place.Location, Key: b.ID}
}

// retell adds the mail that brings a calendar up to date where it has the reservation. The event tells what happens
// to one reservation apart: a later one is no news of an earlier.
func (t *Tables) retell(tx *transaction, p identity.Person, id ReservationID, c Commitment, event string,
	until time.Time) error {
	if !c.Calendar || c.State.Undecided() {
		return nil
	}
	return t.putTold(tx, id.Key+string(Altered)+event, toldOf(p, Altered, "", id, c), until)
}

// All are the ids of all reservations that it is about.
func (told Told) All() []string { return append([]string{told.Reservation}, told.Others...) }

// Before reports whether another mail tells the calendar of the same reservation, and of what became of it later.
func (told Told) Before(other Told) bool {
	return told.Kind == Altered && other.Kind == Altered && told.Person == other.Person &&
		told.Reservation == other.Reservation &&
		(told.Changes < other.Changes || told.Changes == other.Changes && told.id < other.id)
}

// ToldSome notes of how many of its reservations a mail has gone. A repeat does nothing, as when it was forgotten.
func (t *Tables) ToldSome(ctx context.Context, told Told, sent int) error {
	return ignoreRefused(t.update(pendingKey(privacy.Told, told.Person, told.id)).set("sent", sent).
		when("attribute_exists($)", pkName).run(ctx))
}

// ToTell lists the mails that are still to be sent, consistently: all of them, or those to or about a person.
func (t *Tables) ToTell(ctx context.Context, p identity.Person) ([]Told, error) {
	found, err := t.list(ctx, privacy.Agenda, pendingPartition,
		pendingOf(privacy.Told, identity.Person{Business: p.Business}), true)
	if err != nil {
		return nil, err
	}
	var all []Told
	for _, raw := range found {
		told, err := decodeTold(raw)
		if err != nil {
			return nil, err
		}
		if p.User == "" || told.Person == p || told.By == p.User {
			all = append(all, told)
		}
	}
	return all, nil
}

func decodeTold(raw dynamo.Item) (told Told, err error) {
	err = dynamo.UnmarshalItem(raw, &told)
	told.Person = identity.Person{Business: told.Business, User: told.User}
	told.id = pendingID(raw, privacy.Told, told.Person)
	return told, err
}

// WasTold forgets a mail that was sent. A repeat does nothing.
func (t *Tables) WasTold(ctx context.Context, told Told) error {
	return wrap(t.remove(pendingKey(privacy.Told, told.Person, told.id)).Run(ctx))
}

// forgetTold takes away the mails to a person, and out of those to others that it was this person who did it.
func (t *Tables) forgetTold(ctx context.Context, p identity.Person) error {
	all, err := t.ToTell(ctx, p)
	if err != nil {
		return err
	}
	for _, told := range all {
		if told.Person == p {
			err = t.WasTold(ctx, told)
		} else {
			err = ignoreRefused(t.update(pendingKey(privacy.Told, told.Person, told.id)).remove("by").
				when("$ = ?", "by", p.User).run(ctx))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// clearPending deletes what of a business account is in the partition.
func (t *Tables) clearPending(ctx context.Context, business string) error {
	told, err1 := t.ToTell(ctx, identity.Person{Business: business})
	waits, err2 := t.InLine(ctx, identity.Person{Business: business})
	askings, err3 := t.Askings(ctx, identity.Person{Business: business})
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	var keys []key
	for _, one := range told {
		keys = append(keys, pendingKey(privacy.Told, one.Person, one.id))
	}
	for _, w := range waits {
		keys = append(keys, w.key())
	}
	for _, q := range askings {
		keys = append(keys, q.key())
	}
	return t.removeAll(ctx, privacy.Agenda, keys)
}
