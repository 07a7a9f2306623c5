// Package account is a person's registration: how it begins, what it holds, and how its owner changes each item of
// it.
package account

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/api"
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
	Key       secret.Key
	Now       func() time.Time
	Statement string        // version of the statement in force
	Pace      time.Duration // see signin.AtPace; 0 in tests
}

// Routes ties them to their operations.
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
// statement in force, then a domain of a business account, and without both nothing is stored, not even that somebody
// tried; then the limits; then what waits for the code. For an address that is registered already the answer is the
// same, as late, and the mail says so.
//
// It gives problem.Consent, problem.Unacceptable about the address, or problem.TooMany.
func (r Registrations) Register(ctx context.Context, caller identity.Caller, in RegisterInput) (Waiting, error) {
	if !in.Consent.Agreed || in.Consent.Version != r.Statement {
		return Waiting{}, ConsentNeeded(r.Statement)
	}
	email, business, err := r.access(ctx, in.Email)
	if err != nil {
		return Waiting{}, err
	}
	counter := limit.Counter{Tables: r.Tables, Key: r.Key, Now: r.Now}
	if err := counter.Count(ctx, limit.RegistrationMails, email, caller.IP); err != nil {
		return Waiting{}, err
	}
	// The person's id follows from all that was asked: the same request again is the same registration, and another
	// one is another, whether or not the address is known.
	p := identity.Person{Business: business, User: r.Key.ID("person", business, string(email), in.Name, in.Language,
		in.Consent.Version, in.Key)}
	return Waiting{Registration: p.Business + p.User, Minutes: 60},
		signin.AtPace(ctx, r.Pace, r.Now, func() error { return r.ask(ctx, p, email, in) })
}

// ask stores the registration and mails its code, or tells the address that it is registered.
func (r Registrations) ask(ctx context.Context, p identity.Person, email identity.Email, in RegisterInput) error {
	hash := email.Hash(r.Key)
	switch _, err := r.Tables.PersonAt(ctx, hash); {
	case err == nil:
		return r.Mail.Send(ctx, KnownMail(string(email), in.Language))
	case !errors.Is(err, table.ErrAbsent):
		return err
	}
	digits := r.Key.Code("registration", p.Business, p.User)
	err := r.Tables.AskRegistration(ctx, table.Registration{
		Person: p, Name: in.Name, Email: string(email), Language: in.Language,
		ConsentVersion: in.Consent.Version, ConsentLanguage: in.Language, AskedAt: r.Now(),
		Hash: r.confirmation().Hash(p, digits),
	}, hash)
	if err != nil {
		return err
	}
	return r.Mail.Send(ctx, signin.CodeMail(string(email), in.Language, digits, registrationWords))
}

// access finds the business account that an address belongs to: by exactly its domain, in any case (3.d).
func (r Registrations) access(ctx context.Context, text string) (identity.Email, string, error) {
	email, err := identity.EmailAt("/email", text)
	if err != nil {
		return "", "", err
	}
	business, err := r.Tables.DomainOwner(ctx, email.Domain())
	if errors.Is(err, table.ErrAbsent) {
		return "", "", noAccess()
	}
	return email, business, err
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
// late is one problem.Unauthorised, too many tries from one network problem.TooMany; problem.Conflict says that the
// address was registered meanwhile, and problem.Unacceptable that its domain gives no access any more.
func (r Registrations) Confirm(ctx context.Context, caller identity.Caller, in ConfirmInput) (signin.Session, error) {
	session, err := r.confirmation().Confirm(ctx, caller, signin.Given{
		Waiting: in.Registration, Code: in.Code, OS: in.OS, OSRelease: in.OSRelease, Key: in.Key})
	return session, explain(err)
}

func (r Registrations) confirmation() signin.Confirmation[table.Registration] {
	return signin.Confirmation[table.Registration]{Tables: r.Tables, Key: r.Key, Now: r.Now, Name: "registration",
		Counts: limit.RegistrationCodes,
		Try:    r.Tables.TryRegistration,
		Zone: func(ctx context.Context, waiting table.Registration) (string, error) {
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
		return problem.Impossible("/registration", "the business account does not give access to this address any "+
			"more",
			"an address in one of the e-mail domains of your organisation")
	}
	return err
}
