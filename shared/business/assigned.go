package business

import (
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// HolderInput names a workplace, and a registered colleague by their address.
type HolderInput struct {
	Spot  string `json:"spot"`
	Email string `json:"email"`
}

// AssignSpot makes a workplace a colleague's own (4.f.1). Whoever it is the answer is the same, as late, and so is
// what the plan says: of an address that nobody has, or of who has yet to agree to the statement in force, the spot
// is assigned as well, to nobody. Again for whose it is has no effect.
func (a Accounts) AssignSpot(ctx context.Context, caller identity.Caller, in HolderInput) (struct{}, error) {
	if _, err := a.assignable(ctx, caller.Business, in.Spot); err != nil {
		return struct{}{}, err
	}
	return struct{}{}, a.toAddress(ctx, caller, in.Email, func(p identity.Person) error {
		for range attempts {
			err := a.assign(ctx, caller.Business, in.Spot, p)
			if errors.Is(err, table.ErrGone) { // or has yet to agree
				p = identity.Person{}
				continue
			}
			if !errors.Is(err, table.ErrChanged) {
				return err
			}
		}
		return problem.Busy("this is being changed by others")
	})
}

// assignable is a workplace as it stands.
func (a Accounts) assignable(ctx context.Context, business, id string) (table.Spot, error) {
	spot, err := a.Tables.SpotNow(ctx, business, id)
	if err == nil && spot.Category != table.Workplace {
		err = problem.Impossible("/spot", "is a room", "a workplace")
	}
	return spot, table.Unknown(err)
}

func (a Accounts) assign(ctx context.Context, business, id string, p identity.Person) error {
	spot, err := a.assignable(ctx, business, id)
	if err != nil {
		return err
	}
	holder, err := a.Tables.Holder(ctx, business, id)
	if err != nil || spot.Assigned != "" && holder == p {
		return err
	}
	return a.Tables.Assign(ctx, table.Assigning{Business: business, Spot: spot, From: holder, To: p,
		Mark: secret.ID(), On: civil.DateOf(a.Now(), civil.UTC)})
}

// SpotInput names a spot.
type SpotInput struct {
	Spot string `json:"spot"`
}

// UnassignSpot ends it, whoever's it is. A repeat has no effect.
func (a Accounts) UnassignSpot(ctx context.Context, caller identity.Caller, in SpotInput) (struct{}, error) {
	for range attempts {
		spot, err := a.Tables.SpotNow(ctx, caller.Business, in.Spot)
		if err != nil || spot.Assigned == "" {
			return struct{}{}, table.Unknown(err)
		}
		if err := a.Tables.Unassign(ctx, caller.Business, spot); !errors.Is(err, table.ErrChanged) {
			return struct{}{}, err
		}
	}
	return struct{}{}, problem.Busy("this is being changed by others")
}
