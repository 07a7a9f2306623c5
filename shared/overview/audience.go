package overview

import (
	"slices"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// An audience is whose overview it is: of what is kept of others only, they read nothing, not even that it is empty.
type audience int

const (
	ofUser audience = iota
	ofGuest
	ofStaff
)

func whose(p identity.Person, user table.User) audience {
	switch {
	case p.Business == identity.Operator:
		return ofStaff
	case user.Email == "":
		return ofGuest
	}
	return ofUser
}

var (
	staffsOnly   = []privacy.Clause{"6.staff"}
	guestsOnly   = []privacy.Clause{"s.pass"}
	keptOfStaff  = []privacy.Clause{"4.f.5", "6.staff", "s.session", "s.code", "s.confirmation", "s.attempts"}
	keptOfGuests = []privacy.Clause{"2.consent", "4.d.1", "4.d.2", "4.d.3", "4.d.4", "5.transactions", "11.cookies",
		"5.disclosure", "6.confidential", "4.language", "7.shield", "7.object", "s.pass", "s.attempts", "s.cancelled",
		"s.erasure"}
)

// has tells whether a kind can be kept of these people.
func (a audience) has(clause privacy.Clause) bool {
	switch a {
	case ofStaff:
		return slices.Contains(keptOfStaff, clause)
	case ofGuest:
		return slices.Contains(keptOfGuests, clause)
	}
	return !slices.Contains(staffsOnly, clause) && !slices.Contains(guestsOnly, clause)
}
