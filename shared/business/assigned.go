package business

import (
	"context"
	"errors"
	"slices"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// HolderInput names a workplace, and a registered colleague by their address.
type HolderInput struct {
	Spot  string `json:"spot"`
	Email string `json:"email"`
}

// AssignSpot makes a workplace a colleague's own (4.f.1). The answer, its time and what the plan says are the same for
// any address: where nobody has it, or somebody who has yet to agree to the statement in force, the spot is assigned to
// nobody. An address outside the account's own domains can't be a colleague's and is refused. Assigning it to whose it
// is already changes nothing. Whose it is now is told by mail, also when that is asked again, since no answer says that
// the mail has gone; whose it was is told that it no longer is (GDPR art. 14).
func (a Accounts) AssignSpot(ctx context.Context, caller identity.Caller, in HolderInput) (struct{}, error) {
	if _, err := a.assignable(ctx, caller.Business, in.Spot); err != nil {
		return struct{}{}, err
	}
	if err := a.inDomain(ctx, caller.Business, in.Email); err != nil {
		return struct{}{}, err
	}
	return struct{}{}, a.toAddress(ctx, caller, in.Email, func(p identity.Person) error {
		return table.Retry(func() error {
			spot, err := a.assign(ctx, caller.Business, in.Spot, p)
			if errors.Is(err, table.ErrGone) { // or has yet to agree: it is nobody's
				p = identity.Person{}
				return table.ErrChanged
			}
			if err != nil {
				return err
			}
			return a.tellHolder(ctx, p, spot)
		})
	})
}

// inDomain refuses an address that is of none of an account's domains, which doesn't tell whether anybody is
// registered: it is what was typed, and the account knows its domains.
func (a Accounts) inDomain(ctx context.Context, business, address string) error {
	email, err := identity.EmailAt("/email", address)
	if err != nil {
		return err
	}
	account, err := a.Tables.Account(ctx, business)
	if err == nil && !slices.Contains(account.Domains, email.Domain()) {
		err = problem.Impossible("/email", "is not of your organisation",
			"an address in one of the e-mail domains of your organisation")
	}
	return table.Unknown(err)
}

// assignable is a workplace as it stands.
func (a Accounts) assignable(ctx context.Context, business, id string) (table.Spot, error) {
	spot, err := a.Tables.SpotNow(ctx, business, id)
	if err == nil && spot.Category != table.Workplace {
		err = problem.Impossible("/spot", "is a room", "a workplace")
	}
	return spot, table.Unknown(err)
}

// assign gives a spot to somebody. Whose it was before is told by mail.
func (a Accounts) assign(ctx context.Context, business, id string, p identity.Person) (table.Spot, error) {
	spot, err := a.assignable(ctx, business, id)
	if err != nil {
		return spot, err
	}
	holder, err := a.Tables.Holder(ctx, business, id)
	if err != nil {
		return spot, err
	}
	if already, err := a.holds(ctx, p, holder, spot); err != nil || already {
		return spot, err
	}
	return spot, a.Tables.Assign(ctx, table.Assigning{Business: business, Spot: spot, From: holder, To: p,
		Mark: secret.ID(), On: civil.DateOf(a.Now(), civil.UTC)})
}

// holds reports whether a spot is somebody's already, whose it is by what the agenda says. After a restore the spot
// can bear a mark of the backup's, which is not the one that its holder has: then it is assigned anew.
func (a Accounts) holds(ctx context.Context, p, holder identity.Person, spot table.Spot) (bool, error) {
	switch {
	case spot.Assigned == "" || holder != p:
		return false, nil
	case p == identity.Person{}:
		return true, nil
	}
	own, err := a.Tables.Assignment(ctx, p, spot.ID)
	if errors.Is(err, table.ErrAbsent) {
		return false, nil
	}
	return own.Mark == spot.Assigned, err
}

// tellHolder mails somebody that a workplace is theirs. Who is nobody, or has gone, is told nothing.
func (a Accounts) tellHolder(ctx context.Context, p identity.Person, spot table.Spot) error {
	if p == (identity.Person{}) {
		return nil
	}
	location, err := a.Tables.Location(ctx, p.Business, spot.Location)
	if err == nil {
		err = a.tell(ctx, p, nowOwn(mail.Unlinked(spot.Name), mail.Unlinked(location.Name)))
	}
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	return err
}

// SpotInput names a spot.
type SpotInput struct {
	Spot string `json:"spot"`
}

// UnassignSpot ends it, and mails whose it was. Whether it was somebody's the time of the answer doesn't tell. A
// repeat has no effect.
func (a Accounts) UnassignSpot(ctx context.Context, caller identity.Caller, in SpotInput) (struct{}, error) {
	return struct{}{}, signin.AtPace(ctx, a.Pace, a.Now, func() error {
		return table.Retry(func() error {
			spot, err := a.Tables.SpotNow(ctx, caller.Business, in.Spot)
			if err != nil || spot.Assigned == "" {
				return table.Unknown(err)
			}
			return a.Tables.Unassign(ctx, caller.Business, spot, civil.DateOf(a.Now(), civil.UTC))
		})
	})
}
