package bearer

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// Callers finds out who is calling.
type Callers struct {
	Tables *table.Tables
	Now    func() time.Time
}

// Claim takes a token apart, for an operation that is for some roles. Proving the claim costs half a read unit, and at
// the first use of a day the write of its date (4.e.1). A text that is no token is a problem.Unauthorised, as one that
// opens nothing will be; one of a kind that none of the roles has is a problem.NotFound. Neither reads anything.
func (c Callers) Claim(text string, roles ...identity.Role) (identity.Claim, error) {
	t, ok := read(text)
	if !ok {
		return identity.Claim{}, problem.NotSignedIn()
	}
	find, could := c.member, identity.Members
	switch {
	case t.mark == passMark:
		find, could = c.guest, identity.Guests
	case t.mark == displayMark:
		find, could = c.display, identity.Displays
	case t.Business == identity.Operator:
		find, could = c.staff, identity.StaffOnly
	}
	if !slices.ContainsFunc(roles, func(r identity.Role) bool { return slices.Contains(could, r) }) {
		return identity.Claim{}, problem.Unknown()
	}
	prove := func(ctx context.Context) (identity.Caller, error) {
		caller, err := find(ctx, t, roles)
		if errors.Is(err, table.ErrAbsent) {
			return identity.Caller{}, problem.NotSignedIn()
		}
		return caller, err
	}
	return identity.Claim{Person: t.Person, Prove: prove}, nil
}

// member finds the holder of a session, and records the date of the day's first use in the business account's zone.
func (c Callers) member(ctx context.Context, t token, roles []identity.Role) (identity.Caller, error) {
	session, err := c.Tables.Session(ctx, t.Person, t.hash)
	if err != nil {
		return identity.Caller{}, err
	}
	caller := identity.Caller{Person: t.Person, Role: session.Role, Session: t.hash, Consent: session.Consent,
		Counted: session.Counted, Calendar: session.Calendar}
	if !caller.Is(roles...) {
		return identity.Caller{}, problem.Unknown()
	}
	return caller, c.recordUse(ctx, t, session)
}

// recordUse leaves a date that can't be written now to the next request.
func (c Callers) recordUse(ctx context.Context, t token, session table.Session) error {
	today := civil.DateOf(c.Now(), session.Zone)
	if session.Used == today || session.NoUse {
		return nil
	}
	err := c.Tables.Use(ctx, t.Person, t.hash, today, session.Zone)
	var known *problem.Error
	switch {
	case errors.Is(err, table.ErrRefused): // erased or signed out since the read
		return problem.NotSignedIn()
	case errors.As(err, &known) && known.Kind == problem.Unavailable:
		return nil
	}
	return err
}

// staff finds a member of the operator's staff. What they agreed to is looked at with each use.
func (c Callers) staff(ctx context.Context, t token, _ []identity.Role) (identity.Caller, error) {
	err := c.Tables.Shift(ctx, t.Person, t.hash)
	return identity.Caller{Person: t.Person, Role: identity.Staff, Session: t.hash}, err
}

// guest finds the holder of a pass. From the start of the first permitted day at the location to the end of the last, a
// pass allows all that a guest may do. Before and after, while anything is kept about the guest, it allows only the
// rights of art. 7 (4.d.3). Its use is not recorded.
func (c Callers) guest(ctx context.Context, t token, roles []identity.Role) (identity.Caller, error) {
	guest, err := c.Tables.GuestAtDoor(ctx, t.Person)
	if err == nil && !secret.Equal(guest.Pass, t.hash) {
		err = table.ErrAbsent
	}
	if err != nil {
		return identity.Caller{}, err
	}
	caller := identity.Caller{Person: t.Person, Role: identity.Guest, Session: t.hash, Consent: guest.ConsentVersion,
		Location: guest.Location}
	if now := c.Now(); now.Before(guest.OpensAt) || !now.Before(guest.ClosesAt) {
		caller.Role = identity.Invited
	}
	if !caller.Is(roles...) {
		return identity.Caller{}, problem.Unknown()
	}
	return caller, nil
}

// HeardEvery is how often it is written down that a display was heard.
const HeardEvery = 5 * time.Minute

// display finds a display, which has no consent to give, and notes now and then that it was heard.
func (c Callers) display(ctx context.Context, t token, _ []identity.Role) (identity.Caller, error) {
	display, err := c.Tables.Display(ctx, t.Business, t.User)
	if err == nil && !secret.Equal(display.Hash, t.hash) {
		err = table.ErrAbsent
	}
	if err != nil {
		return identity.Caller{}, err
	}
	if now := c.Now(); now.Sub(time.Unix(display.Heard, 0)) >= HeardEvery {
		err = c.Tables.DisplayHeard(ctx, t.Business, t.User, now)
	}
	if errors.Is(err, table.ErrRefused) { // revoked since the read
		err = table.ErrAbsent
	}
	return identity.Caller{Person: t.Person, Role: identity.Display, Session: t.hash, Location: display.Location,
		Floor: display.Floor, Spot: display.Spot}, err
}
