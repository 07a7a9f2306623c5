package table

import (
	"context"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
)

// The members of a Holding that the asking before a no-show writes.
const (
	askedMember    = "g"
	comingMember   = "c"
	questionMember = "k"
)

// Ask notes that a reservation's person is being asked whether they come. ErrRefused when they were already, or the
// reservation is not merely reserved any more. One write unit, as the two below.
func (t *Tables) Ask(ctx context.Context, place Place, day civil.Date, id string, held Holding, at time.Time) error {
	name := reservationPrefix + id
	return t.whileReserved(place, day, id, held).when("attribute_not_exists($.$)", name, askedMember).
		setIn(name, askedMember, at.Unix()).run(ctx)
}

// Question keeps the hash of the secret with which the question can be answered, in place of an earlier one's. It
// goes with the check-in, the release or the cancellation. ErrRefused when there is nothing to be asked any more.
func (t *Tables) Question(ctx context.Context, place Place, day civil.Date, id string, held Holding,
	hash string) error {
	name := reservationPrefix + id
	return t.whileReserved(place, day, id, held).when("attribute_not_exists($.$)", name, comingMember).
		setIn(name, questionMember, hash).run(ctx)
}

// Coming notes that the person who is being asked says that they come, once. ErrRefused when they said so before, or
// nobody waits for them any more.
func (t *Tables) Coming(ctx context.Context, place Place, day civil.Date, id string, held Holding,
	at time.Time) error {
	name := reservationPrefix + id
	return t.whileReserved(place, day, id, held).
		when("(attribute_exists($.$) OR attribute_exists($.$)) AND attribute_not_exists($.$)",
			name, askedMember, name, questionMember, name, comingMember).
		setIn(name, comingMember, at.Unix()).run(ctx)
}

func (t *Tables) whileReserved(place Place, day civil.Date, id string, held Holding) *update {
	name := reservationPrefix + id
	return t.update(spotSheetKey(place, day)).
		when("$.$ = ? AND $.$ = ? AND $.$ = ?",
			name, userMember, held.User, name, fromMember, held.From, name, stateMember, Reserved)
}

// unasked takes the question away that nobody needs to answer any more.
func (u *update) unasked(id string) *update {
	u.removeIn(reservationPrefix+id, questionMember)
	return u
}
