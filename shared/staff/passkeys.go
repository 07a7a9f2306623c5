package staff

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/passkey"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// EnrolInput makes somebody's first passkey, or one in place of all that they lost.
type EnrolInput struct {
	SignIn    string       `json:"sign_in"` // the handle of the request
	Code      string       `json:"code"`
	Enrolment string       `json:"enrolment"` // the secret that the operator handed over: see Registrar
	Passkey   passkey.Made `json:"passkey"`
	Key       string       `json:"idempotency_key"`
}

// Enrol adds a passkey and opens a session with it, in exchange for the mailed code, as Start does, and the secret
// that the operator handed over by another way than mail: a mailbox alone enrols nobody. The secret works once,
// within an hour. The member is told by mail. A repeat with the same Idempotency-Key gives the same session. Whatever
// is wrong, unknown, used or too late is one problem.Unauthorised.
func (s Sessions) Enrol(ctx context.Context, _ identity.Caller, in EnrolInput) (signin.Session, error) {
	request, err := s.codes().Try(ctx, in.SignIn, in.Code, nil)
	if err != nil {
		return signin.Session{}, notLetIn(err)
	}
	key, err := s.Party.Register(passkey.Of(in.SignIn), in.Passkey)
	if err != nil {
		return signin.Session{}, notLetIn(err)
	}
	made := s.keptOf(key)
	session, err := s.open(ctx, request, in.Key, made.ID, func(shift table.Shift, next string) error {
		return s.Tables.Enrol(ctx, shift, made, secret.Hash(in.Enrolment), request.Mark, next)
	})
	if err != nil {
		return signin.Session{}, err
	}
	return session, s.tell(ctx, request.Person)
}

// Shown is what a member sees of a passkey of theirs.
type Shown struct {
	ID         string    `json:"id"`
	Credential string    `json:"credential"` // by which an authenticator that holds it makes no second one
	Registered time.Time `json:"registered_at"`
	Synced     bool      `json:"synced"` // it can be on several devices
	Here       bool      `json:"here"`   // this session was begun with it
}

// All are a member's passkeys.
type All struct {
	Passkeys []Shown `json:"passkeys"`
}

// List shows a member their passkeys.
func (s Sessions) List(ctx context.Context, caller identity.Caller, _ struct{}) (All, error) {
	shift, err := s.Tables.ShiftNow(ctx, caller.Person, caller.Session)
	if err != nil {
		return All{}, ended(err)
	}
	held, err := s.Tables.Passkeys(ctx, caller.Person)
	all := All{Passkeys: make([]Shown, len(held))}
	for i, one := range held {
		all.Passkeys[i] = shown(one, shift)
	}
	return all, err
}

func shown(p table.Passkey, in table.OpenShift) Shown {
	return Shown{ID: p.ID, Credential: p.Credential, Registered: p.Registered.UTC().Truncate(time.Second),
		Synced: p.Synced, Here: p.ID == in.Passkey}
}

// ended is the error of a session that has ended since its token was proved.
func ended(err error) error {
	if errors.Is(err, table.ErrAbsent) {
		return problem.NotSignedIn()
	}
	return err
}

// Offers that one member of staff can ask for in an hour.
const mostOffers = 20

// OfferLife is how long a challenge to add a passkey can be answered.
const OfferLife = 10 * time.Minute

// Offer gives a member the challenge to make another passkey with. The last one that a session was given works, once.
func (s Sessions) Offer(ctx context.Context, caller identity.Caller, _ struct{}) (passkey.Ceremony, error) {
	counter := limit.Counter{Tables: s.Tables, Key: s.Keys[secret.Attempts], Now: s.Now}
	if err := counter.CountBy(ctx, limit.Passkeys, limit.Person(caller.Person), mostOffers); err != nil {
		return passkey.Ceremony{}, err
	}
	offer := table.Offer{Secret: secret.Token(), At: s.Now()}
	err := s.Tables.OfferPasskey(ctx, caller.Person, caller.Session, offer)
	return passkey.Of(offer.Secret), ended(err)
}

// AddInput is a passkey that was made with an offer.
type AddInput struct {
	Passkey passkey.Made `json:"passkey"`
}

// Add adds another passkey of the member who asks, as a second one for the day on which the first is lost; they are
// told by mail. A repeat answers the same. problem.Unacceptable where it was not made with the session's last offer,
// within OfferLife.
func (s Sessions) Add(ctx context.Context, caller identity.Caller, in AddInput) (Shown, error) {
	shift, err := s.Tables.ShiftNow(ctx, caller.Person, caller.Session)
	if err != nil {
		return Shown{}, ended(err)
	}
	made, err := s.made(shift.Offer, in.Passkey)
	if err == nil {
		err = s.Tables.AddPasskey(ctx, caller.Person, caller.Session, shift.Offer.Secret, made)
	}
	if errors.Is(err, passkey.ErrWrong) || errors.Is(err, table.ErrRefused) { // added before, perhaps by this request
		made, err = s.Tables.Passkey(ctx, caller.Person, passkeyID(in.Passkey.ID))
	}
	if errors.Is(err, table.ErrAbsent) {
		return Shown{}, problem.Impossible("/passkey",
			"this passkey was not made with the challenge that you were given",
			"one that is made with a new challenge, within ten minutes")
	}
	if err != nil {
		return Shown{}, err
	}
	return shown(made, shift), s.tell(ctx, caller.Person)
}

// made is a passkey that was made with an offer; passkey.ErrWrong otherwise.
func (s Sessions) made(offer table.Offer, in passkey.Made) (table.Passkey, error) {
	if offer.Secret == "" || !s.Now().Before(offer.At.Add(OfferLife)) {
		return table.Passkey{}, passkey.ErrWrong
	}
	key, err := s.Party.Register(passkey.Of(offer.Secret), in)
	return s.keptOf(key), err
}

// RemoveInput names a passkey.
type RemoveInput struct {
	Passkey string `json:"passkey"`
}

// Remove removes a passkey of the member who asks, as of a device that is lost, and ends the sessions that were begun
// with it, this one too. Who removes the last is let in again by the operator alone. A repeat does nothing.
func (s Sessions) Remove(ctx context.Context, caller identity.Caller, in RemoveInput) (struct{}, error) {
	return struct{}{}, s.Tables.RemovePasskey(ctx, caller.Person, in.Passkey)
}

// tell mails a member that a passkey was added. One that can't be sent undoes nothing.
func (s Sessions) tell(ctx context.Context, p identity.Person) error {
	member, err := s.Tables.StaffMember(ctx, p)
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := s.Mail.Send(ctx, added(member.Email, member.Language)); err != nil {
		report.Fault(ctx, string(mail.NewPasskey), "", err)
	}
	return nil
}

// passkeyID follows from a credential's, so that one is kept once.
func passkeyID(credential string) string { return secret.DerivedID("passkey", credential) }

func (s Sessions) keptOf(key passkey.Key) table.Passkey {
	return table.Passkey{ID: passkeyID(key.ID), Credential: key.ID, Public: key.Public, Holder: key.User,
		Count: key.Count, Synced: key.Synced, Registered: s.Now()}
}

func keyOf(p table.Passkey) passkey.Key {
	return passkey.Key{ID: p.Credential, Public: p.Public, User: p.Holder, Count: p.Count, Synced: p.Synced}
}
