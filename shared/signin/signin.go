// Package signin lets people in without passwords: a code by mail becomes a session. The same answer is given whether
// or not an address is known.
package signin

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Life is how long a session lasts, at most.
var Life = privacy.Session.Rule.Lasts()

// Pace is the shortest time of an answer; storing and mailing a code is normally faster.
const Pace = 500 * time.Millisecond

// Sessions lets people in and out.
type Sessions struct {
	Tables *table.Tables
	Mail   mail.Sender
	Keys   secret.Keys
	Now    func() time.Time
	// PublicURL is where the app is reached, for the link in the mail.
	PublicURL string
	// no answer to who asks for a code comes sooner, so that its time tells nothing; 0 in tests
	Pace time.Duration
}

// Routes are the use cases with the operations that they serve.
func (s Sessions) Routes() []web.Route {
	return []web.Route{
		web.On(api.AskSignIn, s.Ask), web.On(api.SignIn, s.Start), web.On(api.SignOut, s.End),
		web.On(api.SignOutEverywhere, s.EndAll), web.On(api.EndSession, s.EndOne),
	}
}

// AskInput asks for a code.
type AskInput struct {
	Email string `json:"email"`
}

// Asked is the answer to everyone who asks for a code.
type Asked struct {
	SignIn  string `json:"sign_in"` // the handle with which the code can be used
	Minutes int    `json:"valid_minutes"`
}

// Ask mails a code of ten minutes to a registered address, and gives everybody a handle with which it can be used.
// Of the last request of a person that was mailed its moment, network address and login name are kept (4.e.2) unless
// they object, of an unknown address nothing. The answer is the same to all, at one pace, also where a mailbox gets
// no more mails in this window (limit.Window) or the mail could not be sent.
func (s Sessions) Ask(ctx context.Context, caller identity.Caller, in AskInput) (Asked, error) {
	return Answer(ctx, in, s.Pace, s.Now, func(email identity.Email) (handle string, err error) {
		return s.ask(ctx, email, caller.IP)
	})
}

// Answer gives who asks for a code at an address the handle that ask makes, AtPace.
func Answer(ctx context.Context, in AskInput, pace time.Duration, now func() time.Time,
	ask func(identity.Email) (handle string, err error)) (Asked, error) {
	email, err := identity.EmailAt("/email", in.Email)
	if err != nil {
		return Asked{}, err
	}
	asked := Asked{Minutes: int(CodeLife.Minutes())}
	err = AtPace(ctx, pace, now, func() error {
		var err error
		asked.SignIn, err = ask(email)
		return err
	})
	return asked, err
}

// AtPace does what depends on whether an address is known, and returns no sooner than after pace, so that the time of
// an answer doesn't tell. What is refused without looking for the address need not wait.
func AtPace(ctx context.Context, pace time.Duration, now func() time.Time, ask func() error) error {
	began := now()
	err := ask()
	select {
	case <-time.After(pace - now().Sub(began)):
	case <-ctx.Done():
	}
	return err
}

func (s Sessions) ask(ctx context.Context, email identity.Email, ip string) (string, error) {
	p, owner, err := s.Tables.AtAddress(ctx, email.Entries(s.Keys[secret.Addresses]), email.Domain())
	if errors.Is(err, table.ErrAbsent) {
		p, err = nobody, nil // the same calls to the engine for all
	}
	if err != nil {
		return "", err
	}
	return s.codes().Ask(ctx, p, email, &asker{Sessions: s, person: p, owner: owner, email: email, ip: ip})
}

// An asker is somebody of the office, whose last request is kept (4.e.2).
type asker struct {
	Sessions
	person identity.Person
	owner  string // the business account whose domain the address is of
	email  identity.Email
	ip     string
	user   table.User // who was found
}

// Find implements Asker.
func (a *asker) Find(ctx context.Context) (known bool, err error) {
	a.user, err = a.registered(ctx, a.person, a.owner)
	if errors.Is(err, table.ErrAbsent) {
		return false, nil
	}
	return err == nil, err
}

// Keep implements Asker.
func (a *asker) Keep(ctx context.Context, whom identity.Person, code table.Code) error {
	login := &table.Login{RequestedAt: code.AskedAt, IP: a.ip, LoginName: string(a.email)}
	if a.user.ObjectsTo("4.e.2") {
		login = nil
	}
	return a.Tables.AskCode(ctx, whom, code, login)
}

// Letter implements Asker.
func (a *asker) Letter(handle, digits string) mail.Message {
	letter := CodeMail(a.user.Email, a.user.Language, digits, signInWords)
	if a.owner != "" && a.owner != a.person.Business {
		letter.Text += "\n\n" + Elsewhere.In(a.user.Language)
	}
	return linked(letter, a.link(handle, digits))
}

// registered reads a person whose contract stands, and whose domain is owner's: the domains of an account go with it,
// so the account itself is looked for only where the domain is none of its own any more.
func (s Sessions) registered(ctx context.Context, p identity.Person, owner string) (user table.User, err error) {
	err = parallel.Together(ctx,
		func() (err error) { user, err = s.Tables.User(ctx, p, "4.a.2", "4.language", "7.object"); return err },
		func() error {
			if p == nobody || p.Business == owner {
				return nil
			}
			_, err := s.Tables.AccountZone(ctx, p.Business)
			return err
		})
	return user, err
}

// link opens the app with the handle and the code filled in, where the person still has to say so: what looks through
// mails opens links too. Both stand behind the #, so that neither reaches a log.
func (s Sessions) link(handle, digits string) string {
	return s.PublicURL + "/#/code/" + handle + "?digits=" + secret.Typed(digits)
}

