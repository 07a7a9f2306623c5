// Package account is a person's registration: how it begins, what it holds, and how its owner changes each item of
// it.
package account

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// A Desk is where people register.
type Desk struct {
	Tables    *table.Tables
	Mail      mail.Sender
	Key       secret.Key
	Now       func() time.Time
	Statement string        // version of the statement in force
	Pace      time.Duration // see signin.AtPace; 0 in tests
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
func (d Desk) Register(ctx context.Context, caller identity.Caller, in RegisterInput) (Waiting, error) {
	if !in.Consent.Agreed || in.Consent.Version != d.Statement {
		return Waiting{}, ConsentNeeded(d.Statement)
	}
	email, business, err := d.access(ctx, in.Email)
	if err != nil {
		return Waiting{}, err
	}
	counter := limit.Counter{Tables: d.Tables, Key: d.Key, Now: d.Now}
	if err := counter.Count(ctx, limit.RegistrationMails, email, caller.IP); err != nil {
		return Waiting{}, err
	}
	// The person's id follows from all that was asked: the same request again is the same registration, and another
	// one is another, whether or not the address is known.
	p := identity.Person{Business: business, User: d.Key.ID("person", business, string(email), in.Name, in.Language,
		in.Consent.Version, in.Key)}
	return Waiting{Registration: p.Business + p.User, Minutes: 60},
		signin.AtPace(ctx, d.Pace, d.Now, func() error { return d.ask(ctx, p, email, in) })
}

// ask stores the registration and mails its code, or tells the address that it is registered.
func (d Desk) ask(ctx context.Context, p identity.Person, email identity.Email, in RegisterInput) error {
	hash := signin.AddressHash(d.Key, email)
	switch _, err := d.Tables.PersonAt(ctx, hash); {
	case err == nil:
		return d.Mail.Send(ctx, KnownMail(string(email), in.Language))
	case !errors.Is(err, table.ErrAbsent):
		return err
	}
	digits := d.Key.Code("registration", p.Business, p.User)
	err := d.Tables.AskRegistration(ctx, table.Registration{
		Person: p, Name: in.Name, Email: string(email), Language: in.Language,
		ConsentVersion: in.Consent.Version, ConsentLanguage: in.Language, AskedAt: d.Now(),
		Hash: d.confirmation().Hash(p, digits),
	}, hash)
	if err != nil {
		return err
	}
	return d.Mail.Send(ctx, signin.CodeMail(string(email), in.Language, digits, registrationWords))
}

// access finds the business account that an address belongs to: by exactly its domain, in any case (3.d).
func (d Desk) access(ctx context.Context, text string) (identity.Email, string, error) {
	email, err := identity.EmailAt("/email", text)
	if err != nil {
		return "", "", err
	}
	business, err := d.Tables.DomainOwner(ctx, email.Domain())
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
func (d Desk) Confirm(ctx context.Context, caller identity.Caller, in ConfirmInput) (signin.Session, error) {
	session, err := d.confirmation().Confirm(ctx, caller, signin.Given{
		Waiting: in.Registration, Code: in.Code, OS: in.OS, OSRelease: in.OSRelease, Key: in.Key})
	return session, explain(err)
}

func (d Desk) confirmation() signin.Confirmation[table.Registration] {
	return signin.Confirmation[table.Registration]{Tables: d.Tables, Key: d.Key, Now: d.Now, Name: "registration",
		Counts: limit.RegistrationCodes,
		Try:    d.Tables.TryRegistration,
		Zone: func(ctx context.Context, r table.Registration) (string, error) {
			zone, err := d.Tables.AccountZone(ctx, r.Person.Business)
			if errors.Is(err, table.ErrAbsent) {
				err = table.ErrNoAccess // the contract has ended
			}
			return zone, err
		},
		Complete: func(ctx context.Context, r table.Registration, n table.Newcomer, usedBy string) error {
			return d.Tables.Confirm(ctx, r, n, identity.Email(r.Email).Domain(), usedBy)
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
