package table

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A User is a registration: what the person gave of art. 4.a, 4.b and 4.d.
type User struct {
	Person identity.Person `dynamo:"-"`

	Business string        `dynamo:"business"`
	MemberOf string        `dynamo:"member_of"` // see MembersIndex; the table sets it
	Role     identity.Role `dynamo:"role"`
	Name     string        `dynamo:"name"`
	Email    string        `dynamo:"email"`
	Language string        `dynamo:"language"`

	privacy.Optional
	OfficerConfirmed bool   `dynamo:"officer_confirmed,omitempty"` // by the customer's administrator
	Photo            string `dynamo:"photo,omitempty"`             // says only that there is one, and which
	OS               string `dynamo:"os,omitempty"`
	OSRelease        string `dynamo:"os_release,omitempty"`

	Reminders bool `dynamo:"reminders,omitempty"` // wants to be mailed the day before
	// CalendarMails: wants reservations as invitations by mail, which calendars take up
	CalendarMails bool `dynamo:"calendar_mails,omitempty"`
	// NameAtRoom: lets the display of a room that they have reserved show their name
	NameAtRoom bool `dynamo:"name_at_room,omitempty"`

	Shield     []string `dynamo:"shield,omitempty"`
	Objections []string `dynamo:"objections,omitempty"`

	ToldVersion     string    `dynamo:"told_version,omitempty"` // of the statement, by mail (13.versions)
	ConsentVersion  string    `dynamo:"consent_version"`
	ConsentLanguage string    `dynamo:"consent_language"`
	ConsentAt       time.Time `dynamo:"consent_at"`
}

// ObjectsTo tells whether the person objects to an item, named by its clause, or to a purpose (7.object).
func (u User) ObjectsTo(what string) bool { return slices.Contains(u.Objections, what) }

type addressRow struct {
	Business string `dynamo:"business"`
	User     string `dynamo:"user"`
}

func userKey(p identity.Person) key  { return personKey(privacy.User, p, "") }
func addressKey(hash string) key     { return soleKey(privacy.Address, hash) }
func accountKey(business string) key { return businessKey(privacy.Account, business, "") }
func (t *Tables) userExists(p identity.Person) *dynamo.ConditionCheck {
	return t.check(userKey(p)).IfExists()
}
func (t *Tables) accountExists(business string) *dynamo.ConditionCheck {
	return t.check(accountKey(business)).IfExists()
}

// User reads a registration, with every write that was answered before: of it the kinds that the caller has a purpose
// for (5.purpose), or without any all. ErrAbsent when there is none.
func (t *Tables) User(ctx context.Context, p identity.Person, kinds ...privacy.Clause) (User, error) {
	var user User
	if err := t.get(ctx, userKey(p), true, &user, kinds...); err != nil {
		return User{}, err
	}
	user.Person = p
	return user, nil
}

// PersonAt finds who signs in with an address. ErrAbsent when nobody does.
func (t *Tables) PersonAt(ctx context.Context, address identity.Entries) (identity.Person, error) {
	if len(address) > 1 {
		address = append(slices.Clone(address), address[0]) // to which it may be moved between two reads
	}
	row, err := addressRow{}, error(ErrAbsent)
	for i := 0; i < len(address) && errors.Is(err, ErrAbsent); i++ {
		err = t.get(ctx, addressKey(address[i]), true, &row)
	}
	return identity.Person{Business: row.Business, User: row.User}, err
}

// Used reports whether anything was ever stored about anybody, as far as it is still there.
func (t *Tables) Used(ctx context.Context) (bool, error) {
	for _, store := range []privacy.Store{privacy.Directory, privacy.Agenda} {
		count, err := t.table(store).Scan().RequestLimit(1).Limit(1).Count(ctx)
		if err != nil || count > 0 {
			return count > 0, wrap(err)
		}
	}
	return false, nil
}

// takeAddress adds that an address, nobody's until then, leads to a person.
func (t *Tables) takeAddress(tx *transaction, address identity.Entries, p identity.Person) error {
	put, err := t.put(addressKey(address[0]), privacy.Address.Stamp(addressRow{p.Business, p.User},
		privacy.WhileAccount.Open()))
	if err != nil {
		return err
	}
	tx.Put(put.If("attribute_not_exists($)", pkName))
	for _, other := range address[1:] {
		tx.Check(t.check(addressKey(other)).IfNotExists())
	}
	return nil
}

// giveUpAddress adds that an address leads to a person no longer, if it did. An entry that is somebody else's refuses
// the transaction, as a part of the entry's name.
func (t *Tables) giveUpAddress(tx *transaction, address identity.Entries, p identity.Person) {
	for _, entry := range address {
		theirs := t.remove(addressKey(entry)).If("attribute_not_exists($) OR $ = ?", pkName, "user", p.User)
		tx.Delete(theirs).as(entry)
	}
}

