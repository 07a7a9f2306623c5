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
	"github.com/iotspot/iotspot/shared/rules"
)

// A Booking is one reservation of one day, with all that its writes need.
type Booking struct {
	ID          string
	Person      identity.Person
	Place       Place
	Name        string // the spot's
	Day         civil.Date
	DayEnds     time.Time // the deadline of all that is written
	Interval    civil.Interval
	Kept        civil.Interval // what it takes of the spot: the interval and its buffers; nothing is as the interval
	Workplace   bool
	Type        string // the spot's
	State       State  // Reserved, CheckedIn for a walk-up, or undecided
	Until       int64  // Unix seconds, of what is undecided: when it ends by itself; see Holding.Until
	CheckedInAt int64  // Unix seconds of a walk-up's check-in
	BookedAt    int64  // Unix seconds of the booking or the move, where it has begun by then; 0 otherwise
	Guest       bool   // the person is a guest, whose pass must be for the day and the location
	// Own: the person asks for it, with a session that was read for this request. See mayReserve.
	Own   bool
	By    string // the user who acts for the person, see Allow; "" for the person
	Title Title  // of a room's reservation; empty for none
	Line  *Wait  // the place in line to which it is offered; nil for none
	// Asking is what asks for approval of it, together with what else the request asked for; nil where it needs none
	Asking *Asking
	// Calendar: its person wants it in their calendar, by mail
	Calendar bool
	// FreedBy is the mark that the spot's day must bear, since the spot is another's workplace; "" where it isn't.
	FreedBy string
}

// Refusals of a reservation.
var (
	ErrTaken     = errors.New("table: the spot is taken")
	ErrOverlap   = errors.New("table: the person has another workplace at that time")
	ErrQuota     = errors.New("table: the person's quota for the day is used up")
	ErrKeyReused = errors.New("table: the reservation's id is in use for something else, or was cancelled")
	ErrAssigned  = errors.New("table: the spot is somebody's workplace, and not given free for the day")
	ErrGone      = errors.New("table: the person is not registered any more")
)

// kept is what the booking takes of its spot.
func (b Booking) kept() civil.Interval {
	if b.Kept == (civil.Interval{}) {
		return b.Interval
	}
	return b.Kept
}

// MostDays is how many days one transaction holds: it takes 100 actions, two for each day and one for the person.
const MostDays = 49

// Reserve writes bookings all together or not at all, in one transaction without locks: of one person, at one spot,
// on at most MostDays days. That two people never hold one spot at one time is the condition on the spot's sheet; one
// workplace at a time and the quota are conditions on the person's own. The same bookings again are the same write
// and succeed. Each booking costs 4 write units while the sheets are under 1 KB, and all together 2 more where what
// mayReserve checks is not shown by the person's session, and 2 for the mail that some want in their calendar.
//
// Counted are the person's days as the rules counted them, nil where nothing limits them. That they are still so is a
// condition too: where one is not it is ErrRefused, and the caller counts again. A day without a booking of its own
// costs 2 write units.
//
// It gives ErrGone, for a guest ErrNotPermitted, or a NotReserved, and then nothing was written.
func (t *Tables) Reserve(ctx context.Context, quota int, counted Counted, bookings ...Booking) error {
	tx := t.transaction().withItems()
	for _, day := range byDay(bookings) {
		spot, person := t.takeSpot(day...), t.commitPerson(quota, day...)
		counted.on(person, day[0].Day)
		tx.Update(spot).as(day[0].spotPart()).Update(person).as(day[0].personPart())
	}
	t.mayReserve(tx, bookings...)
	t.checkCounted(tx, bookings[0].Person, counted, bookings...)
	t.offerTo(tx, bookings[0])
	t.askFor(tx, bookings)
	if err := errors.Join(t.actFor(tx, bookings...), t.tellCalendar(tx, bookings...)); err != nil {
		return err
	}
	err := tx.Run(ctx)
	var refused *Refused
	if !errors.As(err, &refused) {
		return err
	}
	return whyRefused(refused, quota, bookings)
}

// byDay groups bookings that are in the order of their days: those of one day are one write of each sheet.
func byDay(bookings []Booking) [][]Booking {
	var days [][]Booking
	for i, b := range bookings {
		if i == 0 || bookings[i-1].Day != b.Day {
			days = append(days, nil)
		}
		days[len(days)-1] = append(days[len(days)-1], b)
	}
	return days
}

// NotReserved says why each of several bookings was not written: ErrTaken, ErrAssigned, ErrOverlap, ErrQuota or
// ErrKeyReused, and nil of one that nothing stood in the way of but the others. It matches each of its errors.
type NotReserved []error

func (n NotReserved) Error() string { return errors.Join(n...).Error() }

// Unwrap makes errors.Is true of each of them.
func (n NotReserved) Unwrap() []error { return n }

func (b Booking) spotPart() string   { return "spot " + string(b.Day) }
func (b Booking) personPart() string { return "person " + string(b.Day) }

