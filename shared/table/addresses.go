package table

import (
	"context"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A NewAddress waits for the code that was mailed to it.
type NewAddress struct {
	Email string `dynamo:"email"`
	Hash  string `dynamo:"hash"` // keyed, of the code
	Tries int    `dynamo:"tries"`
}

func newAddressKey(p identity.Person) key { return personKey(privacy.NewAddress, p, "") }

// AskAddress stores an address that waits for its code, in place of any other, while the person is registered:
// otherwise ErrRefused.
func (t *Tables) AskAddress(ctx context.Context, p identity.Person, a NewAddress, at time.Time) error {
	put, err := t.put(newAddressKey(p), privacy.NewAddress.Stamp(a, privacy.OneHour.From(at)))
	if err != nil {
		return err
	}
	return t.transaction().Check(t.userExists(p)).Put(put).Run(ctx)
}

// AddressWaiting reads the address that waits, consistently; ErrAbsent when there is none.
func (t *Tables) AddressWaiting(ctx context.Context, p identity.Person) (string, error) {
	var waiting struct {
		Email string `dynamo:"email"`
	}
	err := t.get(ctx, newAddressKey(p), true, &waiting)
	return waiting.Email, err
}

// TryAddress counts a try of its code and gives the address that waits. ErrAbsent as with try.
func (t *Tables) TryAddress(ctx context.Context, p identity.Person) (NewAddress, error) {
	var a NewAddress
	err := t.try(ctx, newAddressKey(p), &a)
	return a, err
}

// ForgetNewAddress removes the address that waits. A repeat does nothing.
func (t *Tables) ForgetNewAddress(ctx context.Context, p identity.Person) error {
	return wrap(t.remove(newAddressKey(p)).Run(ctx))
}

// MoveAddress changes the address by which a person signs in (7.rectify), in one transaction: the new one must be
// nobody's yet, its domain the business account's, and the user's own must still be the old one, otherwise
// ErrRefused. Where only upper and lower case differ the entries are the same, and nothing but the user changes. It
// is noted for a restore.
func (t *Tables) MoveAddress(ctx context.Context, user User, before, address identity.Entries, email,
	domain string) error {
	p := user.Person
	note, err := t.correction(Correction{p, "email", email})
	if err != nil {
		return err
	}
	change := t.update(userKey(p)).set("email", email).when("$ = ?", "email", user.Email)
	tx := t.transaction().Update(change).Put(note).Delete(t.remove(newAddressKey(p))).
		Check(t.check(domainKey(domain)).If("$ = ?", "business", p.Business))
	if before[0] != address[0] {
		t.giveUpAddress(tx, before, p)
		err = t.takeAddress(tx, address, p)
	}
	if err != nil {
		return err
	}
	return tx.Run(ctx)
}
