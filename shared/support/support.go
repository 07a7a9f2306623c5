// Package support answers the mail that arrives at the support address (7.mail): whoever is registered gets their
// overview at the registered address, nobody ever gets a reply, and the received mail is gone after it was handled.
// Of a mail only the head is read, and nothing of it is written anywhere.
package support

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

// Mails are the received mails, by their names in the store.
type Mails interface {
	// Head gives at most the first MaxHead bytes of a mail, and nothing where there is no such mail.
	Head(ctx context.Context, name string) ([]byte, error)
	// Remove takes a mail away with all versions and deletion marks. A repeat does nothing.
	Remove(ctx context.Context, name string) error
	// Before gives the names of what was received before an instant, versions and deletion marks included.
	Before(ctx context.Context, at time.Time) ([]string, error)
}

// Overviews are asked for as in the app.
type Overviews interface {
	// AskFor asks for the overview at the registered address under a request's id; the same id again is the same
	// request. A problem.TooMany says that one was asked for within the hour, a problem.Unknown that the person is
	// not registered.
	AskFor(ctx context.Context, p identity.Person, request string) (overview.Asked, error)
}

// An Inbox handles what arrives at the support address.
type Inbox struct {
	Tables    *table.Tables
	Mails     Mails
	Overviews Overviews
	Keys      secret.Keys
	Address   string // the support address: what comes from it is a loop
	Now       func() time.Time
}

// fresh is how long a mail is left to the event of its arrival before Step looks after it.
const fresh = time.Minute

// Starts says what starts the reading of mail: its arrival, and the minute for what an event did not bring about.
func (i Inbox) Starts() trigger.Starts { return trigger.ObjectAndSchedule(i.Receive, i.Step) }

// Receive handles one mail and takes it away, whatever it is. A fault of a service keeps the mail for another try,
// which asks for the same overview and not for a second one.
func (i Inbox) Receive(ctx context.Context, name string) error {
	head, err := i.Mails.Head(ctx, name)
	if err != nil {
		return err
	}
	if from, ok := sender(head, i.Address); ok && !fromCalendar(head) {
		if err := i.answer(ctx, from, name); err != nil {
			return err
		}
	}
	return i.Mails.Remove(ctx, name)
}

// answer asks for the overview of whoever is registered with the address. That nobody is, or that an overview was
// asked for within the hour, shows nowhere outside.
func (i Inbox) answer(ctx context.Context, from identity.Email, name string) error {
	p, err := i.Tables.PersonAt(ctx, from.Entries(i.Keys[secret.Addresses]))
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = i.Overviews.AskFor(ctx, p, secret.DerivedID(p.Business, p.User, name, "support mail"))
	var told *problem.Error
	if errors.As(err, &told) && (told.Kind == problem.TooMany || told.Kind == problem.NotFound) {
		return nil
	}
	return err
}

// Step looks after the mails that the events of their arrival left behind: those that have come to their end are
// taken away unread (privacy.UntilHandled), the others are handled. A mail that fails doesn't keep the next from its
// turn.
func (i Inbox) Step(ctx context.Context) error {
	now := i.Now()
	overdue, err := i.Mails.Before(ctx,
		now.Add(-privacy.LongestReceived+fresh)) // a minute early: the next step is a minute away
	if err != nil {
		return err
	}
	var errs []error
	gone := map[string]bool{}
	for _, name := range overdue {
		gone[name] = true
		errs = append(errs, i.Mails.Remove(ctx, name))
	}
	waiting, err := i.Mails.Before(ctx, now.Add(-fresh))
	errs = append(errs, err)
	for _, name := range waiting {
		if !gone[name] {
			errs = append(errs, i.Receive(ctx, name))
		}
	}
	return errors.Join(errs...)
}
