package signin

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// A Confirmation turns a code that was mailed to an address into a new person with a first session. What waits for
// the code is a W: a registration, or a business account with its first administrator.
type Confirmation[W Waiting] struct {
	Tables    *table.Tables
	Keys      secret.Ring // of the codes
	Addresses secret.Ring // under which addresses are found
	Now       func() time.Time
	Name      string // what the code is for: a code for one thing is none for another

	// Try counts a try; it gives table.ErrAbsent when nothing waits.
	Try      func(ctx context.Context, p identity.Person) (W, error)
	Zone     func(ctx context.Context, waiting W) (civil.Zone, error) // the business account's
	Complete func(ctx context.Context, waiting W, n table.Newcomer, usedBy string) error
}

// A Waiting is what waits for its code, in the partition of the person to be.
type Waiting interface {
	// Code is the keyed hash of the code, and of the request by which it was used, if it was.
	Code() (hash, usedBy string)
	// User is the person to be. The moment of the consent is that of the request.
	User() table.User
}

// Given is what somebody sends to confirm.
type Given struct {
	Waiting   string // the handle of what waits
	Code      string
	OS        string
	OSRelease string
	Key       string // Idempotency-Key
}

// Hash is what is stored of the code.
func (c Confirmation[W]) Hash(p identity.Person, digits string) string {
	return c.Keys.Hash(c.codeOf(p, digits)...)
}

func (c Confirmation[W]) codeOf(p identity.Person, digits string) []string {
	return []string{c.Name + " code", p.Business, p.User, secret.Typed(digits)}
}

// Handle names what waits to whoever asked for it, and says nothing to anybody.
func (c Confirmation[W]) Handle(p identity.Person) string {
	return c.Keys.Seal(c.Name, p.Business+p.User)
}

// WaitingLength is how long such a handle is.
var WaitingLength = secret.SealedLength(2 * secret.IDLength)

// Confirm completes what waits, once, within the tries that Try allows. A repeat with the same Idempotency-Key gives
// the same session. Whatever is wrong, unknown, used or too late is one problem.Unauthorised; Complete's other
// errors are passed on.
func (c Confirmation[W]) Confirm(ctx context.Context, caller identity.Caller, given Given) (Session, error) {
	ids, key, ok := c.Keys.Unseal(c.Name, given.Waiting)
	if !ok {
		return Session{}, WrongCode()
	}
	p := identity.Person{Business: ids[:secret.IDLength], User: ids[secret.IDLength:]}
	session, err := c.confirm(ctx, caller, p, key, given)
	if errors.Is(err, table.ErrUsed) { // by the same request, sent twice at one moment
		session, err = c.confirm(ctx, caller, p, key, given)
	}
	if errors.Is(err, table.ErrUsed) || errors.Is(err, table.ErrAbsent) {
		return Session{}, WrongCode()
	}
	return session, err
}

// confirm takes the key of the handle, under which a repeat makes what it made.
func (c Confirmation[W]) confirm(ctx context.Context, caller identity.Caller, p identity.Person, key secret.Key,
	given Given) (Session, error) {
	waiting, err := c.Try(ctx, p)
	if err != nil {
		return Session{}, err
	}
	hash, usedBefore := waiting.Code()
	if !c.Keys.Made(hash, c.codeOf(p, given.Code)...) {
		return Session{}, WrongCode()
	}
	bits := key.Hash("first session", p.Business, p.User, secret.Typed(given.Code), given.Key)
	usedBy := key.Hash("used by", p.Business, p.User, given.Key)
	if usedBefore != "" {
		if !secret.Equal(usedBefore, usedBy) {
			return Session{}, WrongCode()
		}
		return Repeated(ctx, c.Tables, p, bits)
	}
	zone, err := c.Zone(ctx, waiting)
	if err != nil {
		return Session{}, err
	}
	token, now := bearer.Token(p, bits), c.Now()
	user := waiting.User()
	user.OS, user.OSRelease = given.OS, given.OSRelease
	newcomer := table.Newcomer{
		User:    user,
		Address: identity.Email(user.Email).Entries(c.Addresses),
		Session: table.Beginning{Person: p, Hash: secret.Hash(token), Role: user.Role, Consent: user.ConsentVersion,
			RequestedAt: user.ConsentAt, At: now, IP: caller.IP, LoginName: user.Email, Zone: zone},
	}
	if err := c.Complete(ctx, waiting, newcomer, usedBy); err != nil {
		return Session{}, err
	}
	return Session{Token: token, Until: now.Add(Life).Truncate(time.Second), Role: user.Role}, nil
}