// takeSpot writes bookings of one day on their spot's sheet.
func (t *Tables) takeSpot(day ...Booking) *update {
	u := t.update(spotSheetKey(day[0].Place, day[0].Day)).keep(privacy.DayEnd.From(day[0].DayEnds)).
		add(takenName, quartersOfAll(day, Booking.kept))
	for _, b := range day {
		u.set(reservationPrefix+b.ID, b.holding()).
			when("attribute_not_exists($) AND NOT contains($, ?)", reservationPrefix+b.ID, cancelledName,
				cancelMark(b.Person.User, b.ID)).
			whenFree(b.kept()).whenFreed(b)
	}
	return u
}

// whenFreed is the condition that whose workplace the spot is gave the day free.
func (u *update) whenFreed(b Booking) *update {
	if b.FreedBy == "" {
		return u
	}
	return u.when("$ = ?", freedName, b.FreedBy)
}

// quartersOfAll are those of what is taken for each of the bookings, once where buffers meet.
func quartersOfAll(bookings []Booking, taken func(Booking) civil.Interval) civil.Quarters {
	var all civil.Quarters
	for _, b := range bookings {
		all = append(all.Without(taken(b)), taken(b).Quarters()...)
	}
	return all
}

func (b Booking) holding() Holding {
	from, to := b.buffers()
	return Holding{User: b.Person.User, From: b.Interval.From, To: b.Interval.To, State: b.State,
		CheckedInAt: b.CheckedInAt, WalkUp: b.CheckedInAt != 0, BookedAt: b.BookedAt, KeptFrom: from, KeptTo: to,
		Until: b.Until, Calendar: b.Calendar}
}

// buffers are the ends of what is kept, 0 where they are those of the interval.
func (b Booking) buffers() (from, to civil.Quarter) {
	if kept := b.kept(); kept != b.Interval {
		return kept.From, kept.To
	}
	return 0, 0
}

// commitPerson writes bookings of one day on their person's sheet.
func (t *Tables) commitPerson(quota int, day ...Booking) *update {
	u := t.update(personSheetKey(day[0].Person, day[0].Day, day[0].Place.Location)).
		keep(privacy.DayEnd.From(day[0].DayEnds)).add(countName, len(day))
	if len(day) > quota {
		u.when("$ < ?", countName, 0) // which no sheet's is
	} else {
		u.when("(attribute_not_exists($) OR $ <= ?)", countName, countName, quota-len(day))
	}
	for _, b := range day {
		u.set(reservationPrefix+b.ID, b.commitment()).when("attribute_not_exists($)", reservationPrefix+b.ID)
		if b.Title.Text != "" {
			u.titled(b.ID, b.Title)
		}
		if b.Workplace {
			u.whenFree(b.Interval)
		}
	}
	if !day[0].Workplace {
		return u
	}
	return u.add(takenName, quartersOfAll(day, func(b Booking) civil.Interval { return b.Interval }))
}

func (b Booking) commitment() Commitment {
	from, to := b.buffers()
	state := b.State
	if state == CheckedIn { // which stands on the spot's sheet alone
		state = Reserved
	}
	return Commitment{Floor: b.Place.Floor, Spot: b.Place.Spot, Name: b.Name, From: b.Interval.From,
		To: b.Interval.To, State: state, Workplace: b.Workplace, Type: b.Type, KeptFrom: from, KeptTo: to,
		By: b.By, Until: b.Until, Calendar: b.Calendar, Asking: b.asking()}
}

// Held is the booking as the rules count it.
func (b Booking) Held() rules.Held { return b.commitment().Held(b.Day) }

// whenFree is the condition that none of the quarters is taken, written as NOT (a OR b …): NOT a AND NOT b … meets
// DynamoDB's limit of 300 operators at 100 quarters, and the longest day has 104.
func (u *update) whenFree(interval civil.Interval) *update {
	quarters := interval.Quarters()
	args := make([]any, 0, 2*len(quarters))
	for _, q := range quarters {
		args = append(args, takenName, q)
	}
	taken := strings.TrimSuffix(strings.Repeat("contains($, ?) OR ", len(quarters)), " OR ")
	return u.when("NOT ("+taken+")", args...)
}

// whyRefused is what stood in the way, from the items that a refusal brings. It is nil where all bookings are there
// already, as whoever repeats a request finds them, and ErrRefused where somebody else wrote meanwhile, so that it is
// to be tried anew.
func whyRefused(refused *Refused, quota int, bookings []Booking) error {
	if refusedAt(refused, actingPart) {
		return ErrGone
	}
	if refusedAt(refused, whoPart) {
		if bookings[0].Guest && len(refused.items[whoPart]) > 0 {
			return ErrNotPermitted
		}
		return ErrGone
	}
	why := make(NotReserved, len(bookings))
	same := 0
	for i, b := range bookings {
		held, err := b.refusedBy(refused, quota-onDay(b.Day, bookings), &why[i])
		if err != nil {
			return err
		}
		if held {
			same++
		}
	}
	switch {
	case same == len(bookings):
		return nil
	case refusedAt(refused, countedPart, linePart), errors.Is(why, ErrRefused):
		return ErrRefused
	case errors.Join(why...) == nil && refusedAt(refused, askingPart):
		return ErrRefused
	case errors.Join(why...) == nil: // some of them are there, and others not
		for i := range why {
			why[i] = ErrKeyReused
		}
	}
	return why
}

