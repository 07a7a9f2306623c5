package table

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// An Account is a customer's business account (art. 3).
type Account struct {
	LegalName string     `dynamo:"legal_name"` // 3.a
	Addresses []string   `dynamo:"addresses"`  // 3.b
	Domains   []string   `dynamo:"domains"`    // 3.d, in lower case and order: claims, see ProvedDomains
	Invoice   Invoice    `dynamo:"invoice"`    // 3.j
	Zone      civil.Zone `dynamo:"zone"`       // of days that belong to no location

	Users int `dynamo:"users"` // 3.i: changed in the same transactions as the users
	// Listed counts the changes of the account's roster, in the same transactions as these.
	Listed int64 `dynamo:"listed"`
	// Administrators never gets to 0 while the account exists: that is a condition of the transactions that lower it.
	Administrators int       `dynamo:"administrators"`
	OpenedAt       time.Time `dynamo:"opened_at"`
}

// Invoice is the required invoice data (3.j).
type Invoice struct {
	Name      string `dynamo:"name"`
	Address   string `dynamo:"address"`
	Email     string `dynamo:"email"`
	VATNumber string `dynamo:"vat_number,omitempty"`
	Reference string `dynamo:"reference,omitempty"`
}

// An Opening waits for its code in the partition that will be the first administrator's. When it is confirmed only
// what recognises a repeat stays of it, until the same deadline.
type Opening struct {
	Person identity.Person `dynamo:"-"`

	Account        *Account  `dynamo:"account,omitempty"`
	Name           string    `dynamo:"name,omitempty"`
	Email          string    `dynamo:"email,omitempty"`
	Language       string    `dynamo:"language,omitempty"` // of the consent too
	ConsentVersion string    `dynamo:"consent_version,omitempty"`
	AskedAt        time.Time `dynamo:"consent_at"`

	Hash   string `dynamo:"hash"` // keyed, of the code
	Tries  int    `dynamo:"tries"`
	UsedBy string `dynamo:"used_by,omitempty"`
}

// Code is the keyed hash of the code, and of the request by which it was used, if it was.
func (o Opening) Code() (hash, usedBy string) { return o.Hash, o.UsedBy }

// User is the first administrator to be.
func (o Opening) User() User {
	return User{Person: o.Person, Business: o.Person.Business, Role: identity.Administrator, Name: o.Name,
		Email: o.Email, Language: o.Language,
		ConsentVersion: o.ConsentVersion, ConsentLanguage: o.Language, ConsentAt: o.AskedAt}
}

// ErrLastAdministrator refuses what would leave an account without one.
var ErrLastAdministrator = errors.New("table: the last administrator")

func openingKey(p identity.Person) key { return personKey(privacy.Opening, p, "") }

// AskOpening stores a business account that waits for its code, to be found from its address too, and gives
// the moment since which it waits. The same again is the same write.
func (t *Tables) AskOpening(ctx context.Context, o Opening, address identity.Entries) (time.Time, error) {
	return t.await(ctx, openingKey(o.Person), o.Person, address, o, o.AskedAt)
}

// TryOpening counts a try of its code and gives the opening. ErrAbsent when there is none, it is past its deadline,
// or its tries are used up.
func (t *Tables) TryOpening(ctx context.Context, p identity.Person) (Opening, error) {
	var o Opening
	err := t.try(ctx, openingKey(p), &o)
	o.Person = p
	return o, err
}

