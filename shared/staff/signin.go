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
	"github.com/iotspot/iotspot/shared/passkey"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
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
	Party  passkey.Party // of the app's origin
	Now    func() time.Time
	Pace   time.Duration // no answer to a request for a code comes sooner, so that its time tells nothing; 0 in tests
}

// Routes are the use cases with the operations that they serve.
func (s Sessions) Routes() []web.Route {
	return []web.Route{
		web.On(api.AskStaffSignIn, s.Ask), web.On(api.StaffSignIn, s.Start), web.On(api.EnrolStaff, s.Enrol),
		web.On(api.StaffSignOut, s.End), web.On(api.ListPasskeys, s.List), web.On(api.OfferPasskey, s.Offer),
		web.On(api.AddPasskey, s.Add), web.On(api.RemovePasskey, s.Remove),
	}
}

// Asked is the answer to everyone who asks to sign in as staff.
type Asked struct {
	signin.Asked
	passkey.Ceremony
}

// Ask mails a code of ten minutes to a member of staff, and gives everybody a handle with which it can be used, and
// the challenge that a passkey is to sign beside it. The challenge follows from the handle: it ends with it, works
// once as the code does, and nothing is stored of it. The answer is the same to all, at one pace, and of an address
// that is nobody's nothing is kept.
func (s Sessions) Ask(ctx context.Context, _ identity.Caller, in signin.AskInput) (Asked, error) {
	asked, err := signin.Answer(ctx, in, s.Pace, s.Now, func(email identity.Email) (handle string, err error) {
		return s.ask(ctx, Person(email), email)
	})
	return Asked{asked, passkey.Of(asked.SignIn)}, err
}

func (s Sessions) ask(ctx context.Context, p identity.Person, email identity.Email) (string, error) {
	return s.codes().Ask(ctx, p, email, &asker{tables: s.Tables, person: p})
}

// An asker is a member of the operator's staff.
type asker struct {
	tables *table.Tables
	person identity.Person
	member table.Staff // who was found
}

// Find implements signin.Asker.
func (a *asker) Find(ctx context.Context) (known bool, err error) {
	a.member, err = a.tables.StaffMember(ctx, a.person)
	if errors.Is(err, table.ErrAbsent) {
		return false, nil
	}
	return err == nil, err
}

// Keep implements signin.Asker.
func (a *asker) Keep(ctx context.Context, whom identity.Person, code table.Code) error {
	return a.tables.AskStaffCode(ctx, whom, code)
}

// Letter implements signin.Asker.
func (a *asker) Letter(_, digits string) mail.Message {
	return signin.CodeMail(a.member.Email, a.member.Language, digits, codeWords)
}

// StartInput turns a code and the proof of a passkey into a session.
type StartInput struct {
	SignIn  string        `json:"sign_in"` // the handle of the request
	Code    string        `json:"code"`
	Passkey passkey.Proof `json:"passkey"`
	Key     string        `json:"idempotency_key"`
}

// Start opens a session of an hour in exchange for both: the mailed code, which works once, within ten minutes and
// table.MaxTries of the handle, and a passkey of the same member that signed the handle's challenge. A repeat with
// the same Idempotency-Key gives the same session. Whatever is wrong, unknown, used or too late is one
// problem.Unauthorised.
func (s Sessions) Start(ctx context.Context, _ identity.Caller, in StartInput) (signin.Session, error) {
	var held table.Passkey
	var unread error
	request, err := s.codes().Try(ctx, in.SignIn, in.Code,
		func(p identity.Person) { held, unread = s.Tables.Passkey(ctx, p, passkeyID(in.Passkey.ID)) })
	if err != nil {
		return signin.Session{}, notLetIn(err)
	}
	if unread != nil {
		return signin.Session{}, notLetIn(unread)
	}
	count, err := s.Party.Verify(passkey.Of(in.SignIn), keyOf(held), in.Passkey)
	if err != nil {
		return signin.Session{}, notLetIn(err)
	}
	return s.open(ctx, request, in.Key, held.ID, func(shift table.Shift, next string) error {
		return s.Tables.BeginShift(ctx, shift, count, request.Mark, next)
	})
}

// open begins the session of a request, or finds the one that it began before.
func (s Sessions) open(ctx context.Context, request signin.Request, key, passkey string,
	begin func(shift table.Shift, next string) error) (signin.Session, error) {
	token := bearer.Token(request.Person, s.codes().Bits(request, key))
	shift := table.Shift{Person: request.Person, Hash: secret.Hash(token), Passkey: passkey, Begun: s.Now()}
	until := shift.Begun.Add(Life).Truncate(time.Second)
	err := begin(shift, secret.ID())
	if errors.Is(err, table.ErrRefused) { // used, perhaps by this request
		var begun table.OpenShift
		begun, err = s.Tables.ShiftNow(ctx, shift.Person, shift.Hash)
		until = time.Unix(begun.Ends, 0).UTC()
	}
	if err != nil {
		return signin.Session{}, notLetIn(err)
	}
	return signin.Session{Token: token, Until: until, Role: identity.Staff}, nil
}

// notLetIn makes one answer of all that doesn't let in, so that nobody learns which of the factors was right.
func notLetIn(err error) error {
	var known *problem.Error
	wrongCode := errors.As(err, &known) && known.Kind == problem.Unauthorised
	if wrongCode || errors.Is(err, table.ErrAbsent) || errors.Is(err, passkey.ErrWrong) {
		return problem.New(problem.Unauthorised, "the code or the passkey is wrong, used or expired; ask for a new "+
			"code")
	}
	return err
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
