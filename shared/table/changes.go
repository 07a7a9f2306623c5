package table

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// Move changes a reservation's times, its spot or both, on the same day and at the same location. ADD and DELETE on
// one set in one update are refused by DynamoDB, so the sets are written anew on condition that they are as the
// sheets given say: ErrRefused means read again. ErrTaken and ErrOverlap mean that the new times are not free. A
// reservation that is checked in keeps its state, its spot and its beginning: ErrRefused where the change is of more
// than its end, and where a day of the person's is not as it was counted.
func (t *Tables) Move(ctx context.Context, sheet PersonSheet, spot SpotSheet, from Commitment, to Booking,
	counted Counted) error {
	stays := from.Spot == to.Place.Spot
	to.Calendar = from.Calendar
	if own := spot.Holdings[to.ID]; stays && (own.From != from.From || own.To != from.To) {
		return ErrRefused // changed between the reads of the two sheets: its own quarters are no one else's
	}
	if !beside(spot.Taken, from, to).Free(to.kept()) {
		return ErrTaken
	}
	tx := t.transaction()
	if stays {
		tx.Update(t.moveOnSpot(spot, from, to))
	} else {
		old := to.Place
		old.Floor, old.Spot = from.Floor, from.Spot
		leave := t.whileHeld(old, to.Day, to.Person.User, to.ID, from).remove(reservationPrefix+to.ID).
			when("$.$ = ?", reservationPrefix+to.ID, stateMember, Reserved)
		tx.Update(leave.free(from.Kept())).Update(t.takeSpot(to))
	}
	person, err := t.moveOnPerson(sheet, from, to, counted)
	if err != nil {
		return err
	}
	tx.Update(person)
	t.mayReserve(tx, to)
	t.checkCounted(tx, to.Person, counted, to)
	moved := to.movedFrom(from)
	if err := t.retell(tx, to.Person, to.reservation(), moved, strconv.Itoa(moved.Changes), to.DayEnds); err != nil {
		return err
	}
	return tx.Run(ctx)
}

// moveOnPerson is what a move writes on the person's sheet; ErrOverlap where they have another workplace then.
func (t *Tables) moveOnPerson(sheet PersonSheet, from Commitment, to Booking, counted Counted) (*update, error) {
	person := t.whileCommitted(personSheetKey(to.Person, to.Day, to.Place.Location), to.ID, from).
		set(reservationPrefix+to.ID, to.movedFrom(from))
	counted.on(person, to.Day)
	if to.Workplace { // which has none
		person.remove(titlePrefix + to.ID)
	}
	if !to.Workplace && !from.Workplace {
		return person, nil
	}
	rest := sheet.Taken
	if from.Workplace {
		rest = rest.Without(from.Interval())
	}
	if to.Workplace && !rest.Free(to.Interval) {
		return nil, ErrOverlap
	}
	if to.Workplace {
		rest = rest.With(to.Interval)
	}
	return person.whenStill(sheet.Taken).setQuarters(takenName, rest), nil
}

func (b Booking) movedFrom(from Commitment) Commitment {
	moved := b.commitment()
	moved.Changes, moved.By = from.Changes+1, from.By
	return moved
}

func (t *Tables) moveOnSpot(spot SpotSheet, from Commitment, to Booking) *update {
	name := reservationPrefix + to.ID
	move := t.whileHeld(to.Place, to.Day, to.Person.User, to.ID, from).whenStill(spot.Taken).
		setQuarters(takenName, beside(spot.Taken, from, to).With(to.kept())).
		setIn(name, fromMember, to.Interval.From).setIn(name, toMember, to.Interval.To)
	if kept := to.kept(); kept != to.Interval || from.Kept() != from.Interval() {
		move.setIn(name, keptFromMember, kept.From).setIn(name, keptToMember, kept.To)
	}
	if to.BookedAt != 0 && to.Interval.From != from.From {
		move.setIn(name, bookedMember, to.BookedAt)
	}
	if to.Interval.From != from.From { // and its person can be asked once more
		move.unasked(to.ID).when("$.$ = ?", name, stateMember, Reserved)
		move.removeIn(name, askedMember).removeIn(name, comingMember)
	}
	if to.Interval.From < from.From || to.Interval.To > from.To {
		move.whenFreed(to)
	}
	return move
}

// beside is what is taken on the new spot beside the reservation itself.
func beside(taken civil.Quarters, from Commitment, to Booking) civil.Quarters {
	if from.Spot != to.Place.Spot {
		return taken
	}
	return taken.Without(from.Kept())
}

