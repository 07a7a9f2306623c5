// Package account is a person's registration: how it begins, what it holds, and how its owner changes each item of
// it.
package account

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Registrations makes people users.
type Registrations struct {
	Tables    *table.Tables
	Mail      mail.Sender
	Keys      secret.Keys
	Now       func() time.Time
	Statement string        // version of the statement in force
	Pace      time.Duration // see signin.AtPace; 0 in tests
}

// Routes are the use cases with the operations that they serve.
func (r Registrations) Routes() []web.Route {
	return []web.Route{
		web.On(api.Register, r.Register), web.On(api.ConfirmRegistration, r.Confirm),
	}
}

// Consent is a person's explicit agreement to a version of the statement.
type Consent struct {
	Version string `json:"version"`
	Agreed  bool   `json:"agreed"`
}

// RegisterInput asks for a registration.
type RegisterInput struct {
	Name     string  `json:"name"`
	Email    string  `json:"email"`
	Language string  `json:"language"` // in which the statement was shown and mails are written
	Consent  Consent `json:"consent"`
	Key      string  `json:"idempotency_key"`
}

// Waiting is a registration that waits for its code.
type Waiting struct {
	Registration string `json:"registration"`
	Minutes      int    `json:"valid_minutes"`
}

// Register mails a code of an hour to the address. The order is the promise (2.consent): first consent to the
// statement in force, and without it nothing is stored, not even that somebody tried; then the limits; then, for a
// domain of a business account (3.d), what waits for the code. For an address that is registered already, or whose
// domain is no customer's, the answer is the same, as late, nothing is stored, and the mail says so.
//
// It gives problem.Consent, or problem.TooMany.
func (r Registrations) Register(ctx context.Context, caller identity.Caller, in RegisterInput) (Waiting, error) {
	if !in.Consent.Agreed || in.Consent.Version != r.Statement {
		return Waiting{}, ConsentNeeded(r.Statement)
	}
	email, err := identity.EmailAt("/email", in.Email)
	if err != nil {
		return Waiting{}, err
	}
	if err := r.counter().Count(ctx, limit.RegistrationMails, email, caller.IP); err != nil {
		return Waiting{}, err
	}
	waiting := Waiting{Minutes: 60}
	err = signin.AtPace(ctx, r.Pace, r.Now, func() error {
		business, err := r.Tables.DomainOwner(ctx, email.Domain())
		known := !errors.Is(err, table.ErrAbsent)
		if !known {
			business, err = r.Keys[secret.Registrations].ID("no customer", email.Domain()), nil
		}
		if err != nil {
			return err
		}
		// The person's id follows from all that was asked: the same request again is the same registration, and
		// another one is another, whether or not the address is known.
		p := identity.Person{Business: business, User: r.Keys[secret.Registrations].ID("person",
			business, string(email), in.Name, in.Language, in.Consent.Version, in.Key)}
		waiting.Registration = r.confirmation().Handle(p)
		if !known {
			return r.tellStranger(ctx, email, in.Language, caller.IP)
		}
		return r.ask(ctx, p, email, in)
	})
	return waiting, err
}

// ask stores the registration and mails its code, or tells the address that it is registered. A mailbox that has had
// the most mails of a window has the code of that window already.
func (r Registrations) ask(ctx context.Context, p identity.Person, email identity.Email, in RegisterInput) error {
	address := email.Entries(r.Keys[secret.Addresses])
	known, err := r.Tables.PersonAt(ctx, address)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return err
	}
	letter := KnownMail(string(email), in.Language)
	if known.Business != p.Business {
		letter.Text += "\n\n" + signin.Elsewhere.In(in.Language)
	}
	if errors.Is(err, table.ErrAbsent) {
		digits, err := r.await(ctx, p, email, in, address)
		if err != nil {
			return err
		}
		letter = signin.CodeMail(string(email), in.Language, digits, registrationWords)
	}
	may, err := r.counter().Mail(ctx, limit.RegistrationMails, email, 0)
	if err != nil || !may {
		return err
	}
	letter.Mark = r.counter().Mark(email)
	return r.Mail.Send(ctx, letter)
}