// RenewAddress writes a person's address under the first of its entries, in one transaction, while it is as given and
// stands under another. A repeat does nothing, as does one for somebody who has left or moved since.
func (t *Tables) RenewAddress(ctx context.Context, user User, address identity.Entries) error {
	for _, old := range address[1:] {
		tx := t.transaction().Check(t.check(userKey(user.Person)).If("$ = ?", "email", user.Email)).
			Delete(t.remove(addressKey(old)).If("$ = ?", "user", user.Person.User))
		if err := t.takeAddress(tx, address[:1], user.Person); err != nil {
			return err
		}
		if err := ignoreRefused(tx.Run(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// ChangeUser gives items of a registration another value (a string, a bool or a []string); nil clears it. Each is
// named by its clause, or by its attribute where the clause has several. ErrAbsent when the person is not registered
// any more: a late change brings nobody back. With forgetDevice the device's system goes too. Each is noted for a
// restore, see Correction. With an objection to the device's system (4.d.5) or the last login request (4.e.2), what
// was recorded of it goes in the same transaction, and none is recorded after it. Other objections than before count
// as a request that was handled.
func (t *Tables) ChangeUser(ctx context.Context, p identity.Person, changes map[privacy.Clause]any,
	forgetDevice bool) error {
	values := map[string]any{}
	objections, _ := changes["7.object"].([]string)
	if forgetDevice || slices.Contains(objections, deviceItem) {
		values["os"], values["os_release"] = nil, nil
	}
	if officer, given := changes["4.b.4"]; given && officer != true {
		values[officerName] = nil // so that the customer's confirmation does not come back by itself
	}
	for clause, value := range changes {
		name, err := soleAttribute(privacy.User, clause)
		if err != nil {
			return err
		}
		values[name] = value
	}
	var gone []key
	if slices.Contains(objections, loginItem) {
		gone = append(gone, loginKey(p))
	}
	if len(objections) > 0 {
		return t.correctFor(ctx, p, Objections, "objections", values, gone...)
	}
	return t.correct(ctx, p, values, gone...)
}

// SetPhoto notes which photo a person has, "" for none. ErrAbsent as with ChangeUser.
func (t *Tables) SetPhoto(ctx context.Context, p identity.Person, mark string) error {
	if mark == "" {
		return t.correct(ctx, p, map[string]any{"photo": nil})
	}
	return t.correct(ctx, p, map[string]any{"photo": mark})
}

// soleAttribute is the one attribute that holds the clause, or that is named.
func soleAttribute(item privacy.Item, clause privacy.Clause) (string, error) {
	if _, named := item.Attributes[string(clause)]; named {
		return string(clause), nil
	}
	found := ""
	for name, of := range item.Attributes {
		if of == clause {
			if found != "" {
				return "", fmt.Errorf("table: more than one attribute of %s holds %s", item.Name, clause)
			}
			found = name
		}
	}
	if found == "" {
		return "", fmt.Errorf("table: no attribute of %s holds %s", item.Name, clause)
	}
	return found, nil
}

func absentWhenRefused(err error) error {
	if errors.Is(err, ErrRefused) {
		return ErrAbsent
	}
	return err
}

// Consented records consent to a version of the statement (2.consent, 13.versions); that the person was told of one
// goes. A repeat does so again, and counts as no other consent. ErrAbsent as with ChangeUser. The sessions are told
// by UpdateSessions.
func (t *Tables) Consented(ctx context.Context, p identity.Person, version, language string, at time.Time) error {
	return t.correctFor(ctx, p, Consents, "consent_version", map[string]any{"consent_version": version,
		"consent_language": language, "consent_at": at, "told_version": nil, "telling_at": nil})
}

// Unregister takes a registration out of the directory in one transaction: the user, the address by which they sign
// in, and one of the account's number of users (3.i), each once and in any order with other changes. The user given
// must be as stored: ErrRefused means that the e-mail address changed meanwhile, so read again. A repeat does nothing
// and succeeds. What the person's partitions hold beside it is the erasure's.
func (t *Tables) Unregister(ctx context.Context, user User, address identity.Entries) error {
	p, all := user.Person, t.unregister(user)
	t.giveUpAddress(all, address, p)
	t.unlistIn(all.Update(t.countLeaving(user)).as(countPart), p)
	err := all.Run(ctx)
	if !errors.Is(err, ErrRefused) {
		return err
	}
	if refusedAt(err, userPart) {
		_, err := t.User(ctx, p)
		if errors.Is(err, ErrAbsent) {
			return nil
		}
		return errors.Join(ErrRefused, err)
	}
	// What is left out is somebody else's by now, the address, or went with the contract, the whole account.
	rest := t.unregister(user)
	t.giveUpAddress(rest, slices.DeleteFunc(slices.Clone(address), func(entry string) bool {
		return refusedAt(err, entry)
	}), p)
	if !refusedAt(err, countPart) {
		t.unlistIn(rest.Update(t.countLeaving(user)), p)
	}
	return rest.Run(ctx)
}

func (t *Tables) unregister(user User) *transaction {
	return t.transaction().Delete(t.remove(userKey(user.Person)).If("$ = ?", "email", user.Email)).as(userPart)
}

// countLeaving is one user less, and one administrator less where the user is one.
func (t *Tables) countLeaving(user User) *update {
	count := t.countUsers(user.Person.Business, -1)
	if by := administrators(user.Role); by > 0 {
		count.add("administrators", -by)
	}
	return count
}

// countUsers keeps 3.i right: it is part of the transaction that adds or removes the user, and their entry in the
// roster.
func (t *Tables) countUsers(business string, by int) *update {
	return t.countListed(business).add("users", by)
}
