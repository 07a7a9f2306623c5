package table

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Registration waits in the partition that will be the person's, for its code to be given. When it is confirmed
// only what recognises a repeat stays of it, until the same deadline.
type Registration struct {
	Person identity.Person `dynamo:"-"`

	MemberOf        string    `dynamo:"member_of,omitempty"` // see MembersIndex; the table sets it
	Name            string    `dynamo:"name,omitempty"`
	Email           string    `dynamo:"email,omitempty"`
	Language        string    `dynamo:"language,omitempty"`
	ConsentVersion  string    `dynamo:"consent_version,omitempty"`
	ConsentLanguage string    `dynamo:"consent_language,omitempty"`
	AskedAt         time.Time `dynamo:"consent_at"` // consent is given with the request

	Hash   string `dynamo:"hash"` // keyed, of the code
	Tries  int    `dynamo:"tries"`
	UsedBy string `dynamo:"used_by,omitempty"` // keyed hash of the Idempotency-Key with which it was confirmed
}

// Code is the keyed hash of the code, and of the request by which it was used, if it was.
func (r Registration) Code() (hash, usedBy string) { return r.Hash, r.UsedBy }

// User is the person to be.
func (r Registration) User() User {
	return User{Person: r.Person, Business: r.Person.Business, Role: identity.User, Name: r.Name, Email: r.Email,
		Language:       r.Language,
		ConsentVersion: r.ConsentVersion, ConsentLanguage: r.ConsentLanguage, ConsentAt: r.AskedAt}
}

// Refusals of a confirmation.
var (
	ErrUsed     = errors.New("table: the code was used already")
	ErrKnown    = errors.New("table: the address or the registration exists already")
	ErrErased   = errors.New("table: a registration of this id was erased within a day")
	ErrNoAccess = errors.New("table: the business account or its domain does not give access any more")
)

func registrationKey(p identity.Person) key { return personKey(privacy.Registration, p, "") }

// AskRegistration stores a registration that waits for its code, to be found from its address too, and gives the
// moment since which it waits. The same again is the same write.
func (t *Tables) AskRegistration(ctx context.Context, r Registration, address identity.Entries) (time.Time, error) {
	r.MemberOf = MemberOf(r.Person)
	return t.await(ctx, registrationKey(r.Person), r.Person, address, r, r.AskedAt)
}

// Registration reads one that waits, or what is left of it, consistently; ErrAbsent when there is none.
func (t *Tables) Registration(ctx context.Context, p identity.Person) (Registration, error) {
	return one(ctx, t, registrationKey(p), true, Registration{Person: p})
}

// TryRegistration counts a try of its code and gives the registration. ErrAbsent as with try.
func (t *Tables) TryRegistration(ctx context.Context, p identity.Person) (Registration, error) {
	var r Registration
	err := t.try(ctx, registrationKey(p), &r)
	r.Person = p
	return r, err
}

// A Newcomer is a person whose registration is complete, with the session that begins with it.
type Newcomer struct {
	User    User
	Address identity.Entries
	Session Beginning
}

// welcome adds the items of a new person: user and address, neither of which may exist, the entry in the roster, and
// those of the session.
func (t *Tables) welcome(tx *transaction, n Newcomer) error {
	p := n.User.Person
	n.User.MemberOf = MemberOf(p)
	user, err := t.put(userKey(p), privacy.User.Stamp(n.User, privacy.WhileAccount.Open()))
	if err != nil {
		return err
	}
	tx.Put(user.If("attribute_not_exists($)", pkName))
	t.listIn(tx, p, map[string]any{"name": n.User.Name})
	if err := t.takeAddress(tx, n.Address, p); err != nil {
		return err
	}
	return t.begin(tx, n.Session)
}

// Confirm makes a waiting registration a user, in one transaction: the user, the address, the session, and one more
// of the account's number of users (3.i). What waited is emptied and marked as used by the key given.
//
// It gives ErrUsed, ErrKnown, ErrErased or ErrNoAccess, and then nothing was written.
func (t *Tables) Confirm(ctx context.Context, r Registration, n Newcomer, domain, usedBy string) error {
	p := n.User.Person
	used := t.update(registrationKey(p)).set("used_by", usedBy).set("tries", 0).
		remove(MemberKey).remove("name").remove("email").remove("language").
		remove("consent_version").remove("consent_language").
		when("$ = ? AND attribute_not_exists($)", "hash", r.Hash, "used_by")
	count, consent := t.countUsers(p.Business, 1), t.handled(p.Business, Consents, t.now(), 0)
	// what a restore would erase again
	erased := key{privacy.Erased, "erased", privacy.Erased.SortPrefix + p.Business + "#" + p.User}
	tx := t.transaction().
		Update(used).as(registrationPart).
		Update(count).as(accountPart).
		Update(consent).
		Check(t.check(domainKey(domain)).If("$ = ?", "business", p.Business)).as(domainPart).
		Check(t.check(erased).IfNotExists()).as(erasedPart)
	if err := t.welcome(tx, n); err != nil {
		return err
	}
	err := tx.Run(ctx)
	switch {
	case refusedAt(err, registrationPart):
		return ErrUsed
	case refusedAt(err, accountPart, domainPart):
		return ErrNoAccess
	case refusedAt(err, erasedPart):
		return ErrErased
	case errors.Is(err, ErrRefused):
		return ErrKnown
	}
	return err
}
