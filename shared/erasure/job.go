package erasure

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/metric"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/usage"
	"github.com/iotspot/iotspot/shared/wake"
)

// When things happen, counted from the moment at which an erasure was accepted.
const (
	// Settle is when the last look begins. By then no function that was under way can write about the person any
	// more, or mail them. So the look finds all that was written, and every other mail was sent before the
	// confirmation.
	Settle = 35 * time.Second
	// GiveUp is how long the address is kept while something fails: it is gone within the 60 seconds in any case.
	GiveUp = 40 * time.Second
	// WindDown is how long the last look waits once a person's sessions are gone. Who reserves for themselves is not
	// looked for again beside their session (table.Tables.Reserve): a request that could still read one ends within
	// 10 seconds. The other two are for a read that is behind and for clocks that differ.
	WindDown = 12 * time.Second
	// oneTry is the time for a step that begins after the others should have ended.
	oneTry = 5 * time.Second
)

// A Mailer sends mail and forgets addresses.
type Mailer interface {
	mail.Sender
	List
}

// Photos is where profile photos are.
type Photos interface {
	// Remove takes everything of a person away, every version. A repeat does nothing.
	Remove(ctx context.Context, p identity.Person) error
}

// A Worker carries out erasures. Each of its steps can be repeated, and any number of workers can do the same job.
type Worker struct {
	Tables   *table.Tables
	Mail     Mailer
	Photos   Photos
	Received Received
	Keys     secret.Keys
	Now      func() time.Time

	Metrics io.Writer // where Step writes the age of the oldest job that stands; nil: nowhere
}

// Starts says what starts the work: an erasure that was confirmed, the minute, and the calls that a bell takes.
func (w Worker) Starts(bell wake.Bell) trigger.Starts {
	return trigger.EventAndWatch(w.Begin,
		trigger.Watch{Now: w.Now, Look: w.Look, Step: trigger.Whole(w.Step), Bell: bell})
}

// Begin carries out the erasure that an event names.
func (w Worker) Begin(ctx context.Context, event events.ErasureRequested) error {
	job, err := w.Tables.Erasure(ctx, identity.Person{Business: event.Business, User: event.User})
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	return w.Run(ctx, job)
}

// Look resumes every unfinished job, and tells when one has its last look, or goes on where that failed.
func (w Worker) Look(ctx context.Context) (coming []wake.Call, err error) {
	jobs, err := w.step(ctx)
	now := w.Now()
	for _, job := range jobs {
		asked := time.Unix(job.AskedAt, 0)
		coming = append(coming, steps(asked)...)
		if now.After(asked.Add(GiveUp)) {
			coming = append(coming, wake.Soon(now)...)
		}
	}
	return slices.DeleteFunc(coming, func(call wake.Call) bool { return call.At.Before(now) }), err
}

// steps are when there are some after an erasure was accepted, beside the one that its event starts: for where that
// was lost, for the last look, for where something fails, and for where one of them was lost.
func steps(asked time.Time) []wake.Call {
	return wake.At(asked.Add(wake.Slot), asked.Add(Settle), asked.Add(GiveUp), asked.Add(Settle+wake.Slot))
}

// Step resumes every unfinished job. One that fails doesn't delay the others.
func (w Worker) Step(ctx context.Context) error {
	_, err := w.step(ctx)
	return err
}

func (w Worker) step(ctx context.Context) ([]table.Erasure, error) {
	jobs, err := w.Tables.Erasures(ctx)
	if err != nil {
		return nil, err
	}
	var asked []int64
	for _, job := range jobs {
		err = errors.Join(err, w.Run(ctx, job))
		asked = append(asked, job.AskedAt)
	}
	metric.WriteAge(w.Metrics, w.Now(), "erasure", asked)
	return jobs, err
}

