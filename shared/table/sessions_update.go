package table

import (
	"context"
	"errors"
	"slices"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// counted tells whether searches are counted of who objects to these.
func counted(objections []string) bool {
	return !slices.ContainsFunc(countedUnless, func(word string) bool { return slices.Contains(objections, word) })
}

// countedUnless are the words of which each objects to searches being counted (5.transactions).
var countedUnless = privacy.Objecting("5.transactions")

// UpdateSessions gives all open sessions of a person the role and the consent that their registration has now, and
// whether their searches are counted, and takes the date of use from them when the person objects to it (4.e.1), after
// which none is recorded. Call it after
// the registration was changed: a session that begins meanwhile begins with the new ones.
func (t *Tables) UpdateSessions(ctx context.Context, p identity.Person) error {
	user, err := t.User(ctx, p, "2.consent", "4.d.1", "7.object")
	if errors.Is(err, ErrAbsent) {
		return nil // with the registration its sessions end
	}
	if err != nil {
		return err
	}
	sessions, err := t.Sessions(ctx, p)
	for _, s := range sessions {
		objects, counted := user.ObjectsTo(useItem), counted(user.Objections)
		if s.Role == user.Role && s.Consent == user.ConsentVersion && s.NoUse == objects && s.Counted == counted {
			continue
		}
		change := t.update(sessionKey(p, s.Hash)).set("role", user.Role).set("consent", user.ConsentVersion).
			when("attribute_exists($)", pkName)
		if objects {
			change.set(noUseName, true).remove("used")
		} else {
			change.remove(noUseName)
		}
		if counted {
			change.set(countedName, true)
		} else {
			change.remove(countedName)
		}
		if ended := change.run(ctx); !errors.Is(ended, ErrRefused) {
			err = errors.Join(err, ended)
		}
	}
	return err
}
