package signin

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// A Gate is the authoriser: it admits the holder of an open session.
type Gate struct {
	Tables *table.Tables
	Now    func() time.Time
}

// Resolve finds the caller of a token, for half a read unit, and records the date of the day's first use in the
// business account's zone (4.e.1). A token that opens nothing is a problem.Unauthorised; a malformed one is refused
// without any read.
func (g Gate) Resolve(ctx context.Context, token string) (identity.Caller, error) {
	if p, hash, ok := readPass(token); ok {
		return g.guest(ctx, p, hash)
	}
	p, hash, ok := readToken(token)
	if !ok {
		return identity.Caller{}, closed()
	}
	if p.Business == identity.Operator {
		return g.staff(ctx, p, hash)
	}
	session, err := g.Tables.Session(ctx, p, hash)
	if errors.Is(err, table.ErrAbsent) {
		return identity.Caller{}, closed()
	}
	if err != nil {
		return identity.Caller{}, err
	}
	if today := civil.DateOf(g.Now(), session.Zone); session.Used != today && !session.NoUse {
		if err := g.Tables.Use(ctx, p, hash, today, session.Zone); errors.Is(err, table.ErrRefused) {
			return identity.Caller{}, closed() // erased or signed out since the read
		} else if err != nil && !busy(err) {
			return identity.Caller{}, err
		}
	}
	return identity.Caller{Person: p, Role: session.Role, Session: hash, Consent: session.Consent}, nil
}

// staff finds a member of the operator's staff, for half a read unit. What they agreed to is looked at with each use.
func (g Gate) staff(ctx context.Context, p identity.Person, hash string) (identity.Caller, error) {
	err := g.Tables.Shift(ctx, p, hash)
	if errors.Is(err, table.ErrAbsent) {
		return identity.Caller{}, closed()
	}
	return identity.Caller{Person: p, Role: identity.Staff, Session: hash}, err
}

// guest finds the caller who holds a pass, for half a read unit. From the start of the first permitted day at the
// location to the end of the last, a pass allows all that a guest may do. Before and after, while anything is kept
// about the guest, it allows only the rights of art. 7 (4.d.3). Its use is not recorded.
func (g Gate) guest(ctx context.Context, p identity.Person, hash string) (identity.Caller, error) {
	guest, err := g.Tables.GuestAtDoor(ctx, p)
	if errors.Is(err, table.ErrAbsent) || err == nil && !secret.Equal(guest.Pass, hash) {
		return identity.Caller{}, closed()
	}
	if err != nil {
		return identity.Caller{}, err
	}
	role := identity.Guest
	if now := g.Now(); now.Before(guest.OpensAt) || !now.Before(guest.ClosesAt) {
		role = identity.Invited
	}
	return identity.Caller{Person: p, Role: role, Session: hash, Consent: guest.ConsentVersion,
		Location: guest.Location}, nil
}

// busy: a date that can't be written now is written with the next request.
func busy(err error) bool {
	var known *problem.Error
	return errors.As(err, &known) && known.Kind == problem.Unavailable
}

func closed() error { return problem.New(problem.Unauthorised, "this needs an open session: sign in") }
