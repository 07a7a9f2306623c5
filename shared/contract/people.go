package contract

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/metric"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

const (
	// mailsAtOnce are under way at most: at some 30 calls and a quarter of a second for each person, 200 a second.
	mailsAtOnce = 48
	// oneTry is the time for mails when the first run comes so late that their time is over.
	oneTry = 10 * time.Second
	// again is how long a run waits before it sends a mail that another run began and apparently did not finish.
	again = 15 * time.Second
)

// people ends sessions and passes, mails and removes the registered, and removes everybody else. Waiting says that
// somebody's mail is still being tried.
func (w Worker) people(ctx context.Context, l look) (waiting bool, err error) {
	registered, visiting, err := listed(ctx, w.Tables, l.Business)
	if err != nil {
		return false, err
	}
	if err := w.shut(ctx, l, registered, visiting); err != nil {
		return false, err
	}
	if !l.Silent && len(registered) > 0 {
		if l.suppressed, err = w.Mail.Suppressed(ctx); err != nil && l.inTime() {
			return false, err
		}
	}
	var stay, unmailed atomic.Int64
	mails, cancel := context.WithTimeout(ctx, max(MailUntil-l.since, oneTry))
	defer cancel()
	l.mails = mails
	err = parallel.Each(ctx, mailsAtOnce, registered, func(ctx context.Context, p identity.Person) error {
		left, err := w.leave(ctx, l, p, &unmailed)
		if !left {
			stay.Add(1)
		}
		return err
	})
	metric.Count(w.Metrics, w.Now(), map[string]int{"last_overview_not_mailed": int(unmailed.Load())})
	if err != nil {
		return false, err
	}
	if l.last {
		return stay.Load() > 0, parallel.Each(ctx, atOnce, union(registered, visiting), w.forget)
	}
	return stay.Load() > 0, parallel.Each(ctx, atOnce, visiting, w.clear)
}

// shut ends sessions, passes and displays, and notes when that was done: what a request writes that read one just
// before is there a WindDown later at the latest.
func (w Worker) shut(ctx context.Context, l look, registered, visiting []identity.Person) error {
	err := shut(ctx, w.Tables, l.Business, registered, visiting)
	if err != nil || l.ShutAt != 0 {
		return err
	}
	return w.Tables.ContractShut(ctx, l.Business, w.Now())
}

// clear removes what is left of somebody who left, or of a guest. It leaves alone those who are still to be mailed.
func (w Worker) clear(ctx context.Context, p identity.Person) error {
	if _, err := w.Tables.User(ctx, p); !errors.Is(err, table.ErrAbsent) {
		return err
	}
	return w.Tables.Clear(ctx, p)
}

// forget removes all that is left of somebody. For an unconfirmed registration that includes the entry under the
// address, which leads to it.
func (w Worker) forget(ctx context.Context, p identity.Person) error {
	waiting, err := w.Tables.Registration(ctx, p)
	if err == nil && waiting.Email != "" {
		email := identity.Email(waiting.Email)
		err = errors.Join(w.attempts().Forget(ctx, limit.Mailbox(email)),
			w.Tables.ForgetEntry(ctx, email.Entries(w.Keys[secret.Addresses]), p))
	}
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return err
	}
	if err := w.attempts().Forget(ctx, limit.Person(p)); err != nil {
		return err
	}
	return w.Tables.Forget(ctx, p)
}

// leave mails a registered person and removes them. It gives false while they stay because their mail is still being
// tried.
func (w Worker) leave(ctx context.Context, l look, p identity.Person, unmailed *atomic.Int64) (bool, error) {
	user, err := w.Tables.User(ctx, p)
	if errors.Is(err, table.ErrAbsent) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	if !l.Silent {
		told, err := w.tell(ctx, l, p)
		if err != nil || !told && l.inTime() {
			return false, err
		}
		if !told {
			unmailed.Add(1)
		}
		if err := w.elsewhere(ctx, l, user); err != nil {
			return false, err
		}
	}
	err = w.Tables.Leave(ctx, user, identity.Email(user.Email).Entries(w.Keys[secret.Addresses]))
	if errors.Is(err, table.ErrRefused) {
		return false, nil // the address was changed at this moment
	}
	if err != nil {
		return false, err
	}
	return true, w.Tables.Clear(ctx, p)
}

// tell mails the last overview, unless another run is doing so.
func (w Worker) tell(ctx context.Context, l look, p identity.Person) (bool, error) {
	mine, err := w.Tables.Tell(ctx, p, again)
	if err != nil || !mine {
		return false, err
	}
	desk := overview.Overviews{Tables: w.Tables, Mail: w.Mail, Photos: w.Files, Received: w.Received, Keys: w.Keys,
		Now:        w.Now,
		Controller: w.Controller,
		Customer:   l.LegalName, Zone: l.Zone}
	err = desk.MailLast(l.mails, p)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		report.Fault(ctx, "last overview", "", err)
		return false, nil
	}
	return true, nil
}

// elsewhere removes what is known about somebody outside of their partitions: their counters, and what is known under
// their address.
func (w Worker) elsewhere(ctx context.Context, l look, user table.User) error {
	whose, err := w.attempts().Of(ctx, user.Person, "")
	if err == nil {
		err = w.attempts().Forget(ctx, whose...)
	}
	if err != nil {
		return err
	}
	known := erasure.Known{Addresses: w.Keys[secret.Addresses], Attempts: w.attempts(), Received: w.Received,
		List: seen{w.Mail, l.suppressed}}
	return known.Forget(ctx, user.Email, time.Unix(l.AskedAt, 0), l.inTime())
}

// seen is SES's list as it was looked at when the step began: SES shows it once a second, and takes one address a
// second off it.
type seen struct {
	Mailer
	addresses []string
}

func (s seen) Suppressed(context.Context) ([]string, error) { return s.addresses, nil }

func (w Worker) attempts() limit.Counter {
	return limit.Counter{Tables: w.Tables, Key: w.Keys[secret.Attempts], Now: w.Now}
}
