package table

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A spot that needs approval is held for who asks, on both sheets as any reservation, and the same transaction writes
// that it waits: one item for all that a request asks for, among what is pending. One transaction decides it, on
// condition that it is undecided; of who decides nothing is kept.

// A Decision is what became of what was asked for.
type Decision string

// The decisions. The last is the clock's.
const (
	Approved Decision = "approved"
	Declined Decision = "declined"
	Lapsed   Decision = "lapsed"
)

// An Asking asks for approval of reservations of one person at one spot (4.f.3), until it is decided and the person
// was told.
type Asking struct {
	Person identity.Person `dynamo:"-"`
	ID     string          `dynamo:"-"` // follows from the request, so that a repeat asks once

	Business string `dynamo:"business"`
	User     string `dynamo:"user"`
	// Group is the group whose members decide, beside the administrators; "" for these alone.
	Group    string        `dynamo:"group,omitempty"`
	Location string        `dynamo:"location"`
	Name     string        `dynamo:"spot"`       // the spot's
	Day      civil.Date    `dynamo:"date"`       // the first of its days
	Last     civil.Date    `dynamo:"until_date"` // and the last
	From     civil.Quarter `dynamo:"from"`       // of its first reservation
	To       civil.Quarter `dynamo:"to"`
	Since    time.Time     `dynamo:"since_at"`
	Until    int64         `dynamo:"until"` // Unix seconds, from which it lapses
	Ends     time.Time     `dynamo:"ends_at"`

	Links   []string `dynamo:"links,set,omitempty"` // hashes of the secrets that were mailed to decide with
	Mailed  bool     `dynamo:"mailed,omitempty"`    // to who can decide
	Decided Decision `dynamo:"decided,omitempty"`
	Days    int      `dynamo:"dates"` // how many were asked for; once it is decided, of how many it was
}

// Waits reports whether it can be decided at a moment.
func (q Asking) Waits(now time.Time) bool { return q.Decided == "" && now.Unix() < q.Until }

func (q Asking) key() key { return pendingKey(privacy.Asking, q.Person, q.ID) }

func (b Booking) asking() string {
	if b.Asking == nil {
		return ""
	}
	return b.Asking.ID
}

// askingPart is the name of what makes it a condition that an asking is not decided yet.
const askingPart = "asking"

// askFor adds to bookings that need approval that it is asked for. Since when, and until when, stays as an earlier
// transaction of the same request said.
func (t *Tables) askFor(tx *transaction, bookings []Booking) {
	q := bookings[0].Asking
	if q == nil {
		return
	}
	u := t.update(q.key()).keep(privacy.UntilDecided.From(q.Ends)).when("attribute_not_exists($)", "decided").
		set("business", q.Person.Business).set("user", q.Person.User).set("location", q.Location).set("spot", q.Name).
		set("date", q.Day).set("until_date", q.Last).set("from", q.From).set("to", q.To).set("ends_at", q.Ends).
		first("since_at", q.Since).first("until", q.Until).add("dates", len(byDay(bookings)))
	if q.Group != "" {
		u.set("group", q.Group)
	}
	tx.Update(u).as(askingPart)
}

// first sets what is not set yet.
func (u *update) first(name string, value any) *update {
	if u.declared(name) {
		u.Update.SetExpr("$ = if_not_exists($, ?)", name, name, value)
	}
	return u
}

// Askings lists what waits for approval, or whose person is about to be told, consistently: all of it, or a person's,
// or that of a business account.
func (t *Tables) Askings(ctx context.Context, p identity.Person) ([]Asking, error) {
	found, err := t.list(ctx, privacy.Agenda, pendingPartition, pendingOf(privacy.Asking, p), true)
	if err != nil {
		return nil, err
	}
	return decodeAll(found, decodeAsking)
}

func decodeAsking(raw dynamo.Item) (q Asking, err error) {
	err = dynamo.UnmarshalItem(raw, &q)
	q.Person = identity.Person{Business: q.Business, User: q.User}
	q.ID = pendingID(raw, privacy.Asking, q.Person)
	return q, err
}

// AskedDays are the days on which something of it is undecided, in their order, consistently.
func (t *Tables) AskedDays(ctx context.Context, q Asking) ([]PersonSheet, error) {
	sheets, err := t.PersonDaysNow(ctx, q.Person, q.Day, q.Last)
	return slices.DeleteFunc(sheets, func(s PersonSheet) bool { return len(q.On(s)) == 0 }), err
}

// On are the keys of what is undecided of it on a day, in the order of their times.
func (q Asking) On(sheet PersonSheet) []string {
	if sheet.Location != q.Location {
		return nil
	}
	ids := slices.Collect(maps.Keys(sheet.Commitments))
	ids = slices.DeleteFunc(ids, func(id string) bool {
		c := sheet.Commitments[id]
		return c.Asking != q.ID || c.State != Asked
	})
	slices.SortFunc(ids, func(a, b string) int {
		return int(sheet.Commitments[a].From - sheet.Commitments[b].From)
	})
	return ids
}

