// Package staff is for the operator's own people (6.confidential). They are outside of every customer, sign in at a
// door of their own, and see data of a person or a customer only while their written agreement on confidentiality is
// in force, for a reason that they give, and after the look was recorded where the person or the customer sees it.
package staff

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// Life is how long a session of staff lasts.
const Life = time.Hour

// Person is the member of staff with an address. The id follows from it, so that nothing else needs to say who has
// it.
func Person(email identity.Email) identity.Person {
	return identity.Person{Business: identity.Operator, User: secret.DerivedID("staff", email.Same())}
}

// A Door is where staff sign in.
type Door struct {
	Tables *table.Tables
	Mail   mail.Sender
	Key    secret.Key
	Now    func() time.Time
	Pace   time.Duration // no answer to who asks for a code comes sooner, so that its time tells nothing; 0 in tests
}

// Ask mails a code of ten minutes to a member of staff; a newer one ends an older one. The answer is the same to all,
// at one pace, and of an address that is nobody's nothing is kept. It gives problem.TooMany for too many requests.
func (d Door) Ask(ctx context.Context, caller identity.Caller, in signin.AskInput) (signin.Asked, error) {
	email, err := identity.EmailAt("/email", in.Email)
	if err != nil {
		return signin.Asked{}, err
	}
	if err := d.counter().Count(ctx, limit.StaffMails, email, caller.IP); err != nil {
		return signin.Asked{}, err
	}
	return signin.Asked{Minutes: 10}, signin.AtPace(ctx, d.Pace, d.Now,
		func() error { return d.ask(ctx, Person(email)) })
}

func (d Door) ask(ctx context.Context, p identity.Person) error {
	member, err := d.Tables.StaffMember(ctx, p)
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	digits := secret.Code()
	err = d.Tables.AskStaffCode(ctx, p, table.Code{Hash: d.codeHash(p, digits), AskedAt: d.Now()})
	if errors.Is(err, table.ErrRefused) {
		return nil // removed meanwhile
	}
	if err != nil {
		return err
	}
	if err := d.Mail.Send(ctx, signin.CodeMail(member.Email, member.Language, digits, codeWords)); err != nil {
		report.Fault(ctx, "sign-in code of staff", "", err) // the answer is the same for staff and for anybody else
	}
	return nil
}

var codeWords = signin.CodeWords{
	Kind:    mail.SignInCode,
	Subject: privacy.Words{NL: "Je code voor medewerkers van iotspot", EN: "Your code for staff of iotspot"},
	For:     privacy.Words{NL: "je als medewerker aan te melden bij iotspot", EN: "sign in to iotspot as staff"},
	Works:   privacy.Words{NL: "tien minuten", EN: "ten minutes"},
	Otherwise: privacy.Words{NL: "Heb je hem niet gevraagd? Meld dat: iemand probeert binnen te komen met jouw " +
		"adres.",
		EN: "You did not ask for it? Report it: somebody is trying to get in with your address."},
}

// StartInput turns a code into a session.
type StartInput struct {
	Email string `json:"email"`
	Code  string `json:"code"`
	Key   string `json:"idempotency_key"`
}

// Start opens a session of an hour in exchange for the mailed code, which works once, within ten minutes and
// table.MaxSignInTries. A repeat with the same Idempotency-Key gives the same session. Whatever is wrong, unknown,
// used or too late is one problem.Unauthorised.
func (d Door) Start(ctx context.Context, caller identity.Caller, in StartInput) (signin.Session, error) {
	email, err := identity.EmailAt("/email", in.Email)
	if err != nil {
		return signin.Session{}, err
	}
	if err := d.counter().Count(ctx, limit.StaffCodes, email, caller.IP); err != nil {
		return signin.Session{}, err
	}
	p := Person(email)
	session, err := d.open(ctx, p, in)
	if errors.Is(err, table.ErrRefused) { // by the same request, sent twice at one moment
		session, err = d.open(ctx, p, in)
	}
	if errors.Is(err, table.ErrRefused) || errors.Is(err, table.ErrAbsent) {
		return signin.Session{}, signin.WrongCode()
	}
	return session, err
}

func (d Door) open(ctx context.Context, p identity.Person, in StartInput) (signin.Session, error) {
	code, err := d.Tables.TryCode(ctx, p)
	if err != nil {
		return signin.Session{}, err
	}
	if !secret.Equal(code.Hash, d.codeHash(p, in.Code)) {
		return signin.Session{}, signin.WrongCode()
	}
	token := signin.Token(p, d.Key.Hash("staff session", p.User, code.AskedAt.String(), in.Code, in.Key))
	usedBy := d.Key.Hash("used by", p.Business, p.User, in.Key)
	if code.UsedBy != "" {
		return d.again(ctx, p, token, code, usedBy)
	}
	now := d.Now()
	err = d.Tables.BeginShift(ctx, p, secret.Hash(token), code, usedBy, now)
	return signin.Session{Token: token, Until: now.Add(Life).Truncate(time.Second), Role: identity.Staff}, err
}

// again answers a repeat whose first answer may have been lost.
func (d Door) again(ctx context.Context, p identity.Person, token string, code table.Code,
	usedBy string) (signin.Session, error) {
	if !secret.Equal(code.UsedBy, usedBy) {
		return signin.Session{}, signin.WrongCode()
	}
	until, err := d.Tables.ShiftNow(ctx, p, secret.Hash(token))
	return signin.Session{Token: token, Until: until, Role: identity.Staff}, err
}

// End signs out: the session ends at once.
func (d Door) End(ctx context.Context, caller identity.Caller, _ struct{}) (struct{}, error) {
	return struct{}{}, d.Tables.EndShift(ctx, caller.Person, caller.Session)
}

func (d Door) codeHash(p identity.Person, digits string) string {
	return d.Key.Hash("staff code", p.User, digits)
}

func (d Door) counter() limit.Counter { return limit.Counter{Tables: d.Tables, Key: d.Key, Now: d.Now} }