func (s Sessions) codes() Codes {
	return Codes{Tables: s.Tables, Mail: s.Mail, Keys: s.Keys[secret.SignIns],
		Attempts: s.Keys[secret.Attempts], Now: s.Now, Name: "sign-in", Counts: limit.SignInMails}
}

// StartInput turns a code into a session.
type StartInput struct {
	SignIn    string `json:"sign_in"` // the handle of the request
	Code      string `json:"code"`
	OS        string `json:"os"`         // operating system of the device, as its client tells (4.d.5)
	OSRelease string `json:"os_release"` // and its release
	Key       string `json:"idempotency_key"`
}

// A Session is what its holder needs of it.
type Session struct {
	Token string        `json:"token"` // bearer token; it is stored nowhere and can't be shown again
	Until time.Time     `json:"until"` // fixed end
	Role  identity.Role `json:"role"`
}

// SignedIn is the session of who was registered before, and in which language they are spoken to.
type SignedIn struct {
	Session
	Language string `json:"language"`
}

// Start opens a session of 30 days in exchange for the mailed code, which works once, within ten minutes and
// table.MaxTries of the handle. A repeat with the same Idempotency-Key gives the same session. Whatever is wrong,
// unknown, used or too late is one problem.Unauthorised.
func (s Sessions) Start(ctx context.Context, caller identity.Caller, in StartInput) (SignedIn, error) {
	var found starter
	var unread error
	request, err := s.codes().Try(ctx, in.SignIn, in.Code,
		func(p identity.Person) { found, unread = s.starter(ctx, p) })
	if err != nil {
		return SignedIn{}, err
	}
	bits := s.codes().Bits(request, in.Key)
	for range attempts {
		if unread != nil {
			return SignedIn{}, wrongWhenAbsent(unread)
		}
		session, err := s.open(ctx, request, found, bits, in, caller.IP)
		if !errors.Is(err, table.ErrRefused) {
			return SignedIn{session, found.user.Language}, err
		}
		if session, err = Repeated(ctx, s.Tables, request.Person, bits); err == nil {
			return SignedIn{session, found.user.Language}, nil
		}
		found, unread = s.starter(ctx, request.Person)
	}
	return SignedIn{}, WrongCode()
}

// attempts are made to begin a session: the person's role or consent may change between the read and the write.
const attempts = 2

// A starter is what a session begins with.
type starter struct {
	user table.User
	zone civil.Zone // the business account's
}

func (s Sessions) starter(ctx context.Context, p identity.Person) (found starter, err error) {
	err = parallel.Together(ctx,
		func() (err error) {
			found.user, err = s.Tables.User(ctx, p, "2.consent", "4.a.2", "4.d.1", "4.f.1", "4.language", "7.object")
			return err
		},
		func() (err error) { found.zone, err = s.Tables.AccountZoneNow(ctx, p.Business); return })
	return found, err
}

func (s Sessions) open(ctx context.Context, r Request, found starter, bits string, in StartInput,
	ip string) (Session, error) {
	p, user := r.Person, found.user
	token, now := bearer.Token(p, bits), s.Now()
	begun := table.Beginning{
		Person: p, Hash: secret.Hash(token), Role: user.Role, Consent: user.ConsentVersion,
		RequestedAt: r.AskedAt, At: now, IP: ip, LoginName: user.Email, Zone: found.zone, Objections: user.Objections,
		Calendar: user.CalendarMails,
	}
	if !user.ObjectsTo("4.d.5") {
		begun.OS, begun.OSRelease = in.OS, in.OSRelease
	}
	err := s.Tables.Begin(ctx, begun, r.Mark, secret.ID())
	return Session{Token: token, Until: now.Add(Life).Truncate(time.Second), Role: user.Role}, err
}

// Repeated gives an open session once more, to a request from which the same secret bits follow.
func Repeated(ctx context.Context, tables *table.Tables, p identity.Person, bits string) (Session, error) {
	token := bearer.Token(p, bits)
	open, err := tables.Sessions(ctx, p)
	if err != nil {
		return Session{}, err
	}
	for _, session := range open {
		if session.Hash == secret.Hash(token) {
			return Session{Token: token, Until: time.Unix(session.Until, 0).UTC(), Role: session.Role}, nil
		}
	}
	return Session{}, WrongCode()
}

// End signs out: the caller's session ends at once, and no other.
func (s Sessions) End(ctx context.Context, caller identity.Caller, _ struct{}) (struct{}, error) {
	return struct{}{}, s.Tables.EndSession(ctx, caller.Person, caller.Session)
}

// EndAll signs out everywhere: every session of the caller ends at once, on lost devices too, and a code that was
// mailed and not used opens none any more.
func (s Sessions) EndAll(ctx context.Context, caller identity.Caller, _ struct{}) (struct{}, error) {
	return struct{}{}, s.Tables.EndSessions(ctx, caller.Person)
}

// OneInput names a session by the hash of its token.
type OneInput struct {
	Session string `json:"session"`
}

// EndOne signs out on one device: that session of the caller ends at once. A repeat does nothing.
func (s Sessions) EndOne(ctx context.Context, caller identity.Caller, in OneInput) (struct{}, error) {
	return struct{}{}, s.Tables.EndSession(ctx, caller.Person, in.Session)
}

// WrongCode is the one answer to a code that is wrong, used, past its time or out of tries, and to one for nobody.
func WrongCode() error {
	return problem.New(problem.Unauthorised, "the code is wrong, used or expired; ask for a new one")
}

func wrongWhenAbsent(err error) error {
	if errors.Is(err, table.ErrAbsent) {
		return WrongCode()
	}
	return err
}
