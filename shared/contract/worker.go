package contract

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/metric"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/wake"
)

// When things happen, from the request on.
const (
	// MailUntil is how long mails are tried.
	MailUntil = 30 * time.Second
	// Settle is when the last look begins: longer than any function can run that may still write, with 10 seconds for
	// clocks that differ.
	Settle = 40 * time.Second
)

// A Mailer sends mail, and knows the list of addresses to which mail bounced.
type Mailer interface {
	mail.Sender
	erasure.List
}

// Files are the photos and images.
type Files interface {
	overview.Photos
	// RemoveBusiness takes everything of a business account away, every version. A repeat does nothing.
	RemoveBusiness(ctx context.Context, business string) error
}

// Received is the mail that came to the support address and isn't handled yet.
type Received interface {
	overview.Received
	erasure.Received
}

// A Worker removes what the end of a contract leaves. Any number of workers can be at the same job.
type Worker struct {
	Tables   *table.Tables
	Mail     Mailer
	Files    Files
	Received Received
	Keys     secret.Keys
	Now      func() time.Time

	Controller controller.Controller
	Metrics    io.Writer // where Step writes the age of the oldest contract's end that stands; nil: nowhere
}

// Starts says what starts the work: the end of a contract, the minute, and the calls that a bell takes.
func (w Worker) Starts(bell wake.Bell) trigger.Starts {
	return trigger.EventAndWatch(func(ctx context.Context, _ events.ContractEnded) error { return w.Step(ctx) },
		trigger.Watch{Now: w.Now, Look: w.Look, Step: trigger.Whole(w.Step), Bell: bell})
}

// Look does what can be done now for every contract that has ended, and tells when it goes on.
func (w Worker) Look(ctx context.Context) (coming []wake.Call, err error) {
	jobs, err := w.step(ctx)
	now := w.Now()
	for _, job := range jobs {
		coming = append(coming, steps(time.Unix(job.AskedAt, 0))...)
		coming = append(coming, wake.Soon(now)...)
	}
	return slices.DeleteFunc(coming, func(call wake.Call) bool { return call.At.Before(now) }), err
}

// steps are when there is one after a request, beside the one that its event starts: where the mails and what was
// removed before have not ended with the first, for the last look, and for where that was lost.
func steps(asked time.Time) []wake.Call {
	return wake.At(asked.Add(wake.Slot), asked.Add(MailUntil), asked.Add(Settle), asked.Add(Settle+wake.Slot))
}

// Step does what can be done now for every contract that has ended. One that fails doesn't delay the others. What the
// time of a step doesn't suffice for is left to the next.
func (w Worker) Step(ctx context.Context) error {
	_, err := w.step(ctx)
	return err
}

// aStep is how long a step works, so that it has ended before its call comes again.
const aStep = wake.Slot - 3*time.Second

func (w Worker) step(ctx context.Context) ([]table.ContractEnd, error) {
	jobs, err := w.Tables.ContractEnds(ctx)
	if err != nil {
		return nil, err
	}
	working, cancel := context.WithTimeout(ctx, aStep)
	defer cancel()
	const contracts = 4
	err = parallel.Each(working, contracts, jobs, func(ctx context.Context, job table.ContractEnd) error {
		return leftToTheNext(ctx, w.run(ctx, job))
	})
	var asked []int64
	for _, job := range jobs {
		asked = append(asked, job.AskedAt)
	}
	metric.WriteAge(w.Metrics, w.Now(), "contract-end", asked)
	return jobs, err
}

// leftToTheNext is nil for what a step had no time for: the job stands, and its age is told. Any other error stays
// one.
func leftToTheNext(step context.Context, err error) error {
	if step.Err() != nil && errors.Is(err, step.Err()) {
		return nil
	}
	return err
}

// A look is one search for everything of a business account.
type look struct {
	table.ContractEnd
	since      time.Duration   // after the request
	last       bool            // nothing can be under way any more, so that what leads to the data goes too
	suppressed []string        // addresses to which mail bounced
	mails      context.Context // of the mails, which have a time of their own
}

// inTime reports whether a failed mail or a failed removal of an address can still be tried again. Each mail is tried
// once in any case.
func (l look) inTime() bool { return l.since < MailUntil }

func (w Worker) run(ctx context.Context, job table.ContractEnd) error {
	now := w.Now()
	since := now.Sub(time.Unix(job.AskedAt, 0))
	shut := job.ShutAt != 0 && !now.Before(time.Unix(job.ShutAt, 0).Add(erasure.WindDown))
	l := look{ContractEnd: job, since: since, last: since >= Settle && shut}
	if job.Emptied && !l.last {
		return nil
	}
	waiting, err := w.people(ctx, l)
	if err != nil || waiting {
		return err
	}
	if err := w.premises(ctx, l); err != nil {
		return err
	}
	if !l.last {
		return w.Tables.ContractEmptied(ctx, job.Business)
	}
	if err := w.attempts().Forget(ctx, limit.Account(job.Business)); err != nil {
		return err
	}
	registered, visiting, err := listed(ctx, w.Tables, job.Business)
	if err != nil || len(registered)+len(visiting) > 0 {
		return err // an index that is behind lists somebody still: the next step looks again
	}
	return w.Tables.ContractOver(ctx, job.Business)
}

// premises removes all that belongs to the account's locations, and the files.
func (w Worker) premises(ctx context.Context, l look) error {
	all, sensors, err := w.Tables.Premises(ctx, l.Business)
	if err != nil {
		return err
	}
	if l.last {
		if err := w.Tables.CloseDays(ctx, all); err != nil {
			return err
		}
	}
	if err := errors.Join(w.Tables.ClearPremises(ctx, l.Business, all, sensors),
		w.Files.RemoveBusiness(ctx, l.Business)); err != nil {
		return err
	}
	if !l.last {
		return nil
	}
	return w.Tables.ClearBusiness(ctx, l.Business, sensors)
}

// Replay ends again every contract that ended within the window of the backup, on a restored directory before its
// first reader and without a mail. Noted are those that were known when the restore was asked for. When Replay
// returns no error the directory holds nothing of these accounts, and each has an unfinished job for what is
// elsewhere. It gives the accounts' ids, and can be repeated.
func (w Worker) Replay(ctx context.Context, noted ...string) ([]string, error) {
	ended, err := w.Tables.Ended(ctx)
	if err != nil {
		return nil, err
	}
	for _, business := range noted {
		if !slices.Contains(ended, business) {
			ended = append(ended, business)
		}
	}
	for _, business := range ended {
		err = errors.Join(err, w.repeat(ctx, business))
	}
	return ended, err
}

func (w Worker) repeat(ctx context.Context, business string) error {
	job, err := w.Tables.RepeatContractEnd(ctx, business, w.Now())
	if err != nil {
		return err
	}
	if _, err := w.people(ctx, look{ContractEnd: job, last: true}); err != nil {
		return err
	}
	all, sensors, err := w.Tables.Premises(ctx, business)
	if err != nil {
		return err
	}
	return errors.Join(w.Tables.CloseDays(ctx, all), w.Tables.ClearBusiness(ctx, business, sensors))
}

// union are the people of both lists, each once.
func union(a, b []identity.Person) []identity.Person {
	all := map[identity.Person]bool{}
	for _, p := range slices.Concat(a, b) {
		all[p] = true
	}
	return slices.Collect(maps.Keys(all))
}
