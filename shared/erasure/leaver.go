package erasure

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// LeaverInput names somebody who has left.
type LeaverInput struct {
	Email string `json:"email"`
}

// mostLeavers is how often in an hour an administrator can end registrations.
const mostLeavers = 200

// EndLeaver erases who signs in to the caller's account with an address. Whether anybody does is not told: the answer
// is the same, as late, and nothing happens where nobody has it. That the number of users (3.i) falls by one is what is
// left to see. Who asks ends their own registration in their settings, so the last administrator is never ended here.
func (r Requests) EndLeaver(ctx context.Context, caller identity.Caller, in LeaverInput) (Accepted, error) {
	email, err := identity.EmailAt("/email", in.Email)
	if err != nil {
		return Accepted{}, err
	}
	counter := limit.Counter{Tables: r.Tables, Key: r.Keys[secret.Attempts], Now: r.Now}
	if err := counter.CountBy(ctx, limit.Namings, limit.Person(caller.Person), mostLeavers); err != nil {
		return Accepted{}, err
	}
	return Accepted{AcceptedAt: r.Now().UTC().Truncate(time.Second)},
		signin.AtPace(ctx, r.Pace, r.Now, func() error { return r.endLeaver(ctx, caller, email) })
}

func (r Requests) endLeaver(ctx context.Context, caller identity.Caller, email identity.Email) error {
	p, err := r.Tables.PersonAt(ctx, email.Entries(r.Keys[secret.Addresses]))
	if err == nil && p == caller.Person {
		return problem.New(problem.Conflict, "this is you: end your own registration in your settings")
	}
	if err == nil && p.Business == caller.Business {
		err = r.begin(ctx, p, "")
	}
	if errors.Is(err, table.ErrAbsent) || errors.Is(err, table.ErrGone) {
		return nil
	}
	return err
}