// Release ends a reservation before its time, as Released or NoShow: what is left of its quarters at the instant is
// free for others, and the entries stay for the day's counts. It is ErrRefused when the reservation is not in one of
// the states given any more, which makes a repeat harmless; and when one of the sensors that are named as vacant says
// otherwise by now. Both sheets change together, for 4 write units, and 2 more where it is in its person's calendar.
func (t *Tables) Release(ctx context.Context, p identity.Person, place Place, day civil.Date, id string, held Holding,
	at time.Time, end State, vacant ...string) error {
	name := reservationPrefix + id
	rest, kept := left(held.Interval(), at), left(held.Kept(), at)
	entry := Commitment{From: held.From, To: held.To, State: held.State}
	spot := t.whileHeld(place, day, p.User, id, entry).when("$.$ = ?", name, stateMember, held.State).
		setIn(name, stateMember, end).setIn(name, endedMember, at.Unix()).unasked(id).free(kept)
	for _, sensor := range vacant {
		spot.when("$.$ = ?", occupancyPrefix+sensor, occupiedMember, false)
	}
	person := t.whileCommitted(personSheetKey(p, day, place.Location), id, entry).
		setIn(name, stateMember, end).free(rest)
	tx := t.transaction().Update(spot).Update(person)
	entry.Calendar, entry.Floor = held.Calendar, place.Floor
	if err := t.retell(tx, p, ReservationID{Day: day, Location: place.Location, Key: id}, entry, string(end),
		held.To.Time()); err != nil {
		return err
	}
	return tx.Run(ctx)
}

// left is what of an interval has not begun at an instant, and the quarter that runs then.
func left(of civil.Interval, at time.Time) civil.Interval {
	return civil.Interval{From: min(max(of.From, civil.QuarterOf(at)), of.To), To: of.To}
}

// Return gives a no-show what was left of it back, checked in at an instant, where nobody has had the spot since, nor
// the person another workplace, and whose workplace the spot is did not take the day back: conditions of the one
// transaction. It gives ErrTaken or ErrOverlap where that is not so, and ErrRefused when it is not that no-show any
// more. 4 write units.
func (t *Tables) Return(ctx context.Context, p identity.Person, place Place, day civil.Date, id string, held Holding,
	c Commitment, at time.Time) error {
	name := reservationPrefix + id
	ended := time.Unix(held.EndedAt, 0)
	rest, kept := left(held.Interval(), ended), left(held.Kept(), ended)
	spot := t.whileHeld(place, day, p.User, id, c).
		when("$.$ = ? AND $.$ = ?", name, stateMember, NoShow, name, endedMember, held.EndedAt).
		setIn(name, stateMember, CheckedIn).setIn(name, checkedInMember, at.Unix()).
		add(takenName, kept.Quarters()).whenFree(kept).
		when("(attribute_not_exists($) OR $ <> ?)", freedName, freedName, TakenBack)
	spot.removeIn(name, endedMember)
	person := t.whileCommitted(personSheetKey(p, day, place.Location), id, c).
		when("$.$ = ?", name, stateMember, NoShow).
		setIn(name, stateMember, Reserved).setIn(name, changesMember, c.Changes+1)
	if c.Workplace {
		person.add(takenName, rest.Quarters()).whenFree(rest)
	}
	tx := t.transaction().withItems().Update(spot).as(spotPart).Update(person).as(personPart)
	c.Changes++
	err := t.retell(tx, p, ReservationID{Day: day, Location: place.Location, Key: id}, c, strconv.Itoa(c.Changes),
		held.To.Time())
	if err == nil {
		err = tx.Run(ctx)
	}
	var refused *Refused
	if !errors.As(err, &refused) {
		return err
	}
	return whyNotReturned(refused, id, rest, kept)
}

// whyNotReturned tells a spot that somebody has taken from a reservation that has changed since it was read.
func whyNotReturned(refused *Refused, id string, rest, kept civil.Interval) error {
	if refusedAt(refused, spotPart) {
		sheet, err := decodeSpotSheet(refused.items[spotPart])
		if err == nil && sheet.Holdings[id].State == NoShow &&
			(sheet.FreedBy == TakenBack || !sheet.Taken.Free(kept)) {
			return ErrTaken
		}
		return errors.Join(err, refused)
	}
	sheet, err := decodePersonSheet(refused.items[personPart])
	if err == nil && sheet.Commitments[id].State == NoShow && !sheet.Taken.Free(rest) {
		return ErrOverlap
	}
	return errors.Join(err, refused)
}

