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
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/search"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// When things happen, from the moment on at which an erasure was accepted.
const (
	// Settle is when the last look begins: longer than any function that was under way can still write about the person, or
	// mail them. What it wrote is found then, and what it mailed has gone before the confirmation.
	Settle = 35 * time.Second
	// GiveUp is how long the address waits for what fails: it is gone within the 60 seconds in any case.
	GiveUp = 40 * time.Second
	// oneTry is how long it may take what begins after its time.
	oneTry = 5 * time.Second
)

// A Post sends mail and forgets addresses.
type Post interface {
	mail.Sender
	List
}

// Photos is where profile photos are.
type Photos interface {
	// Remove takes everything of a person away, every version. A repeat does nothing.
	Remove(ctx context.Context, p identity.Person) error
}

// A Worker carries erasures out. Every step of its can be repeated, and any number of workers can be at the same job.
type Worker struct {
	Tables *table.Tables
	Post   Post
	Photos Photos
	Mails  Received
	Key    secret.Key
	Now    func() time.Time

	Controller string
	Support    string
	Metrics    io.Writer // where Step writes the age of the oldest job that stands; nil: nowhere
}

// Begin carries out the erasure that an event tells of.
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

// Step resumes every job that stands. One that fails doesn't keep the others waiting.
func (w Worker) Step(ctx context.Context) error {
	jobs, err := w.Tables.Erasures(ctx)
	for _, job := range jobs {
		err = errors.Join(err, w.Run(ctx, job))
	}
	var asked []int64
	for _, job := range jobs {
		asked = append(asked, job.AskedAt)
	}
	metric.WriteAge(w.Metrics, w.Now(), "erasure", asked)
	return err
}

// Replay repeats every erasure that was accepted within the window of the backup, without a mail, on a restored directory
// before its first reader. Noted are those that were known when the restore was asked for: it takes hours, in which the
// oldest leave the ledger. When it returns nil the directory holds nothing of any of them, and their jobs stand, for
// what is elsewhere. It gives who they are, and can be repeated.
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

// ReplayCorrections repeats on a restored directory what people changed, cleared, hid or objected to since the backup, of
// those who are in it. It gives how many it repeated, and can be repeated.
func (w Worker) ReplayCorrections(ctx context.Context) (int, error) {
	all, err := w.Tables.Corrections(ctx)
	if err != nil {
		return 0, err
	}
	hash := func(email string) string { return signin.AddressHash(w.Key, identity.Email(email)) }
	for _, c := range all {
		err = errors.Join(err, w.Tables.CorrectAgain(ctx, c, hash))
	}
	return len(all), err
}

// ReplayStrays erases, without a mail, who registered after the moment that a restore went back to: nobody could see or
// erase what is left of them. Their jobs stand, for what is elsewhere. It gives how many they are, and can be repeated.
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

// Run does what can be done now of a job: the registration, all that is in the person's partitions with the spots of their
// reservations, the marks of those they cancelled, the searches, the photo, and what is known under their address; and when
// nothing can be under way any more the confirmation, the address, and at last the job. Where a store fails for long the
// address goes all the same, and the job stands until everything succeeded.
func (w Worker) Run(ctx context.Context, job table.Erasure) error {
	since := w.Now().Sub(time.Unix(job.AskedAt, 0))
	left := w.clear(ctx, job.Person, since)
	if left != nil && since < GiveUp {
		return left
	}
	if err := w.farewell(ctx, job, since); err != nil || left != nil {
		return errors.Join(left, err)
	}
	if since < Settle {
		return nil
	}
	return w.Tables.EndErasure(ctx, job.Person)
}

// clear removes all but what is known under the address. A part that fails keeps no other from its turn.
func (w Worker) clear(ctx context.Context, p identity.Person, since time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, max(GiveUp-since, oneTry))
	defer cancel()
	if err := w.unregister(ctx, p); err != nil {
		return err
	}
	if err := w.uncount(ctx, p); err != nil {
		return err
	}
	searches := search.Counter{Tables: w.Tables, Now: w.Now}
	return errors.Join(w.Tables.Empty(ctx, p), w.Tables.ForgetCancelMarks(ctx, p), searches.Forget(ctx, p), w.Photos.Remove(ctx, p))
}

// uncount removes what is counted of the person by their id, and of the new address that waits, while it still stands there.
func (w Worker) uncount(ctx context.Context, p identity.Person) error {
	attempts := w.attempts()
	all, err := attempts.Of(ctx, p, "")
	if err != nil {
		return err
	}
	return attempts.Forget(ctx, all...)
}

func (w Worker) attempts() limit.Counter {
	return limit.Counter{Tables: w.Tables, Key: w.Key, Now: w.Now}
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
	return w.Tables.Unregister(ctx, user, signin.AddressHash(w.Key, identity.Email(user.Email)))
}

// farewell ends what is known under the address, the mail that waits at the support address with it; and from Settle on it
// sends the one confirmation and lets the address go. It goes too where the mail can't be sent: the mail is claimed first
// and never tried a second time. What was asked for with the address after the erasure stays.
func (w Worker) farewell(ctx context.Context, job table.Erasure, since time.Duration) error {
	p := job.Person
	farewell, err := w.Tables.Farewell(ctx, p)
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	known := Known{Attempts: w.attempts(), Mails: w.Mails, List: w.Post}
	if err := known.Forget(ctx, farewell.Email, time.Unix(job.AskedAt, 0), since < GiveUp); err != nil || since < Settle {
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
	if err := w.Post.Send(ctx, w.confirmation(farewell)); err != nil {
		report.Fault(ctx, "erasure confirmation", "", err)
	}
}

func (w Worker) confirmation(farewell table.Farewell) mail.Message {
	language := privacy.LanguageOf(farewell.Language)
	subject := privacy.Words{NL: "Je persoonsgegevens zijn gewist", EN: "Your personal data has been erased"}.In(language)
	text := privacy.Words{
		NL: "Je registratie is beëindigd en al je persoonsgegevens zijn gewist, zoals je vroeg. Ook dit adres bewaren we niet: dit is de laatste e-mail die je van ons krijgt.\n\n" +
			"Namen die anderen zelf hebben opgeschreven, zoals die van hun favoriete collega's, blijven van hen. Uit de reservekopie verdwijnt alles binnen 24 uur.",
		EN: "Your registration has ended and all your personal data has been erased, as you asked. We don't keep this address either: this is the last e-mail that you get from us.\n\n" +
			"Names that others wrote down themselves, as those of their favourite colleagues, stay theirs. Everything leaves the backup within 24 hours.",
	}.In(language)
	return mail.Message{To: farewell.Email, Subject: subject, Language: language, Kind: mail.ErasureConfirmation,
		Text: text + "\n\n" + w.Controller + "\n" + w.Support + "\n"}
}