// onDay counts those of a day.
func onDay(day civil.Date, bookings []Booking) int {
	n := 0
	for _, b := range bookings {
		if b.Day == day {
			n++
		}
	}
	return n
}

// refusedBy says why a booking was refused, if it was; or that it is there, just as it was to be written.
func (b Booking) refusedBy(refused *Refused, most int, why *error) (held bool, err error) {
	if refusedAt(refused, b.spotPart()) {
		sheet, err := decodeSpotSheet(refused.items[b.spotPart()])
		if err != nil {
			return false, err
		}
		holding, there := sheet.Holdings[b.ID]
		switch {
		case there && holding.User == b.Person.User && holding.Interval() == b.Interval:
			return true, nil
		case there || slices.Contains(sheet.cancelled, cancelMark(b.Person.User, b.ID)):
			*why = ErrKeyReused
			return false, nil
		case !sheet.Taken.Free(b.kept()):
			*why = ErrTaken
			return false, nil
		case b.FreedBy != "" && sheet.FreedBy != b.FreedBy:
			*why = ErrAssigned
			return false, nil
		}
	}
	if refusedAt(refused, b.personPart()) {
		*why, err = whyPersonRefused(refused.items[b.personPart()], most, b)
	}
	return false, err
}

// whyPersonRefused reads it from the person's sheet, on which there may be most reservations for there to be room.
func whyPersonRefused(item dynamo.Item, most int, b Booking) (why, err error) {
	sheet, err := decodePersonSheet(item)
	if err != nil {
		return nil, err
	}
	if _, there := sheet.Commitments[b.ID]; there {
		return ErrKeyReused, nil
	}
	if b.Workplace && !sheet.Taken.Free(b.Interval) {
		return ErrOverlap, nil
	}
	if sheet.Count <= most {
		return ErrRefused, nil // it is not as it was counted
	}
	return ErrQuota, nil
}

// Cancel takes a reservation off both sheets, whoever asks: its person, the office, the erasure. It is ErrRefused
// when the reservation is not as the sheet given says, so that the caller reads again. The person's sheet goes with
// its last reservation: an empty one would still name the person. It costs 4 write units, and 2 more where somebody
// else had made it, and 2 where it is in its person's calendar.
func (t *Tables) Cancel(ctx context.Context, p identity.Person, sheet PersonSheet, id string) error {
	tx, err := t.cancel(p, sheet, id)
	if err != nil {
		return err
	}
	return tx.Run(ctx)
}

func (t *Tables) cancel(p identity.Person, sheet PersonSheet, id string) (*transaction, error) {
	c := sheet.Commitments[id]
	place := Place{p.Business, sheet.Location, c.Floor, c.Spot}
	tx := t.takeOff(t.transaction(), p, sheet, t.whileHeld(place, sheet.Day, p.User, id, c).add(cancelledName,
		[]string{cancelMark(p.User, id)}), id)
	if c.By != "" {
		tx.Delete(t.remove(actedKey(identity.Person{Business: p.Business, User: c.By}, p, id)))
	}
	whole := ReservationID{Day: sheet.Day, Location: sheet.Location, Key: id}
	return tx, t.retell(tx, p, whole, c, "cancelled", time.Unix(sheet.Ends, 0))
}

// takeOff takes reservations of a day at one spot off both sheets, of which the spot's is changed on conditions
// already.
func (t *Tables) takeOff(tx *transaction, p identity.Person, sheet PersonSheet, spot *update,
	ids ...string) *transaction {
	key := personSheetKey(p, sheet.Day, sheet.Location)
	person, whole := t.update(key).add(countName, -len(ids)), t.remove(key).If("$ = ?", countName, sheet.Count)
	var kept, own civil.Quarters
	for _, id := range ids {
		c, name := sheet.Commitments[id], reservationPrefix+id
		spot.remove(name)
		person.whileCommitted(id, c).remove(name).remove(titlePrefix + id).remove(mailedPrefix + ArrivalMailed + id).
			remove(mailedPrefix + OfferMailed + id)
		whole.If("attribute_exists($)", name)
		if !c.State.Holds() {
			continue
		}
		kept = kept.With(c.Kept())
		if c.Workplace {
			own = own.With(c.Interval())
		}
	}
	tx.Update(spot.freeAll(kept))
	if len(sheet.Commitments) == len(ids) {
		return tx.Delete(whole)
	}
	return tx.Update(person.freeAll(own))
}