// Decide decides what is undecided on the days given, all of it, at an instant: approved it is its person's; declined
// or lapsed the spot is free, and nothing of it stays. ErrRefused when it was decided, when it is too late to, or too
// early to lapse, or when the days are not as they were read. 4 write units for each day, and 2 for the asking.
func (t *Tables) Decide(ctx context.Context, q Asking, sheets []PersonSheet, as Decision, now time.Time) error {
	tx, inTime := t.transaction(), "$ > ?"
	if as == Lapsed {
		inTime = "$ <= ?"
	}
	first := sheets[0].Commitments[q.On(sheets[0])[0]]
	tx.Update(t.update(q.key()).set("decided", as).set("date", sheets[0].Day).set("from", first.From).
		set("to", first.To).set("dates", len(sheets)).remove("links").
		when("attribute_exists($) AND attribute_not_exists($) AND $ = ?", pkName, "decided", "since_at", q.Since).
		when(inTime, "until", now.Unix()))
	for _, sheet := range sheets {
		if as == Approved {
			t.approve(tx, q, sheet)
		} else {
			t.decline(tx, q, sheet)
		}
	}
	if as == Approved && first.Calendar {
		if err := t.planned(tx, q, sheets); err != nil {
			return err
		}
	}
	return tx.Run(ctx)
}

// spot is the place at which the reservations are.
func (q Asking) spot(sheet PersonSheet) Place {
	c := sheet.Commitments[q.On(sheet)[0]]
	return Place{Business: q.Business, Location: q.Location, Floor: c.Floor, Spot: c.Spot}
}

// approve makes what is asked for on a day its person's.
func (t *Tables) approve(tx *transaction, q Asking, sheet PersonSheet) {
	spot := t.update(spotSheetKey(q.spot(sheet), sheet.Day))
	person := t.update(personSheetKey(q.Person, sheet.Day, sheet.Location))
	for _, id := range q.On(sheet) {
		c, name := sheet.Commitments[id], reservationPrefix+id
		spot.whileHeld(q.User, id, c).when("$.$ = ?", name, stateMember, Asked).setIn(name, stateMember, Reserved).
			removeIn(name, untilMember)
		person.whileCommitted(id, c).when("$.$ = ?", name, stateMember, Asked).setIn(name, stateMember, Reserved).
			removeIn(name, untilMember).removeIn(name, askingMember)
	}
	tx.Update(spot).Update(person)
}

// decline takes what is asked for on a day off both sheets, and with it what a delegate holds of it.
func (t *Tables) decline(tx *transaction, q Asking, sheet PersonSheet) {
	spot, ids := t.update(spotSheetKey(q.spot(sheet), sheet.Day)), q.On(sheet)
	marks := make([]string, len(ids))
	for i, id := range ids {
		c := sheet.Commitments[id]
		spot.whileHeld(q.User, id, c).when("$.$ = ?", reservationPrefix+id, stateMember, Asked)
		marks[i] = cancelMark(q.User, id) // the request that asked for it brings nothing back
		if c.By != "" {
			tx.Delete(t.remove(actedKey(identity.Person{Business: q.Business, User: c.By}, q.Person, id)))
		}
	}
	t.takeOff(tx, q.Person, sheet, spot.add(cancelledName, marks), ids...)
}

// planned adds the mail that puts what was approved into its person's calendar.
func (t *Tables) planned(tx *transaction, q Asking, sheets []PersonSheet) error {
	var told Told
	var first string
	for _, sheet := range sheets {
		for _, id := range q.On(sheet) {
			whole := ReservationID{Day: sheet.Day, Location: sheet.Location, Key: id}
			if first == "" {
				first, told = id, toldOf(q.Person, Planned, "", whole, sheet.Commitments[id])
			} else {
				told.Others = append(told.Others, whole.String())
			}
		}
	}
	return t.putTold(tx, first+string(Planned), told, time.Unix(sheets[0].Ends, 0))
}

// BeginAsking takes it upon this run to mail who can decide, for a lease, and keeps the hashes of the secrets that it
// mails, in place of those of a run that was cut off. ErrRefused when it was mailed or decided, or another run is
// mailing it.
func (t *Tables) BeginAsking(ctx context.Context, q Asking, hashes []string, now time.Time) error {
	u := t.whileUndecided(q).set("mailing_at", now.Unix())
	u.Update.SetSet("links", hashes)
	return u.when("attribute_not_exists($) AND (attribute_not_exists($) OR $ <= ?)", "mailed", "mailing_at",
		"mailing_at", now.Add(-lease).Unix()).run(ctx)
}

// AskingMailed notes that who can decide was mailed. What was decided meanwhile needs no note.
func (t *Tables) AskingMailed(ctx context.Context, q Asking) error {
	return ignoreRefused(t.whileUndecided(q).set("mailed", true).remove("mailing_at").run(ctx))
}

func (t *Tables) whileUndecided(q Asking) *update {
	return t.update(q.key()).when("attribute_exists($) AND attribute_not_exists($)", pkName, "decided")
}

// EndAsking forgets an asking, unless more was asked for since it was read. A repeat does nothing.
func (t *Tables) EndAsking(ctx context.Context, q Asking) error {
	return ignoreRefused(wrap(t.remove(q.key()).If("$ = ?", "dates", q.Days).Run(ctx)))
}

func (t *Tables) forgetAskings(ctx context.Context, p identity.Person) error {
	all, err := t.Askings(ctx, p)
	for _, q := range all {
		err = errors.Join(err, t.EndAsking(ctx, q))
	}
	return err
}
