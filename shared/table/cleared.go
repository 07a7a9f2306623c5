package table

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Cleared says that a person took something out of the directory, or changed what they hide or object to. It is kept for
// as long as the directory's backup reaches back, so that a restore repeats it before anyone reads, and holds nothing of
// what was taken out.
type Cleared struct {
	Person identity.Person `dynamo:"-"`
	What   string          `dynamo:"what"` // an attribute of the user, favourites, or colleague#<id>
	// Now is what is hidden or objected to since then; nothing for what was taken out.
	Now []string `dynamo:"now,omitempty"`
}

// favouritesCleared means all of them: which one it was can't be told without keeping it.
const favouritesCleared = "favourites"

func (t *Tables) cleared(c Cleared) (*dynamo.Put, error) {
	return t.put(personKey(privacy.Cleared, c.Person, c.What), privacy.Cleared.Stamp(c, privacy.OneDay.From(t.now())))
}

// runWith runs a change together with the notes of what it clears.
func (t *Tables) runWith(ctx context.Context, change *update, notes []Cleared) error {
	if len(notes) == 0 || change.err != nil {
		return change.run(ctx)
	}
	tx := t.db.WriteTx().Update(change.Update)
	for _, note := range notes {
		put, err := t.cleared(note)
		if err != nil {
			return err
		}
		tx.Put(put)
	}
	return wrap(tx.Run(ctx))
}

// forget deletes an item of a registered person with the note of it. Of somebody who is not registered any more the
// erasure takes the item.
func (t *Tables) forget(ctx context.Context, k key, note Cleared) error {
	put, err := t.cleared(note)
	if err != nil {
		return err
	}
	err = wrap(t.db.WriteTx().Delete(t.remove(k)).Put(put).Check(t.userExists(note.Person)).Run(ctx))
	if errors.Is(err, ErrRefused) {
		return nil
	}
	return err
}

// AllCleared lists the notes about everyone. It reads the whole agenda, at half a read unit for each 4 KB: it is for a
// restore, and no function calls it.
func (t *Tables) AllCleared(ctx context.Context) ([]Cleared, error) {
	prefix := privacy.Cleared.SortPrefix
	var raw []dynamo.Item
	err := t.table(privacy.Agenda).Scan().Filter("begins_with($, ?) AND $ > ?", skName, prefix, ttlName, t.now().Unix()).All(ctx, &raw)
	if err != nil {
		return nil, wrap(err)
	}
	return decodeAll(raw, func(item dynamo.Item) (c Cleared, err error) {
		business, user, _ := strings.Cut(text(item[pkName]), "#u#")
		err = dynamo.UnmarshalItem(item, &c)
		c.Person = identity.Person{Business: business, User: user}
		return c, err
	})
}

// ClearAgain repeats on a restored directory what a note says. A person who is not in it is no error.
func (t *Tables) ClearAgain(ctx context.Context, c Cleared) error {
	if id, ok := strings.CutPrefix(c.What, privacy.Colleague.SortPrefix); ok {
		return wrap(t.remove(colleagueKey(c.Person, id)).Run(ctx))
	}
	if c.What == favouritesCleared {
		favourites, _, err := t.Favourites(ctx, c.Person)
		for _, f := range favourites {
			err = errors.Join(err, wrap(t.remove(favouriteKey(c.Person, f.Spot)).Run(ctx)))
		}
		return err
	}
	if _, declared := privacy.User.Attributes[c.What]; !declared {
		return fmt.Errorf("table: %q is nothing that can be cleared", c.What)
	}
	change := t.update(userKey(c.Person)).when("attribute_exists($)", pkName)
	if c.What == "emergency_officer" {
		change.remove(officerName)
	}
	if len(c.Now) > 0 {
		change.set(c.What, c.Now)
	} else {
		change.remove(c.What)
	}
	if err := change.run(ctx); !errors.Is(err, ErrRefused) {
		return err
	}
	return nil
}

// clears are the notes of a change of a registration: of each item that is cleared, and of what is hidden or objected to.
func clears(p identity.Person, clause privacy.Clause, name string, value any) []Cleared {
	if value == nil {
		return []Cleared{{Person: p, What: name}}
	}
	if clause != "7.shield" && clause != "7.object" {
		return nil
	}
	switch now := value.(type) {
	case []string:
		return []Cleared{{Person: p, What: name, Now: now}}
	case *[]string:
		return []Cleared{{Person: p, What: name, Now: *now}}
	}
	return nil
}
