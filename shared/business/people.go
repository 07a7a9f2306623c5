package business

import (
	"cmp"
	"context"
	"slices"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/spelling"
	"github.com/iotspot/iotspot/shared/table"
)

// listed is what a list has of somebody: what colleagues see, and nothing of who hides the name or what the list is
// about.
type listed struct {
	Colleague string `json:"colleague"`
	Name      string `json:"name"`
}

func listing(u table.User) listed { return listed{u.Person.User, u.Name} }

func byName(a, b listed) int {
	return cmp.Or(cmp.Compare(spelling.Key(a.Name), spelling.Key(b.Name)), cmp.Compare(a.Colleague, b.Colleague))
}

// A RoleHolder is somebody who manages locations or administers the account.
type RoleHolder struct {
	listed
	Role identity.Role `json:"role"`
}

// RoleHolders are they, by name.
type RoleHolders struct {
	People []RoleHolder `json:"people"`
}

// Roles lists who has a role, as far as they show it.
func (a Accounts) Roles(ctx context.Context, caller identity.Caller, _ struct{}) (RoleHolders, error) {
	list := RoleHolders{People: []RoleHolder{}}
	users, err := a.showing(ctx, caller.Business, "4.d.1", func(m table.Member) bool { return m.ShowsCustomer })
	for _, u := range users {
		if u.Role == identity.Manager || u.Role == identity.Administrator {
			list.People = append(list.People, RoleHolder{listing(u), u.Role})
		}
	}
	slices.SortFunc(list.People, func(a, b RoleHolder) int { return byName(a.listed, b.listed) })
	return list, err
}

// An Officer is somebody who says to be an emergency response officer (4.b.4).
type Officer struct {
	listed
	Confirmed bool `json:"confirmed"`
}

// Officers are they: who waits for a confirmation first, then by name.
type Officers struct {
	Officers []Officer `json:"officers"`
}

// Officers lists who says to be an officer, as far as they show it.
func (a Accounts) Officers(ctx context.Context, caller identity.Caller, _ struct{}) (Officers, error) {
	list := Officers{Officers: []Officer{}}
	users, err := a.showing(ctx, caller.Business, "4.b.4", func(m table.Member) bool { return m.ShowsMore })
	for _, u := range users {
		if u.EmergencyOfficer != nil && *u.EmergencyOfficer {
			list.Officers = append(list.Officers, Officer{listing(u), u.OfficerConfirmed})
		}
	}
	slices.SortFunc(list.Officers, func(a, b Officer) int {
		if a.Confirmed == b.Confirmed {
			return byName(a.listed, b.listed)
		}
		if a.Confirmed {
			return 1
		}
		return -1
	})
	return list, err
}

// showing reads those who show an item beside their name, as they are now. Of whom the roster says that they don't,
// nothing is read.
func (a Accounts) showing(ctx context.Context, business string, item privacy.Clause,
	may func(table.Member) bool) ([]table.User, error) {
	roster, err := a.Tables.Roster(ctx, business)
	if err != nil {
		return nil, table.Unknown(err)
	}
	var ids []string
	for _, m := range roster.Members {
		if may(m) || !roster.Current {
			ids = append(ids, m.Person.User)
		}
	}
	found, err := a.Tables.UsersNow(ctx, business, ids, table.NameItem, "4.d.1", item, "7.shield")
	var users []table.User
	for _, u := range found {
		if u.Shows(table.NameItem) && u.Shows(item) {
			users = append(users, u)
		}
	}
	return users, err
}

// ColleagueRole gives somebody of a list a role.
type ColleagueRole struct {
	Colleague string        `json:"colleague"`
	Role      identity.Role `json:"role"`
}

// NameColleague is Name of a colleague whom the caller sees.
func (a Accounts) NameColleague(ctx context.Context, caller identity.Caller, in ColleagueRole) (struct{}, error) {
	return struct{}{}, a.toSeen(ctx, caller, in.Colleague, func(p identity.Person) error {
		return a.giveRole(ctx, p, in.Role)
	})
}

// ColleagueOfficer says of somebody of a list whether they are an officer.
type ColleagueOfficer struct {
	Colleague string `json:"colleague"`
	Confirmed bool   `json:"confirmed"`
}

// ConfirmColleague is ConfirmOfficer of a colleague whom the caller sees.
func (a Accounts) ConfirmColleague(ctx context.Context, caller identity.Caller,
	in ColleagueOfficer) (struct{}, error) {
	return struct{}{}, a.toSeen(ctx, caller, in.Colleague, func(p identity.Person) error {
		return a.confirmOfficer(ctx, p, in.Confirmed)
	})
}

// toSeen does something to a colleague whom the caller sees: who hides the name, is gone or is of another account is
// unknown.
func (a Accounts) toSeen(ctx context.Context, caller identity.Caller, id string,
	do func(identity.Person) error) error {
	if err := a.counter().CountBy(ctx, limit.Namings, limit.Person(caller.Person), mostNamings); err != nil {
		return err
	}
	p := identity.Person{Business: caller.Business, User: id}
	user, err := a.Tables.User(ctx, p, table.NameItem, "7.shield")
	if err == nil && !user.Shows(table.NameItem) {
		err = table.ErrAbsent
	}
	if err == nil {
		err = do(p)
	}
	return table.Unknown(err)
}
