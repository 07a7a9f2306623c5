package table

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Cancellation holds what the owner of a reservation is told when the office cancels it (4.d.2). It lies in the
// owner's partition, where an erasure removes it; the event on the bus, which nothing can remove, holds its id alone.
type Cancellation struct {
	Reservation string        `dynamo:"reservation"` // a ReservationID
	Spot        string        `dynamo:"spot"`
	From        civil.Quarter `dynamo:"from"`
	To          civil.Quarter `dynamo:"to"`
	At          int64         `dynamo:"begun_at"`        // Unix seconds: when the office began to cancel it
	Asked       bool          `dynamo:"asked,omitempty"` // it waited for approval
}

func cancellationKey(p identity.Person, id string) key { return personKey(privacy.Cancelled, p, id) }

// AddCancellation keeps a cancellation until the reservation's day ends, or it was told. It is ErrGone when the
// person is not registered: of a guest no address is kept, and who has gone is told nothing.
func (t *Tables) AddCancellation(ctx context.Context, p identity.Person, id string, c Cancellation,
	dayEnds time.Time) error {
	put, err := t.put(cancellationKey(p, id), privacy.Cancelled.Stamp(c, privacy.DayEnd.From(dayEnds)))
	if err != nil {
		return err
	}
	err = t.transaction().Put(put).Check(t.userExists(p)).Run(ctx)
	if errors.Is(err, ErrRefused) {
		return ErrGone
	}
	return err
}

// Cancellation reads one, consistently; ErrAbsent when it was told, its day has ended, or its person was erased.
func (t *Tables) Cancellation(ctx context.Context, p identity.Person, id string) (Cancellation, error) {
	return one(ctx, t, cancellationKey(p, id), true, Cancellation{})
}

// RemoveCancellation forgets one that needs not be told any more. A repeat does nothing.
func (t *Tables) RemoveCancellation(ctx context.Context, p identity.Person, id string) error {
	return wrap(t.remove(cancellationKey(p, id)).Run(ctx))
}
