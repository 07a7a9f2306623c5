// Package identity says who is calling. A Caller is found by the token of a session and handed to every
// use case; every key a use case reaches starts from the caller's business account.
package identity

import (
	"context"
	"slices"
)

// A Role is what a person may do within a business account, or for staff outside of any.
type Role string

// The roles. Each is held by a session, and changed in all sessions of a person at once.
const (
	User          Role = "user"
	Manager       Role = "manager"       // location manager: buildings and statistics
	Administrator Role = "administrator" // customer administrator: also the account itself
	Guest         Role = "guest"
	Invited       Role = "invited" // a guest outside of the permitted days: the rights of art. 7 alone
	Staff         Role = "staff"
	Display       Role = "display" // a screen on a wall, which is no person
)

// A Person is a registration: random ids that say nothing about the human.
type Person struct {
	Business string // id of the business account
	User     string // id of the registration
}

// Operator stands where a customer's business account does for the operator's own staff. It has the form of an id and
// is no account's: those are random.
const Operator = "iotspotoperators"

// A Caller is a person with an open session.
type Caller struct {
	Person
	Role    Role
	Session string // the stored hash of the session's token, or of a guest's pass
	Consent string // version of the statement last consented to
	// Counted: the person's session says that they don't object to searches being counted (7.object). Where it is false
	// their registration tells.
	Counted bool
	// Calendar: the person wants reservations as invitations by mail, which calendars take up (4.f.1).
	Calendar bool

	// Location is the only one that a guest may see and reserve at, or that a display is in; "" for everybody else.
	Location string
	// Floor and Spot are a display's place: a spot, or where that is "" a floor. Its Person is the display itself.
	Floor, Spot string

	// IP is the source address, of public operations only: for rate limits and the last login request (4.e.2).
	IP string
}

// A Claim is what a token says of who bears it. What belongs to that person can be read meanwhile, and nothing is
// answered, counted or written before the claim is proved.
type Claim struct {
	Person
	// Prove finds the caller. A token that opens nothing gives a problem.Unauthorised, and one of somebody for whom the
	// operation is not a problem.NotFound.
	Prove func(context.Context) (Caller, error)
}

// Is reports whether the caller has one of the roles.
func (c Caller) Is(roles ...Role) bool { return slices.Contains(roles, c.Role) }

// At reports whether the caller may see and reserve at a location of their business account.
func (c Caller) At(location string) bool { return c.Location == "" || c.Location == location }

// Subjects, Everyone, Members, Guests, Managers, Administrators, StaffOnly and Displays are the sets of roles that
// operations name.
var (
	Subjects       = []Role{User, Manager, Administrator, Guest, Invited}
	Everyone       = []Role{User, Manager, Administrator, Guest}
	Members        = []Role{User, Manager, Administrator}
	Guests         = []Role{Guest, Invited}
	Managers       = []Role{Manager, Administrator}
	Administrators = []Role{Administrator}
	StaffOnly      = []Role{Staff}
	Displays       = []Role{Display}
)
