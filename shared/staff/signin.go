// Package staff is for the operator's own people (6.confidential). They are outside of every customer, sign in at a
// door of their own, and see data of a person or a customer only while their written agreement on confidentiality is
// in force, for a reason that they give, and after the look was recorded where the person or the customer sees it.
package staff

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/words"
)

// Life is how long a session of staff lasts.
const Life = time.Hour

// Person is the member of staff with an address. The id follows from it, so that nothing else needs to say who has
// it.
func Person(email identity.Email) identity.Person {
	return identity.Person{Business: identity.Operator, User: secret.DerivedID("staff", email.Same())}
}

// Sessions lets staff in and out.
type Sessions struct {
	Tables *table.Tables
	Mail   mail.Sender
	Key    secret.Key
	Now    func() time.Time
	Pace   time.Duration // no answer to who asks for a code comes sooner, so that its time tells nothing; 0 in tests
}

// Routes ties them to their operations.
func (s Sessions) Routes() []web.Route {
	return []web.Route{
		web.On(api.AskStaffSignIn, s.Ask), web.On(api.StaffSignIn, s.Start), web.On(api.StaffSignOut, s.End),
	}
}

// Ask mails a code of ten minutes to a member of staff; a newer one ends an older one. The answer is the same to all,
// at one pace, and of an address that is nobody's nothing is kept. It gives problem.TooMany for too many requests.
func (s Sessions) Ask(ctx context.Context, caller identity.Caller, in signin.AskInput) (signin.Asked, error) {
	email, err := identity.EmailAt("/email", in.Email)
	if err != nil {
		return signin.Asked{}, err
	}
	if err := s.counter().Count(ctx, limit.StaffMails, email, caller.IP); err != nil {
		return signin.Asked{}, err
	}
	return signin.Asked{Minutes: 10}, signin.AtPace(ctx, s.Pace, s.Now,
		func() error { return s.ask(ctx, Person(email)) })
}

func (s Sessions) ask(ctx context.Context, p identity.Person) error {
	member, err := s.Tables.StaffMember(ctx, p)
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	digits := secret.Code()
	err = s.Tables.AskStaffCode(ctx, p, table.Code{Hash: s.codeHash(p, digits), AskedAt: s.Now()})
	if errors.Is(err, table.ErrRefused) {
		return nil // removed meanwhile
	}
	if err != nil {
		return err
	}
	if err := s.Mail.Send(ctx, signin.CodeMail(member.Email, member.Language, digits, codeWords)); err != nil {
		report.Fault(ctx, "sign-in code of staff", "", err) // the answer is the same for staff and for anybody else
	}
	return nil
}

var codeWords = signin.CodeWords{
	Kind:    mail.SignInCode,
	Subject: words.Text{NL: "Je code voor medewerkers van iotspot", EN: "Your code for staff of iotspot"},
	For:     words.Text{NL: "je als medewerker aan te melden bij iotspot", EN: "sign in to iotspot as staff"},
	Works:   words.Text{NL: "tien minuten", EN: "ten minutes"},
	Otherwise: words.Text{NL: "Heb je hem niet gevraagd? Meld dat: iemand probeert binnen te komen met jouw " +
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
func (s Sessions) Start(ctx context.Context, caller identity.Caller, in StartInput) (signin.Session, error) {
	email, err := identity.EmailAt("/email", in.Email)
	if err != nil {
		return signin.Session{}, err
	}
	if err := s.counter().Count(ctx, limit.StaffCodes, email, caller.IP); err != nil {
		return signin.Session{}, err
	}
	p := Person(email)
	session, err := s.open(ctx, p, in)
	if errors.Is(err, table.ErrRefused) { // by the same request, sent twice at one moment
		session, err = s.open(ctx, p, in)
	}
	if errors.Is(err, table.ErrRefused) || errors.Is(err, table.ErrAbsent) {
		return signin.Session{}, signin.WrongCode()
	}
	return session, err
}

func (s Sessions) open(ctx context.Context, p identity.Person, in StartInput) (signin.Session, error) {
	code, err := s.Tables.TryCode(ctx, p)
	if err != nil {
		return signin.Session{}, err
	}
	if !secret.Equal(code.Hash, s.codeHash(p, in.Code)) {
		return signin.Session{}, signin.WrongCode()
	}
	token := signin.Token(p, s.Key.Hash("staff session", p.User, code.AskedAt.String(), in.Code, in.Key))
	usedBy := s.Key.Hash("used by", p.Business, p.User, in.Key)
	if code.UsedBy != "" {
		return s.again(ctx, p, token, code, usedBy)
	}
	now := s.Now()
	err = s.Tables.BeginShift(ctx, p, secret.Hash(token), code, usedBy, now)
	return signin.Session{Token: token, Until: now.Add(Life).Truncate(time.Second), Role: identity.Staff}, err
}

// again answers a repeat whose first answer may have been lost.
func (s Sessions) again(ctx context.Context, p identity.Person, token string, code table.Code,
	usedBy string) (signin.Session, error) {
	if !secret.Equal(code.UsedBy, usedBy) {
		return signin.Session{}, signin.WrongCode()
	}
	until, err := s.Tables.ShiftNow(ctx, p, secret.Hash(token))
	return signin.Session{Token: token, Until: until, Role: identity.Staff}, err
}

// End signs out: the session ends at once.
func (s Sessions) End(ctx context.Context, caller identity.Caller, _ struct{}) (struct{}, error) {
	return struct{}{}, s.Tables.EndShift(ctx, caller.Person, caller.Session)
}

func (s Sessions) codeHash(p identity.Person, digits string) string {
	return s.Key.Hash("staff code", p.User, digits)
}

func (s Sessions) counter() limit.Counter {
	return limit.Counter{Tables: s.Tables, Key: s.Key, Now: s.Now}
}
