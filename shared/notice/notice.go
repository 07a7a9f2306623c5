// Package notice mails people about their reservations: what the office cancelled, what somebody did for them, what
// they have reserved for the next day; and that there is a new version of the statement.
package notice

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

// A Messenger sends notices.
type Messenger struct {
	Tables *table.Tables
	Mail   mail.Sender
	Now    func() time.Time
	Wait   time.Duration // between looks at a cancellation that is under way; 0 looks once
}

// patience is how long a cancellation can be under way after its event was published.
const patience = time.Minute

// looks are made at a cancellation that is under way before the event goes back to the bus: what is ordinary should
// not count as a failure.
const looks = 10

// errUnderWay makes the bus deliver the event again.
var errUnderWay = errors.New("notice: the reservation is not cancelled yet")

// Starts says what starts the mails.
func (m Messenger) Starts() trigger.Starts { return trigger.Event(m.Cancelled) }

// Cancelled mails the owner of a reservation that the office cancelled, once. While it still stands the cancellation
// is under way; one that stands for longer was not carried out, and nobody is told of it. What is said, and to which
// address, is looked up at this moment, since an event holds neither. Who has gone meanwhile gets nothing: that is
// looked at last, since an erasure too takes reservations away. A spot or location that was removed is told without
// its name.
func (m Messenger) Cancelled(ctx context.Context, event events.ReservationCancelled) error {
	p := identity.Person{Business: event.Business, User: event.User}
	cancelled, err := m.Tables.Cancellation(ctx, p, event.Cancellation)
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	standing, err := m.stillStanding(ctx, p, cancelled)
	if err != nil {
		return err
	}
	if standing && m.Now().Before(time.Unix(cancelled.At, 0).Add(patience)) {
		return errUnderWay
	}
	if !standing {
		if err := m.tell(ctx, p, cancelled); err != nil {
			return err
		}
	}
	return m.Tables.RemoveCancellation(ctx, p, event.Cancellation)
}

func (m Messenger) tell(ctx context.Context, p identity.Person, cancelled table.Cancellation) error {
	id, err := table.ParseReservationID(cancelled.Reservation)
	if err != nil {
		return err
	}
	told, err := m.told(ctx, p.Business, id, cancelled)
	if err != nil {
		return err
	}
	user, err := m.Tables.User(ctx, p, "4.a.2", "4.language")
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	return m.Mail.Send(ctx, m.cancellation(user, id.Day, told, cancelled.Asked))
}

// stillStanding looks until the reservation is gone, for as long as it waits.
func (m Messenger) stillStanding(ctx context.Context, p identity.Person, cancelled table.Cancellation) (bool, error) {
	for range looks - 1 {
		standing, err := m.standing(ctx, p, cancelled)
		if !standing || err != nil || m.Wait == 0 {
			return standing, err
		}
		select {
		case <-time.After(m.Wait):
		case <-ctx.Done():
			return true, ctx.Err()
		}
	}
	return m.standing(ctx, p, cancelled)
}

// standing tells whether the reservation is there as it was when the office began to cancel it.
func (m Messenger) standing(ctx context.Context, p identity.Person, cancelled table.Cancellation) (bool, error) {
	id, err := table.ParseReservationID(cancelled.Reservation)
	if err != nil {
		return false, err
	}
	held, err := m.Tables.Commitment(ctx, p, id)
	if errors.Is(err, table.ErrAbsent) {
		return false, nil
	}
	return held.Spot == cancelled.Spot && held.State.Holds(), err
}
