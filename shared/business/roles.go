package business

import (
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// mostNamings is how often in an hour an administrator can name people.
const mostNamings = 200

// RoleInput names a registered colleague and their role.
type RoleInput struct {
	Email string        `json:"email"`
	Role  identity.Role `json:"role"`
}

// Named is the answer: the role, and nothing of the person.
type Named struct {
	Role identity.Role `json:"role"`
}

// Name gives a registered colleague a role, in all of their sessions at once, and mails them that it is so. Of an
// address that nobody has, or somebody of another account, the answer is the same, as late. The last administrator
// can't be made anything else: that is who asks, so it tells nothing of anybody.
func (a Accounts) Name(ctx context.Context, caller identity.Caller, in RoleInput) (Named, error) {
	return Named{Role: in.Role}, a.toColleague(ctx, caller, in.Email, func(p identity.Person) error {
		return a.giveRole(ctx, p, in.Role)
	})
}

func (a Accounts) giveRole(ctx context.Context, p identity.Person, role identity.Role) error {
	err := table.Retry(func() error { return a.name(ctx, p, role) })
	if errors.Is(err, table.ErrLastAdministrator) {
		return problem.New(problem.Conflict, "this is the last administrator: name another one first")
	}
	if err != nil {
		return err
	}
	return errors.Join(a.Tables.UpdateSessions(ctx, p), a.tell(ctx, p, roleMails[role]))
}

// toColleague does something to the person who signs in to the caller's account with an address, if anybody does:
// nobody learns which.
func (a Accounts) toColleague(ctx context.Context, caller identity.Caller, address string,
	do func(identity.Person) error) error {
	return a.toAddress(ctx, caller, address, func(p identity.Person) error {
		if p == (identity.Person{}) {
			return nil
		}
		return do(p)
	})
}

// toAddress is toColleague that does something where nobody has the address, too: to the zero Person.
func (a Accounts) toAddress(ctx context.Context, caller identity.Caller, address string,
	do func(identity.Person) error) error {
	email, err := identity.EmailAt("/email", address)
	if err != nil {
		return err
	}
	if err := a.counter().CountBy(ctx, limit.Namings, limit.Person(caller.Person), mostNamings); err != nil {
		return err
	}
	return signin.AtPace(ctx, a.Pace, a.Now, func() error {
		p, err := a.Tables.PersonAt(ctx, email.Entries(a.Keys[secret.Addresses]))
		if errors.Is(err, table.ErrAbsent) || err == nil && p.Business != caller.Business {
			p, err = identity.Person{}, nil
		}
		if err == nil {
			err = do(p)
		}
		if errors.Is(err, table.ErrAbsent) || errors.Is(err, table.ErrGone) {
			return nil
		}
		return err
	})
}

// tell mails somebody what they were named, as far as their mailbox has room for it.
func (a Accounts) tell(ctx context.Context, p identity.Person, letter namedMail) error {
	user, err := a.Tables.User(ctx, p, "4.a.2", "4.language")
	if err != nil {
		return err
	}
	may, err := a.counter().Mail(ctx, limit.NamingMails, identity.Email(user.Email), 0)
	if err != nil || !may {
		return err
	}
	return a.Mail.Send(ctx, letter.to(user))
}

func (a Accounts) counter() limit.Counter {
	return limit.Counter{Tables: a.Tables, Key: a.Keys[secret.Attempts], Now: a.Now}
}

// OfficerInput names a registered colleague, and whether they are an emergency response officer.
type OfficerInput struct {
	Email     string `json:"email"`
	Confirmed bool   `json:"confirmed"`
}

// Confirmed is the answer: nothing of the person, not even whether they say to be an officer themselves.
type Confirmed struct {
	Confirmed bool `json:"confirmed"`
}

// ConfirmOfficer confirms that a colleague is an emergency response officer, or takes that back, and mails them that
// it is so. Without it their own word (4.b.4) opens nothing to them. The answer is the same whoever it is, as with
// Name.
func (a Accounts) ConfirmOfficer(ctx context.Context, caller identity.Caller, in OfficerInput) (Confirmed, error) {
	return Confirmed{in.Confirmed}, a.toColleague(ctx, caller, in.Email, func(p identity.Person) error {
		return a.confirmOfficer(ctx, p, in.Confirmed)
	})
}

func (a Accounts) confirmOfficer(ctx context.Context, p identity.Person, confirmed bool) error {
	if err := a.Tables.ConfirmOfficer(ctx, p, confirmed); err != nil {
		return err
	}
	return a.tell(ctx, p, officerMails[confirmed])
}

func (a Accounts) name(ctx context.Context, p identity.Person, role identity.Role) error {
	user, err := a.Tables.User(ctx, p, "4.d.1")
	if err != nil || user.Role == role {
		return err
	}
	return a.Tables.ChangeRole(ctx, user, role)
}