// OpenAccount makes a waiting opening a business account in one transaction: the account with one user (3.i) and its
// first administrator with a session. Its domains are claims until each is proved (3.d). What waited is emptied and
// marked as used by the key given.
//
// It gives ErrUsed or ErrKnown, and then nothing was written.
func (t *Tables) OpenAccount(ctx context.Context, o Opening, n Newcomer, at time.Time, usedBy string) error {
	account := *o.Account
	account.Users, account.Listed, account.Administrators, account.OpenedAt = 1, 1, 1, at
	used := t.update(openingKey(o.Person)).set("used_by", usedBy).set("tries", 0).
		remove("account").remove("name").remove("email").remove("language").remove("consent_version").
		when("$ = ? AND attribute_not_exists($)", "hash", o.Hash, "used_by")
	put, err := t.put(accountKey(o.Person.Business), privacy.Account.Stamp(account, privacy.UnderContract.Open()))
	if err != nil {
		return err
	}
	tx := t.transaction().Update(used).as(openingPart).
		Check(t.check(endedKey(o.Person.Business)).IfNotExists()).as(endedPart).
		Put(put.If("attribute_not_exists($)", pkName))
	tx.Update(t.handled(o.Person.Business, Consents, at, 0))
	if err := t.welcome(tx, n); err != nil {
		return err
	}
	err = tx.Run(ctx)
	switch {
	case refusedAt(err, openingPart, endedPart):
		return ErrUsed
	case errors.Is(err, ErrRefused):
		return ErrKnown
	}
	return err
}

// Account reads a business account consistently. ErrAbsent when there is none.
func (t *Tables) Account(ctx context.Context, business string) (Account, error) {
	return one(ctx, t, accountKey(business), true, Account{})
}

// AccountZone is the zone of days that belong to no location, eventually consistent; ErrAbsent when there is no such
// account.
func (t *Tables) AccountZone(ctx context.Context, business string) (civil.Zone, error) {
	return t.accountZone(ctx, business, false)
}

// AccountZoneNow is AccountZone with every write that was answered before: the contract stands.
func (t *Tables) AccountZoneNow(ctx context.Context, business string) (civil.Zone, error) {
	return t.accountZone(ctx, business, true)
}

func (t *Tables) accountZone(ctx context.Context, business string, consistent bool) (civil.Zone, error) {
	var account struct {
		Zone civil.Zone `dynamo:"zone"`
	}
	err := t.get(ctx, accountKey(business), consistent, &account)
	return account.Zone, err
}

// ChangeAccount writes an account's name, addresses, domains, invoice data and zone; its counts stay. New domains are
// claims; of those that it gives up the proofs go in the same transaction. ErrChanged when the domains are no longer
// as the account read says, or one was proved meanwhile.
func (t *Tables) ChangeAccount(ctx context.Context, business string, read, to Account) error {
	u := t.update(accountKey(business)).
		set("legal_name", to.LegalName).set("addresses", to.Addresses).set("domains", to.Domains).
		set("invoice", to.Invoice).set("zone", to.Zone).
		when("$ = ?", "domains", read.Domains)
	tx := t.transaction().Update(u)
	if err := t.giveUpDomains(ctx, tx, business, minus(read.Domains, to.Domains)); err != nil {
		return err
	}
	err := tx.Run(ctx)
	if errors.Is(err, ErrRefused) {
		return ErrChanged
	}
	return err
}

// ChangeRole gives a user another role. That one administrator stays is a condition of the same transaction:
// ErrLastAdministrator. ErrChanged when the user's role is no longer as read. The sessions are told by
// UpdateSessions.
func (t *Tables) ChangeRole(ctx context.Context, user User, to identity.Role) error {
	u := t.update(userKey(user.Person)).set("role", to).when("$ = ?", "role", user.Role)
	tx := t.transaction().Update(u).as(userPart)
	if by := administrators(to) - administrators(user.Role); by != 0 {
		count := t.update(accountKey(user.Person.Business)).add("administrators", by).
			when("attribute_exists($)", pkName)
		if by < 0 {
			count.when("$ > ?", "administrators", 1)
		}
		tx.Update(count)
	}
	err := tx.Run(ctx)
	switch {
	case refusedAt(err, userPart):
		return ErrChanged
	case errors.Is(err, ErrRefused):
		return ErrLastAdministrator
	}
	return err
}

func administrators(role identity.Role) int {
	if role == identity.Administrator {
		return 1
	}
	return 0
}
