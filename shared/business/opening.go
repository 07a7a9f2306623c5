package business

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// Administrator is who opens an account.
type Administrator struct {
	Name     string `json:"name"`
	Email    string `json:"email"`
	Language string `json:"language"` // in which the statement was shown and mails are written
}

// OpenInput asks for a business account.
type OpenInput struct {
	LegalName     string          `json:"legal_name"`
	Addresses     []string        `json:"addresses"`
	Domains       []string        `json:"domains"`
	Invoice       Invoice         `json:"invoice"`
	TimeZone      string          `json:"time_zone"` // IANA; "" is Europe/Amsterdam
	Administrator Administrator   `json:"administrator"`
	Consent       account.Consent `json:"consent"`
	Key           string          `json:"idempotency_key"`
}

// Waiting is an account that waits for its code.
type Waiting struct {
	Opening string `json:"opening"`
	Minutes int    `json:"valid_minutes"`
}

// Open mails a code, valid for an hour, to the person who opens the account. As with a registration the order is the
// promise (2.consent): first consent to the statement in force, then domains that can be had, of which the opener's
// own address must have one, and without all of that nothing is stored. The domains are claims: whether another
// account has one is not looked at, and so not told, before the opener proves to have it. For an address that is
// registered already the answer is the same, as late, nothing is stored, and the mail says so.
//
// It gives problem.Consent, problem.Unacceptable about the domains or the address, or problem.TooMany.
func (a Accounts) Open(ctx context.Context, caller identity.Caller, in OpenInput) (Waiting, error) {
	if !in.Consent.Agreed || in.Consent.Version != a.Statement {
		return Waiting{}, account.ConsentNeeded(a.Statement)
	}
	email, domains, err := claims(in)
	if err != nil {
		return Waiting{}, err
	}
	zone, err := zoneOf(in.TimeZone)
	if err != nil {
		return Waiting{}, err
	}
	counter := limit.Counter{Tables: a.Tables, Key: a.Keys[secret.Attempts], Now: a.Now}
	if err := counter.Count(ctx, limit.OpeningMails, email, caller.IP); err != nil {
		return Waiting{}, err
	}
	p, err := a.person(in)
	if err != nil {
		return Waiting{}, err
	}
	opening := table.Opening{
		Person: p, Name: strings.TrimSpace(in.Administrator.Name), Email: string(email),
		Language: in.Administrator.Language,
		Account: &table.Account{LegalName: strings.TrimSpace(in.LegalName), Addresses: trimmed(in.Addresses),
			Domains: domains, Invoice: table.Invoice(in.Invoice), Zone: zone},
		ConsentVersion: in.Consent.Version, AskedAt: a.Now(),
	}
	return Waiting{Opening: a.confirmation().Handle(p), Minutes: 60},
		signin.AtPace(ctx, a.Pace, a.Now, func() error { return a.ask(ctx, opening) })
}

// ask stores the opening and mails its code, or tells the address that it is registered: it can't open another
// account. A mailbox that has had the most mails of a window has the code of that window already.
func (a Accounts) ask(ctx context.Context, o table.Opening) error {
	email := identity.Email(o.Email)
	address := email.Entries(a.Keys[secret.Addresses])
	_, err := a.Tables.PersonAt(ctx, address)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return err
	}
	letter := account.KnownMail(o.Email, o.Language)
	if errors.Is(err, table.ErrAbsent) {
		digits, err := a.await(ctx, o, address)
		if err != nil {
			return err
		}
		letter = signin.CodeMail(o.Email, o.Language, digits, openingWords)
	}
	counter := limit.Counter{Tables: a.Tables, Key: a.Keys[secret.Attempts], Now: a.Now}
	may, err := counter.Mail(ctx, limit.OpeningMails, email, 0)
	if err != nil || !may {
		return err
	}
	letter.Mark = counter.Mark(email)
	return a.Mail.Send(ctx, letter)
}

// await stores the opening and gives its code, which is the same for all that are asked for with one address in one
// window.
func (a Accounts) await(ctx context.Context, o table.Opening, address identity.Entries) (string, error) {
	code := func(askedAt time.Time) string {
		return a.Keys[secret.Registrations].Code("opening", identity.Email(o.Email).Same(), limit.WindowOf(askedAt))
	}
	o.Hash = a.confirmation().Hash(o.Person, code(o.AskedAt))
	since, err := a.Tables.AskOpening(ctx, o, address)
	return code(since), err
}

// claims finds whether the domains can be had and the opener has an address in one of them.
func claims(in OpenInput) (identity.Email, []string, error) {
	email, err := identity.EmailAt("/administrator/email", in.Administrator.Email)
	if err != nil {
		return "", nil, err
	}
	domains, err := accessible(in.Domains)
	if err == nil && !slices.Contains(domains, email.Domain()) {
		err = problem.Impossible("/administrator/email", "its domain is not one of the account's",
			"an address in exactly one of the domains")
	}
	return email, domains, err
}

// person gives the ids that follow from all that was asked: the same request again is the same opening, and another
// one is another.
func (a Accounts) person(in OpenInput) (identity.Person, error) {
	content, err := json.Marshal(in)
	return identity.Person{Business: a.Keys[secret.Registrations].ID("business", string(content)),
		User: a.Keys[secret.Registrations].ID("opener", string(content))}, err
}

// ConfirmInput completes an opening.
type ConfirmInput struct {
	Opening   string `json:"opening"`
	Code      string `json:"code"`
	OS        string `json:"os"`
	OSRelease string `json:"os_release"`
	Key       string `json:"idempotency_key"`
}

// Opened is the account that there is now, with its first administrator's session.
type Opened struct {
	Business string `json:"business"`
	signin.Session
}

// Confirm opens the account for whoever gives the code that was mailed, once, within the hour and five tries. A repeat
// with the same Idempotency-Key gives the same session. Whatever is wrong, unknown, used or too late is one
// problem.Unauthorised; problem.Conflict says that the address came into use meanwhile.
func (a Accounts) Confirm(ctx context.Context, caller identity.Caller, in ConfirmInput) (Opened, error) {
	session, err := a.confirmation().Confirm(ctx, caller, signin.Given{
		Waiting: in.Opening, Code: in.Code, OS: in.OS, OSRelease: in.OSRelease, Key: in.Key})
	switch {
	case errors.Is(err, table.ErrKnown):
		return Opened{}, problem.New(problem.Conflict,
			"this address is registered already with another business account")
	case err != nil:
		return Opened{}, err
	}
	return Opened{Business: session.Token[:secret.IDLength], Session: session}, nil
}

func (a Accounts) confirmation() signin.Confirmation[table.Opening] {
	return signin.Confirmation[table.Opening]{Tables: a.Tables, Addresses: a.Keys[secret.Addresses],
		Keys: a.Keys[secret.Registrations], Now: a.Now, Name: "opening",
		Try:  a.Tables.TryOpening,
		Zone: func(_ context.Context, o table.Opening) (civil.Zone, error) { return o.Account.Zone, nil },
		Complete: func(ctx context.Context, o table.Opening, n table.Newcomer, usedBy string) error {
			return a.Tables.OpenAccount(ctx, o, n, a.Now(), usedBy)
		}}
}
