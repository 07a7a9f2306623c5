// Package staff is for the operator's own people (6.confidential). They are outside of every customer, sign in at a
// door of their own, and see data of a person or a customer only while their written agreement on confidentiality is
// in force, for a reason that they give, and after the look was recorded where the person or the customer sees it.
package staff

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Life is how long a session of staff lasts.
var Life = privacy.Shift.Rule.Lasts()

// Person is the member of staff with an address. The id follows from it, so that nothing else needs to say who has
// it.
func Person(email identity.Email) identity.Person {
	return identity.Person{Business: identity.Operator, User: secret.DerivedID("staff", email.Same())}
}

// Sessions lets staff in and out.
type Sessions struct {
	Tables *table.Tables
	Mail   mail.Sender
	Keys   secret.Keys
	Now    func() time.Time
	Pace   time.Duration // no answer to a request for a code comes sooner, so that its time tells nothing; 0 in tests
}

// Routes are the use cases with the operations that they serve.
func (s Sessions) Routes() []web.Route {
	return []web.Route{
		web.On(api.AskStaffSignIn, s.Ask), web.On(api.StaffSignIn, s.Start), web.On(api.StaffSignOut, s.End),
	}
}

// Ask mails a code of ten minutes to a member of staff, and gives everybody a handle with which it can be used. The
// answer is the same to all, at one pace, and of an address that is nobody's nothing is kept.
func (s Sessions) Ask(ctx context.Context, _ identity.Caller, in signin.AskInput) (signin.Asked, error) {
	return signin.Answer(ctx, in, s.Pace, s.Now, func(email identity.Email) (handle string, err error) {
		return s.ask(ctx, Person(email), email)
	})
}

func (s Sessions) ask(ctx context.Context, p identity.Person, email identity.Email) (string, error) {
	var member table.Staff
	find := func() (known bool, err error) {
		member, err = s.Tables.StaffMember(ctx, p)
		if errors.Is(err, table.ErrAbsent) {
			return false, nil
		}
		return err == nil, err
	}
	store := func(p identity.Person, code table.Code) error { return s.Tables.AskStaffCode(ctx, p, code) }
	return s.codes().Ask(ctx, p, find, email, store, func(_, digits string) mail.Message {
		return signin.CodeMail(member.Email, member.Language, digits, codeWords)
	})
}

// StartInput turns a code into a session.
type StartInput struct {
	SignIn string `json:"sign_in"` // the handle of the request
	Code   string `json:"code"`
	Key    string `json:"idempotency_key"`
}

// Start opens a session of an hour in exchange for the mailed code, which works once, within ten minutes and
// table.MaxTries of the handle. A repeat with the same Idempotency-Key gives the same session. Whatever is wrong,
// unknown, used or too late is one problem.Unauthorised.
func (s Sessions) Start(ctx context.Context, _ identity.Caller, in StartInput) (signin.Session, error) {
	request, err := s.codes().Try(ctx, in.SignIn, in.Code, nil)
	if err != nil {
		return signin.Session{}, err
	}
	p := request.Person
	token := bearer.Token(p, s.codes().Bits(request, in.Key))
	hash, now := secret.Hash(token), s.Now()
	until := now.Add(Life).Truncate(time.Second)
	err = s.Tables.BeginShift(ctx, p, hash, request.Mark, secret.ID(), now)
	if errors.Is(err, table.ErrRefused) { // used, perhaps by this request
		until, err = s.Tables.ShiftNow(ctx, p, hash)
	}
	if errors.Is(err, table.ErrAbsent) {
		return signin.Session{}, signin.WrongCode()
	}
	return signin.Session{Token: token, Until: until, Role: identity.Staff}, err
}

// End signs out: the session ends at once.
func (s Sessions) End(ctx context.Context, caller identity.Caller, _ struct{}) (struct{}, error) {
	return struct{}{}, s.Tables.EndShift(ctx, caller.Person, caller.Session)
}

func (s Sessions) codes() signin.Codes {
	return signin.Codes{Tables: s.Tables, Mail: s.Mail, Keys: s.Keys[secret.StaffSignIns],
		Attempts: s.Keys[secret.Attempts], Now: s.Now, Name: "staff sign-in",
		Counts: limit.StaffMails}
}