// await stores the registration and gives its code, which is the same for all that are asked for with one address in
// one window.
func (r Registrations) await(ctx context.Context, p identity.Person, email identity.Email, in RegisterInput,
	address identity.Entries) (string, error) {
	code := func(askedAt time.Time) string {
		return r.Keys[secret.Registrations].Code("registration", p.Business, email.Same(), limit.WindowOf(askedAt))
	}
	now := r.Now()
	since, err := r.Tables.AskRegistration(ctx, table.Registration{
		Person: p, Name: in.Name, Email: string(email), Language: in.Language,
		ConsentVersion: in.Consent.Version, ConsentLanguage: in.Language, AskedAt: now,
		Hash: r.confirmation().Hash(p, code(now)),
	}, address)
	return code(since), err
}

// tellStranger mails an address that its domain is no customer's. It is told within a narrow budget, past which
// nobody notices that it isn't, since anybody's address can be given.
func (r Registrations) tellStranger(ctx context.Context, email identity.Email, language, ip string) error {
	err := r.counter().Count(ctx, limit.StrangerMails, email, ip)
	if known := (*problem.Error)(nil); errors.As(err, &known) && known.Kind == problem.TooMany {
		return nil
	}
	if err != nil {
		return err
	}
	return r.Mail.Send(ctx, strangerMail(string(email), language))
}

func (r Registrations) counter() limit.Counter {
	return limit.Counter{Tables: r.Tables, Key: r.Keys[secret.Attempts], Now: r.Now}
}

// ConsentNeeded says which version of the statement must be agreed to.
func ConsentNeeded(version string) error {
	return problem.New(problem.Consent, "explicit consent to the current version of the privacy statement is "+
		"needed; nothing was stored").
		With("version", version)
}

// ConfirmInput completes a registration.
type ConfirmInput struct {
	Registration string `json:"registration"`
	Code         string `json:"code"`
	OS           string `json:"os"`
	OSRelease    string `json:"os_release"`
	Key          string `json:"idempotency_key"`
}

// Confirm makes a person a registered user with a session, in exchange for the mailed code: once, within the hour and
// five tries. A repeat with the same Idempotency-Key gives the same session. Whatever is wrong, unknown, used or too
// late is one problem.Unauthorised; problem.Conflict says that the address was registered meanwhile, and
// problem.Unacceptable that its domain gives no access any more.
func (r Registrations) Confirm(ctx context.Context, caller identity.Caller, in ConfirmInput) (signin.Session, error) {
	session, err := r.confirmation().Confirm(ctx, caller, signin.Given{
		Waiting: in.Registration, Code: in.Code, OS: in.OS, OSRelease: in.OSRelease, Key: in.Key})
	return session, explain(err)
}

func (r Registrations) confirmation() signin.Confirmation[table.Registration] {
	return signin.Confirmation[table.Registration]{Tables: r.Tables, Addresses: r.Keys[secret.Addresses],
		Keys: r.Keys[secret.Registrations], Now: r.Now, Name: "registration",
		Try: r.Tables.TryRegistration,
		Zone: func(ctx context.Context, waiting table.Registration) (civil.Zone, error) {
			zone, err := r.Tables.AccountZone(ctx, waiting.Person.Business)
			if errors.Is(err, table.ErrAbsent) {
				err = table.ErrNoAccess // the contract has ended
			}
			return zone, err
		},
		Complete: func(ctx context.Context, waiting table.Registration, n table.Newcomer, usedBy string) error {
			return r.Tables.Confirm(ctx, waiting, n, identity.Email(waiting.Email).Domain(), usedBy)
		}}
}

func explain(err error) error {
	switch {
	case errors.Is(err, table.ErrKnown):
		return problem.New(problem.Conflict, "this address is registered already: sign in with it")
	case errors.Is(err, table.ErrErased):
		return problem.New(problem.Conflict, "a registration made with this Idempotency-Key was erased: register "+
			"again with a new one")
	case errors.Is(err, table.ErrNoAccess):
		return problem.Impossible("/registration",
			"the business account does not give access to this address any more",
			"an address in one of the e-mail domains of your organisation")
	}
	return err
}
