package account

import (
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// AddressInput asks for another e-mail address.
type AddressInput struct {
	Email string `json:"email"`
}

// AddressAsked is the answer, whether or not the address is somebody's.
type AddressAsked struct {
	Minutes int `json:"valid_minutes"`
}

// The most mails in an hour that one person can have sent to new addresses, and that one mailbox gets from all
// persons.
const (
	mailsOfOne = 10
	mailsToOne = 40
)

// AskAddress mails a code of an hour to the address that the caller wants to use from now on (7.rectify). It must be
// in a domain of the same business account: any other is problem.Unacceptable. Where it is registered already the
// answer is the same, and the mail says so.
func (s Settings) AskAddress(ctx context.Context, caller identity.Caller, in AddressInput) (AddressAsked, error) {
	email, err := identity.EmailAt("/email", in.Email)
	if err != nil {
		return AddressAsked{}, err
	}
	business, err := s.Tables.DomainOwner(ctx, email.Domain())
	if errors.Is(err, table.ErrAbsent) || err == nil && business != caller.Business {
		err = noAccess()
	}
	if err != nil {
		return AddressAsked{}, err
	}
	user, err := s.Tables.User(ctx, caller.Person)
	if err != nil {
		return AddressAsked{}, table.Unknown(err)
	}
	err = s.counter().CountBy(ctx, limit.NewAddressMails, limit.Person(caller.Person), mailsOfOne)
	if err == nil {
		err = s.counter().CountBy(ctx, limit.NewAddressMails, limit.Mailbox(email), mailsToOne)
	}
	if err != nil {
		return AddressAsked{}, err
	}
	return AddressAsked{Minutes: 60}, signin.AtPace(ctx, s.Pace, s.Now,
		func() error { return s.ask(ctx, user, email) })
}

// ask stores the address and mails its code, or tells the address that it is registered.
func (s Settings) ask(ctx context.Context, user table.User, email identity.Email) error {
	holder, err := s.Tables.PersonAt(ctx, email.Entries(s.Keys[secret.Addresses]))
	if err == nil && holder != user.Person {
		return s.Mail.Send(ctx, KnownMail(string(email), user.Language))
	}
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return err
	}
	digits := secret.Code()
	waiting := table.NewAddress{Email: string(email),
		Hash: s.Keys[secret.NewAddresses].Hash(addressCode(user.Person, digits)...)}
	if err := s.Tables.AskAddress(ctx, user.Person, waiting, s.Now()); errors.Is(err, table.ErrRefused) {
		return problem.Unknown()
	} else if err != nil {
		return err
	}
	bounces, err := s.counter().Bounces(ctx, email)
	if err != nil || bounces {
		return err
	}
	letter := signin.CodeMail(string(email), user.Language, digits, newAddressWords)
	letter.Mark = s.counter().Mark(email)
	return s.Mail.Send(ctx, letter)
}

// MoveInput confirms another e-mail address.
type MoveInput struct {
	Email string `json:"email"`
	Code  string `json:"code"`
}

// MoveAddress makes the new address the one with which the caller signs in, and ends the caller's other sessions. It
// mails the old address at most once, so that the owner hears of a change that somebody else made. The error is
// problem.Unauthorised for a code that is wrong, used up or late, and problem.Conflict for an address that was
// registered meanwhile. A repeat succeeds.
func (s Settings) MoveAddress(ctx context.Context, caller identity.Caller, in MoveInput) (struct{}, error) {
	user, err := s.Tables.User(ctx, caller.Person)
	if err != nil {
		return struct{}{}, table.Unknown(err)
	}
	typed, err := identity.EmailAt("/email", in.Email)
	if err != nil {
		return struct{}{}, err
	}
	if user.Email == string(typed) {
		return struct{}{}, s.Tables.EndOtherSessions(ctx, caller.Person, caller.Session)
	}
	email, err := s.proved(ctx, caller.Person, typed, in.Code)
	if err != nil {
		return struct{}{}, err
	}
	old := identity.Email(user.Email)
	// What is known under the old address goes first: a repeat that finds the move made does not come here again.
	if err := s.forget(ctx, old); err != nil {
		return struct{}{}, err
	}
	err = s.Tables.MoveAddress(ctx, user, old.Entries(s.Keys[secret.Addresses]),
		email.Entries(s.Keys[secret.Addresses]), string(email), email.Domain())
	if errors.Is(err, table.ErrRefused) {
		err = problem.New(problem.Conflict, "this address can't be used any more: ask again")
	}
	if err != nil {
		return struct{}{}, err
	}
	if old.Same() != email.Same() {
		if err := s.Mail.Send(ctx, movedMail(user)); err != nil {
			report.Fault(ctx, "notice of a new address", "", err)
		}
	}
	return struct{}{}, s.Tables.EndOtherSessions(ctx, caller.Person, caller.Session)
}

// proved is the new address that waits for the code, as it was asked for. Each try counts.
func (s Settings) proved(ctx context.Context, p identity.Person, typed identity.Email,
	code string) (identity.Email, error) {
	waiting, err := s.Tables.TryAddress(ctx, p)
	if errors.Is(err, table.ErrAbsent) {
		return "", signin.WrongCode()
	}
	if err != nil {
		return "", err
	}
	email := identity.Email(waiting.Email)
	if email.Same() != typed.Same() || !s.Keys[secret.NewAddresses].Made(waiting.Hash, addressCode(p, code)...) {
		return "", signin.WrongCode()
	}
	return email, nil
}

func noAccess() error {
	return problem.Impossible("/email", "no business account gives access to addresses of this domain",
		"an address in exactly one of the e-mail domains of your organisation")
}

// forget removes what is counted for an address, and what waits for a code mailed to it.
func (s Settings) forget(ctx context.Context, email identity.Email) error {
	return errors.Join(s.counter().Forget(ctx, limit.Mailbox(email)),
		s.Tables.ForgetWaiting(ctx, email.Entries(s.Keys[secret.Addresses]), s.Now()))
}

func (s Settings) counter() limit.Counter {
	return limit.Counter{Tables: s.Tables, Key: s.Keys[secret.Attempts], Now: s.Now}
}

// addressCode is what is hashed of a code for a new address.
func addressCode(p identity.Person, digits string) []string {
	return []string{"address code", p.Business, p.User, secret.Typed(digits)}
}
