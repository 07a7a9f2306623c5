package signin

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// A Gate is the authoriser: it lets in who holds an open session.
type Gate struct {
	Tables *table.Tables
	Now    func() time.Time
}

// Resolve finds the caller of a token, for half a read unit, and records the date of the day's first use (4.e.1). A token
// that opens nothing is a problem.Unauthorised, a malformed one without any read.
func (g Gate) Resolve(ctx context.Context, token string) (identity.Caller, error) {
	p, hash, ok := readToken(token)
	if !ok {
		return identity.Caller{}, closed()
	}
	session, err := g.Tables.Session(ctx, p, hash)
	if errors.Is(err, table.ErrAbsent) {
		return identity.Caller{}, closed()
	}
	if err != nil {
		return identity.Caller{}, err
	}
	if today := civil.DateOf(g.Now(), time.UTC); session.Used != today {
		if err := g.Tables.Use(ctx, p, hash, today); errors.Is(err, table.ErrRefused) {
			return identity.Caller{}, closed() // erased or signed out since the read
		} else if err != nil && !busy(err) {
			return identity.Caller{}, err
		}
	}
	return identity.Caller{Person: p, Role: session.Role, Session: hash, Consent: session.Consent}, nil
}

// busy: a date that can't be written now is written with the next request.
func busy(err error) bool {
	var known *problem.Error
	return errors.As(err, &known) && known.Kind == problem.Unavailable
}

func closed() error { return problem.New(problem.Unauthorised, "this needs an open session: sign in") }