// CheckIn marks a reservation as checked in at an instant; ErrRefused when it is not merely reserved any more. One
// write unit: where somebody is stands on the spot's sheet and nowhere else.
func (t *Tables) CheckIn(ctx context.Context, place Place, day civil.Date, id string, held Holding,
	at time.Time) error {
	return t.checkIn(t.update(spotSheetKey(place, day)), id, held, at).run(ctx)
}

func (t *Tables) checkIn(u *update, id string, held Holding, at time.Time) *update {
	name := reservationPrefix + id
	return u.setIn(name, stateMember, CheckedIn).setIn(name, checkedInMember, at.Unix()).unasked(id).
		when("$.$ = ? AND $.$ = ?", name, userMember, held.User, name, stateMember, Reserved)
}

// Retract takes a wrong check-in back (7.rectify): the reservation is as before it, and sensors check it in no more.
// ErrRefused when it is not checked in any more.
func (t *Tables) Retract(ctx context.Context, place Place, day civil.Date, id string, held Holding) error {
	name := reservationPrefix + id
	u := t.update(spotSheetKey(place, day)).setIn(name, stateMember, Reserved).setIn(name, byHandMember, true).
		when("$.$ = ? AND $.$ = ?", name, userMember, held.User, name, stateMember, CheckedIn)
	u.removeIn(name, checkedInMember)
	return u.run(ctx)
}

// An Arrival is the reservation that a sensor's message checks in.
type Arrival struct {
	ID   string
	Held Holding
	At   time.Time
}

// Sense writes what a sensor says on its spot's sheet, and checks the arrival in with the same write if there is one.
// It is ErrRefused when a later message was written before, or the reservation has changed. The same message again is
// the same write. One write unit.
func (t *Tables) Sense(ctx context.Context, place Place, day civil.Date, dayEnds time.Time, sensor string,
	now Occupancy, arrival *Arrival) error {
	name := occupancyPrefix + sensor
	u := t.update(spotSheetKey(place, day)).keep(privacy.DayEnd.From(dayEnds)).set(name, now).
		when("attribute_not_exists($) OR $.$ < ? OR ($.$ = ? AND $.$ <= ?)",
			name, name, heardMember, now.Heard, name, heardMember, now.Heard, name, counterMember, now.Counter)
	if arrival != nil {
		t.checkIn(u, arrival.ID, arrival.Held, arrival.At)
	}
	return u.run(ctx)
}

// whileHeld is a change of a spot's sheet on condition that it holds this reservation, unchanged: the person, the
// times, and whether its quarters are still its own. Without that last one, freeing them could take them from
// somebody else.
func (t *Tables) whileHeld(place Place, day civil.Date, user, id string, c Commitment) *update {
	return t.update(spotSheetKey(place, day)).whileHeld(user, id, c)
}

func (u *update) whileHeld(user, id string, c Commitment) *update {
	name := reservationPrefix + id
	among, states := "$.$ IN (?, ?, ?, ?)", []any{name, stateMember, Reserved, CheckedIn, Offered, Asked}
	if !c.State.Holds() {
		among, states = "$.$ IN (?, ?)", []any{name, stateMember, Released, NoShow}
	}
	return u.when("$.$ = ?", name, userMember, user).
		when("$.$ = ? AND $.$ = ?", name, fromMember, c.From, name, toMember, c.To).
		when(among, states...)
}

// whileCommitted is the same for the person's sheet.
func (t *Tables) whileCommitted(key key, id string, c Commitment) *update {
	return t.update(key).whileCommitted(id, c)
}

func (u *update) whileCommitted(id string, c Commitment) *update {
	name := reservationPrefix + id
	return u.when("$.$ = ? AND $.$ = ?", name, fromMember, c.From, name, toMember, c.To)
}

// whenStill is the condition that the taken quarters are as they were read.
func (u *update) whenStill(taken civil.Quarters) *update {
	if len(taken) == 0 {
		return u.when("attribute_not_exists($)", takenName)
	}
	return u.when("$ = ?", takenName, numberSet(taken))
}

// free deletes quarters from what is taken; those that are not in it do no harm.
func (u *update) free(interval civil.Interval) *update { return u.freeAll(interval.Quarters()) }

func (u *update) freeAll(quarters civil.Quarters) *update {
	if len(quarters) > 0 {
		u.Update.DeleteFromSet(takenName, numberSet(quarters))
	}
	return u
}
