package table

import (
	"context"
	"errors"
	"slices"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// counted tells whether the searches of a person who objects to these are counted.
func counted(objections []string) bool {
	return !slices.ContainsFunc(countedUnless, func(word string) bool { return slices.Contains(objections, word) })
}

// countedUnless are the words that each object to searches being counted (5.transactions).
var countedUnless = privacy.Objecting("5.transactions")

// UpdateSessions gives all open sessions of a person the role, the consent and the wish for calendar mails that their
// registration has now, and whether their searches are counted; from those of a person who objects to it (4.e.1) it
// takes the date of use, and none is recorded any more. Call it after the registration was changed: a session that
// begins meanwhile begins with the new ones.
func (t *Tables) UpdateSessions(ctx context.Context, p identity.Person) error {
	user, err := t.User(ctx, p, "2.consent", "4.d.1", "4.f.1", "7.object")
	if errors.Is(err, ErrAbsent) {
		return nil // with the registration its sessions end
	}
	if err != nil {
		return err
	}
	sessions, err := t.Sessions(ctx, p)
	if err != nil {
		return err
	}
	objects, counts := user.ObjectsTo(useItem), counted(user.Objections)
	for _, s := range sessions {
		if s.Role == user.Role && s.Consent == user.ConsentVersion && s.NoUse == objects && s.Counted == counts &&
			s.Calendar == user.CalendarMails {
			continue
		}
		change := t.update(sessionKey(p, s.Hash)).set("role", user.Role).set("consent", user.ConsentVersion).
			when("attribute_exists($)", pkName)
		change.mark(noUseName, objects).mark(countedName, counts).mark(calendarName, user.CalendarMails)
		if objects {
			change.remove("used")
		}
		if ended := change.run(ctx); !errors.Is(ended, ErrRefused) {
			err = errors.Join(err, ended)
		}
	}
	return err
}

// mark makes an attribute true where something is so, and takes it away where it is not.
func (u *update) mark(name string, so bool) *update {
	if so {
		return u.set(name, true)
	}
	return u.remove(name)
}
