package table

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Booking is one reservation of one day, with all that its writes need.
type Booking struct {
	ID        string
	Person    identity.Person
	Place     Place
	Name      string // the spot's
	Day       civil.Date
	DayEnds   time.Time // the deadline of all that is written
	Interval  civil.Interval
	Workplace bool
	State     State // Reserved, or CheckedIn for a walk-up
	At        int64 // Unix seconds of a walk-up's check-in
	BookedAt  int64 // Unix seconds of the booking or the move, where it has begun by then; 0 otherwise
	Guest     bool  // the person is a guest, whose pass must be for the day and the location
	// Own: the person asks for it, with a session that was read for this request. See mayReserve.
	Own bool
}

// Refusals of a reservation.
var (
	ErrTaken     = errors.New("table: the spot is taken")
	ErrOverlap   = errors.New("table: the person has another workplace at that time")
	ErrQuota     = errors.New("table: the person's quota for the day is used up")
	ErrKeyReused = errors.New("table: the reservation's id is in use for something else, or was cancelled")
	ErrGone      = errors.New("table: the person is not registered any more")
)

// Reserve writes bookings all together or not at all, in one transaction without locks. That two people never hold
// one spot at one time is the condition on the spot's sheet; one workplace at a time and the quota are conditions on
// the person's own. The same booking again is the same write and succeeds. Each booking costs 4 write units while the
// sheets are under 1 KB, and 2 more where what mayReserve checks is not shown by the person's session.
//
// It gives ErrTaken, ErrOverlap, ErrQuota, ErrKeyReused, ErrGone or for a guest ErrNotPermitted, and then nothing was
// written.
func (t *Tables) Reserve(ctx context.Context, quota int, bookings ...Booking) error {
	tx := t.transaction().withItems()
	var faults error
	for _, b := range bookings {
		spot, person := t.takeSpot(b), t.commitPerson(b, quota)
		tx.Update(spot.Update).as(b.spotPart()).Update(person.Update).as(b.personPart())
		faults = errors.Join(faults, spot.err, person.err)
	}
	t.mayReserve(tx, bookings...)
	if faults != nil {
		return faults
	}
	err := tx.Run(ctx)
	var refused *Refused
	if !errors.As(err, &refused) {
		return err
	}
	return whyRefused(refused, bookings)
}

func (b Booking) spotPart() string   { return "spot " + b.ID }
func (b Booking) personPart() string { return "person " + b.ID }

func (t *Tables) takeSpot(b Booking) *update {
	u := t.update(spotSheetKey(b.Place, b.Day)).keep(privacy.DayEnd.From(b.DayEnds)).
		add(takenName, b.Interval.Quarters()).
		set(reservationPrefix+b.ID, b.holding()).
		when("attribute_not_exists($) AND NOT contains($, ?)", reservationPrefix+b.ID, cancelledName,
			cancelMark(b.Person.User, b.ID))
	return u.whenFree(b.Interval)
}

func (b Booking) holding() Holding {
	return Holding{User: b.Person.User, From: b.Interval.From, To: b.Interval.To, State: b.State, CheckedInAt: b.At,
		WalkUp: b.At != 0, BookedAt: b.BookedAt}
}

func (t *Tables) commitPerson(b Booking, quota int) *update {
	u := t.update(personSheetKey(b.Person, b.Day, b.Place.Location)).keep(privacy.DayEnd.From(b.DayEnds)).
		add(countName, 1).
		set(reservationPrefix+b.ID, b.commitment()).
		when("attribute_not_exists($) AND (attribute_not_exists($) OR $ < ?)", reservationPrefix+b.ID, countName,
			countName, quota)
	if !b.Workplace {
		return u
	}
	return u.add(takenName, b.Interval.Quarters()).whenFree(b.Interval)
}

func (b Booking) commitment() Commitment {
	return Commitment{Floor: b.Place.Floor, Spot: b.Place.Spot, Name: b.Name, From: b.Interval.From,
		To: b.Interval.To, State: Reserved, Workplace: b.Workplace}
}

// whenFree is the condition that none of the quarters is taken, written as NOT (a OR b …): the other form of it meets
// DynamoDB's limit of 300 operators at 100 quarters, and the longest day has 104.
func (u *update) whenFree(interval civil.Interval) *update {
	quarters := interval.Quarters()
	args := make([]any, 0, 2*len(quarters))
	for _, q := range quarters {
		args = append(args, takenName, q)
	}
	return u.when("NOT ("+strings.TrimSuffix(strings.Repeat("contains($, ?) OR ", len(quarters)), " OR ")+")",
		args...)
}

// whyRefused reads the answer from the items that stood in the way.
func whyRefused(refused *Refused, bookings []Booking) error {
	if refusedAt(refused, "who") {
		if len(refused.items["who"]) > 0 {
			return ErrNotPermitted
		}
		return ErrGone
	}
	same := 0
	for _, b := range bookings {
		if refusedAt(refused, b.spotPart()) {
			sheet, err := decodeSpotSheet(refused.items[b.spotPart()])
			if err != nil {
				return err
			}
			held, there := sheet.Holdings[b.ID]
			switch {
			case there && held.User == b.Person.User && held.Interval() == b.Interval:
				same++
				continue
			case there || slices.Contains(sheet.cancelled, cancelMark(b.Person.User, b.ID)):
				return ErrKeyReused
			}
			return ErrTaken
		}
		if refusedAt(refused, b.personPart()) {
			return whyPersonRefused(refused.items[b.personPart()], b)
		}
	}
	if same == len(bookings) {
		return nil
	}
	return ErrKeyReused
}

func whyPersonRefused(item dynamo.Item, b Booking) error {
	sheet, err := decodePersonSheet(item)
	if err != nil {
		return err
	}
	if _, there := sheet.Commitments[b.ID]; there {
		return ErrKeyReused
	}
	if b.Workplace && !sheet.Taken.Free(b.Interval) {
		return ErrOverlap
	}
	return ErrQuota
}

// Cancel takes a reservation off both sheets, whoever asks: its person, the office, the erasure. It is ErrRefused
// when the reservation is not as the sheet given says, so that the caller reads again. The person's sheet goes with
// its last reservation: an empty one would still name the person. It costs 4 write units.
func (t *Tables) Cancel(ctx context.Context, p identity.Person, sheet PersonSheet, id string) error {
	c := sheet.Commitments[id]
	place := Place{p.Business, sheet.Location, c.Floor, c.Spot}
	tx := t.transaction()
	spot := t.whileHeld(place, sheet.Day, p.User, id, c).remove(reservationPrefix+id).add(cancelledName,
		[]string{cancelMark(p.User, id)})
	if c.State.Holds() {
		spot.free(c.Interval())
	}
	tx.Update(spot.Update)
	key := personSheetKey(p, sheet.Day, sheet.Location)
	if len(sheet.Commitments) == 1 {
		tx.Delete(t.remove(key).If("$ = ? AND attribute_exists($)", countName, sheet.Count, reservationPrefix+id))
	} else {
		person := t.whileCommitted(key, id, c).add(countName, -1).remove(reservationPrefix + id)
		if c.Workplace && c.State.Holds() {
			person.free(c.Interval())
		}
		tx.Update(person.Update)
	}
	return tx.Run(ctx)
}