// Replay repeats every erasure that was accepted within the window of the backup, without a mail, on a restored
// directory before its first reader. Noted are the erasures that were known when the restore was asked for: it takes
// hours, during which the oldest leave the ledger. When Replay returns no error the directory holds nothing of these
// people, and each has an unfinished job for what is elsewhere. It gives the people, and can be repeated.
func (w Worker) Replay(ctx context.Context, noted ...identity.Person) ([]identity.Person, error) {
	erased, err := w.Tables.Erased(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range noted {
		if !slices.Contains(erased, p) {
			erased = append(erased, p)
		}
	}
	for _, p := range erased {
		err = errors.Join(err, w.repeat(ctx, p))
	}
	return erased, err
}

// ReplayCorrections repeats on a restored directory what people changed, cleared, hid or objected to since the
// backup, of those who are in it. It gives how many it repeated, and can be repeated.
func (w Worker) ReplayCorrections(ctx context.Context) (int, error) {
	all, err := w.Tables.Corrections(ctx)
	if err != nil {
		return 0, err
	}
	entries := func(email string) identity.Entries { return identity.Email(email).Entries(w.Keys[secret.Addresses]) }
	for _, c := range all {
		err = errors.Join(err, w.Tables.CorrectAgain(ctx, c, entries))
	}
	return len(all), err
}

// ReplayStrays erases, without a mail, the people who registered after the moment that a restore went back to, since
// nobody could see or erase what is left of them. Each gets a job for what is elsewhere. It gives their number, and
// can be repeated.
func (w Worker) ReplayStrays(ctx context.Context) (int, error) {
	strays, err := w.Tables.Strays(ctx)
	for _, p := range strays {
		err = errors.Join(err, w.repeat(ctx, p))
	}
	return len(strays), err
}

func (w Worker) repeat(ctx context.Context, p identity.Person) error {
	if err := w.Tables.RepeatErasure(ctx, p, w.Now()); err != nil {
		return err
	}
	if err := w.unregister(ctx, p); err != nil {
		return err
	}
	return w.Tables.Empty(ctx, p)
}

// Run does what can be done of a job now. It removes the registration, all that is in the person's partitions, their
// reservations on the spots' sheets, the marks of those they cancelled, the searches, the photo, and what is known
// under their address. From Settle on it sends the confirmation and removes the address. It ends the job with a look
// that began a WindDown after everything was gone for the first time, the sessions with it: that finds what a request
// wrote which had read one of them. If a store keeps failing the address goes all the same, and the job stays until
// everything has succeeded.
func (w Worker) Run(ctx context.Context, job table.Erasure) error {
	begun := w.Now()
	since := begun.Sub(time.Unix(job.AskedAt, 0))
	left := w.clear(ctx, job.Person, since)
	if left == nil && job.EmptiedAt == 0 {
		left = w.Tables.ErasureEmptied(ctx, job.Person, w.Now())
	}
	if left != nil && since < GiveUp {
		return left
	}
	if err := w.farewell(ctx, job, since); err != nil || left != nil {
		return errors.Join(left, err)
	}
	if since < Settle || job.EmptiedAt == 0 || begun.Before(time.Unix(job.EmptiedAt, 0).Add(WindDown)) {
		return nil
	}
	return w.Tables.EndErasure(ctx, job)
}

// clear removes everything except what is known under the address. A part that fails doesn't stop the others.
func (w Worker) clear(ctx context.Context, p identity.Person, since time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, max(GiveUp-since, oneTry))
	defer cancel()
	if err := w.unregister(ctx, p); err != nil {
		return err
	}
	if err := w.uncount(ctx, p); err != nil {
		return err
	}
	searches := usage.Counter{Tables: w.Tables, Now: w.Now}
	return errors.Join(w.Tables.Empty(ctx, p), w.Tables.ForgetCancelMarks(ctx, p), searches.Forget(ctx, p),
		w.Photos.Remove(ctx, p))
}

// uncount removes the counters under the person's id, and those of a new address that waits for its code as long as
// it is known.
func (w Worker) uncount(ctx context.Context, p identity.Person) error {
	attempts := w.attempts()
	all, err := attempts.Of(ctx, p, "")
	if err != nil {
		return err
	}
	return attempts.Forget(ctx, all...)
}

func (w Worker) attempts() limit.Counter {
	return limit.Counter{Tables: w.Tables, Key: w.Keys[secret.Attempts], Now: w.Now}
}

// unregister ends a registration that is there although its erasure was accepted: a restore brought it back.
func (w Worker) unregister(ctx context.Context, p identity.Person) error {
	user, err := w.Tables.User(ctx, p)
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	return w.Tables.Unregister(ctx, user, identity.Email(user.Email).Entries(w.Keys[secret.Addresses]))
}

// farewell removes what is known under the address, including mail that waits at the support address. From Settle on
// it sends the one confirmation and removes the address, even if the mail can't be sent: the mail is claimed first
// and never tried twice. What was asked for with the address after the erasure stays.
func (w Worker) farewell(ctx context.Context, job table.Erasure, since time.Duration) error {
	p := job.Person
	farewell, err := w.Tables.Farewell(ctx, p)
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	known := Known{Addresses: w.Keys[secret.Addresses], Attempts: w.attempts(), Received: w.Received, List: w.Mail}
	if err := known.Forget(ctx, farewell.Email, time.Unix(job.AskedAt, 0), since < GiveUp); err != nil ||
		since < Settle {
		return err
	}
	mine, err := w.Tables.MarkMailed(ctx, p)
	if err != nil {
		return err
	}
	if mine {
		w.confirm(ctx, farewell)
	}
	return w.Tables.RemoveFarewell(ctx, p)
}

func (w Worker) confirm(ctx context.Context, farewell table.Farewell) {
	ctx, cancel := context.WithTimeout(ctx, oneTry)
	defer cancel()
	if err := w.Mail.Send(ctx, w.confirmation(farewell)); err != nil {
		report.Fault(ctx, "erasure confirmation", "", err)
	}
}
