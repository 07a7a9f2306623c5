package table

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Correction is an item of a registration as its person left it: given another value, hidden, objected to, or taken
// out. The directory's backup still knows what was there before, so a restore repeats the correction before anyone
// reads. It holds what is there now and nothing of what was, and is kept for the day that the backup reaches back and
// another one for the restore itself.
type Correction struct {
	Person identity.Person `dynamo:"-"`
	What   string          `dynamo:"what"` // an attribute of the user, favourites, or colleague#<id>
	Now    any             `dynamo:"now"`  // nil for what was taken out
}

// favouritesRemoved means all of them: which one it was can't be told without keeping it.
const favouritesRemoved = "favourites"

func (t *Tables) correction(c Correction) (*dynamo.Put, error) {
	return t.put(personKey(privacy.Correction, c.Person, c.What),
		privacy.Correction.Stamp(c, privacy.TwoDays.From(t.now())))
}

// correct gives attributes of a registration another value, nil takes one away, and notes each for a restore; what
// goes with it is deleted. ErrAbsent when the person is not registered any more: a late change brings nobody back.
func (t *Tables) correct(ctx context.Context, p identity.Person, values map[string]any, gone ...key) error {
	return t.correctWith(ctx, t.transaction(), t.update(userKey(p)).when("attribute_exists($)", pkName), p, values,
		gone)
}

// correctFor is correct for what somebody asked for under the statement. It counts as handled where the attribute
// that is named gets another value than it had.
func (t *Tables) correctFor(ctx context.Context, p identity.Person, what Request, attribute string,
	values map[string]any, gone ...key) error {
	count := t.handled(p.Business, what, t.now(), 0)
	other := t.update(userKey(p)).when("attribute_exists($) AND (attribute_not_exists($) OR $ <> ?)", pkName,
		attribute, attribute, values[attribute])
	err := t.correctWith(ctx, t.transaction().Update(count), other, p, values, gone)
	if errors.Is(err, ErrAbsent) { // or it has that value already
		return t.correct(ctx, p, values, gone...)
	}
	return err
}

func (t *Tables) correctWith(ctx context.Context, tx *transaction, change *update, p identity.Person,
	values map[string]any, gone []key) error {
	for name, value := range values {
		put, err := t.correction(Correction{p, name, value})
		if err != nil {
			return err
		}
		change.assign(name, value)
		tx.Put(put)
	}
	for _, k := range gone {
		tx.Delete(t.remove(k))
	}
	t.listAlong(tx, p, values)
	return absentWhenRefused(tx.Update(change).Run(ctx))
}

// assign sets an attribute; nil takes it away.
func (u *update) assign(name string, value any) *update {
	if value == nil {
		return u.remove(name)
	}
	return u.set(name, value)
}

// forget deletes an item of a registered person with the note of it. Of somebody who is not registered any more the
// erasure takes the item.
func (t *Tables) forget(ctx context.Context, k key, note Correction) error {
	put, err := t.correction(note)
	if err != nil {
		return err
	}
	err = t.transaction().Delete(t.remove(k)).Put(put).Check(t.userExists(note.Person)).Run(ctx)
	if errors.Is(err, ErrRefused) {
		return nil
	}
	return err
}

// Corrections lists those of everyone; that somebody signed in since means that the device in the backup is not
// theirs any more (4.d.5). It reads the whole agenda, at half a read unit for each 4 KB: it is for a restore, and no
// function calls it.
func (t *Tables) Corrections(ctx context.Context) ([]Correction, error) {
	var raw []dynamo.Item
	err := t.table(privacy.Agenda).Scan().Filter("(begins_with($, ?) OR $ = ?) AND $ > ?",
		skName, privacy.Correction.SortPrefix, skName, privacy.Login.SortPrefix, ttlName, t.now().Unix()).All(ctx,
		&raw)
	if err != nil {
		return nil, wrap(err)
	}
	var all []Correction
	for _, item := range raw {
		p := personOf(text(item[pkName]))
		if text(item[skName]) == privacy.Login.SortPrefix {
			var login Login
			err = dynamo.UnmarshalItem(item, &login)
			if login.LoggedInAt != nil && t.now().Sub(*login.LoggedInAt) < corrected {
				all = append(all, Correction{Person: p, What: "os"}, Correction{Person: p, What: "os_release"})
			}
		} else {
			c := Correction{Person: p}
			err = dynamo.UnmarshalItem(item, &c)
			all = append(all, c)
		}
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// corrected is how far back corrections are known.
const corrected = 48 * time.Hour

// CorrectAgain repeats a correction on a restored directory. A person who is not in it is no error. The entries of an
// e-mail address are those by which its person signs in. It can be repeated, and end anywhere.
func (t *Tables) CorrectAgain(ctx context.Context, c Correction, entries func(email string) identity.Entries) error {
	if id, ok := strings.CutPrefix(c.What, privacy.Colleague.SortPrefix); ok {
		return wrap(t.remove(colleagueKey(c.Person, id)).Run(ctx))
	}
	if c.What == favouritesRemoved {
		favourites, _, err := t.Favourites(ctx, c.Person)
		for _, f := range favourites {
			err = errors.Join(err, wrap(t.remove(favouriteKey(c.Person, f.Spot)).Run(ctx)))
		}
		return err
	}
	if email, ok := c.Now.(string); ok && c.What == "email" {
		return t.moveAgain(ctx, c.Person, email, entries)
	}
	if _, declared := privacy.User.Attributes[c.What]; !declared {
		return fmt.Errorf("table: %q is nothing that can be corrected", c.What)
	}
	change := t.update(userKey(c.Person)).when("attribute_exists($)", pkName).assign(c.What, c.Now)
	tx := t.transaction().Update(change)
	t.listAlong(tx, c.Person, map[string]any{c.What: c.Now})
	return ignoreRefused(tx.Run(ctx))
}

// moveAgain gives a person the address by which they sign in since the backup. The one before leads to nobody, unless
// it is somebody else's by now; it goes first, since only the user tells which it was.
func (t *Tables) moveAgain(ctx context.Context, p identity.Person, email string,
	entries func(string) identity.Entries) error {
	user, err := t.User(ctx, p)
	if errors.Is(err, ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	if before := entries(user.Email); before[0] != entries(email)[0] {
		for _, old := range before {
			err = errors.Join(err, ignoreRefused(wrap(t.remove(addressKey(old)).If("attribute_not_exists($) OR $ = ?",
				pkName, "user", p.User).Run(ctx))))
		}
	}
	if err != nil {
		return err
	}
	address, err := t.put(addressKey(entries(email)[0]), privacy.Address.Stamp(addressRow{p.Business, p.User},
		privacy.WhileAccount.Open()))
	if err != nil {
		return err
	}
	change := t.update(userKey(p)).when("attribute_exists($)", pkName).set("email", email)
	return ignoreRefused(t.transaction().Put(address).Update(change).Run(ctx))
}

func ignoreRefused(err error) error {
	if errors.Is(err, ErrRefused) {
		return nil
	}
	return err
}
