package booking

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// A person lets a colleague reserve and cancel for them, and takes that back (4.f.1). Nobody acts for another without
// that permission, administrators included. A colleague who may not, who hides their name, who is gone or who has yet
// to agree to the statement in force is unknown, and all of these look alike.

// A Party is one of the two, as the other sees them: without a name where they hide it by now.
type Party struct {
	ID   string `json:"colleague"`
	Name string `json:"name,omitempty"`
}

// An Allowed is a party with the day since which it is so, in UTC.
type Allowed struct {
	Party
	Given civil.Date `json:"given_on"`
}

// Delegation is who may act for a person, and for whom they may.
type Delegation struct {
	Delegates  []Allowed `json:"delegates"`
	Principals []Allowed `json:"principals"`
}

// ColleagueInput names a colleague.
type ColleagueInput struct {
	Colleague string `json:"colleague"`
}

// mostDelegates is how many a person can have at a time.
const mostDelegates = 20

// Delegation lists who may act for the caller, and for whom the caller may act.
func (b Bookings) Delegation(ctx context.Context, caller identity.Caller, _ struct{}) (Delegation, error) {
	delegates, err1 := b.Tables.Delegates(ctx, caller.Person)
	principals, err2 := b.Tables.Principals(ctx, caller.Person)
	if err := errors.Join(err1, err2); err != nil {
		return Delegation{}, err
	}
	mine, err1 := b.parties(ctx, delegates)
	others, err2 := b.parties(ctx, principals)
	return Delegation{mine, others}, errors.Join(err1, err2)
}

func (b Bookings) parties(ctx context.Context, permissions []table.Permission) ([]Allowed, error) {
	all := []Allowed{}
	for _, permission := range permissions {
		name, err := b.Tables.ShownName(ctx, permission.Other)
		if err != nil {
			return nil, err
		}
		all = append(all, Allowed{Party{permission.Other.User, name}, permission.Given})
	}
	slices.SortFunc(all, func(a, b Allowed) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return all, nil
}

// AllowDelegate lets a colleague whom the caller can find act for them. A repeat has no effect.
func (b Bookings) AllowDelegate(ctx context.Context, caller identity.Caller, in ColleagueInput) (struct{}, error) {
	delegate := identity.Person{Business: caller.Business, User: in.Colleague}
	name, err := b.Tables.ShownName(ctx, delegate)
	if err != nil {
		return struct{}{}, err
	}
	if name == "" {
		return struct{}{}, problem.Unknown()
	}
	if delegate == caller.Person {
		return struct{}{}, problem.Impossible("/colleague", "is yourself", "the id of a colleague")
	}
	there, err := b.Tables.Delegates(ctx, caller.Person)
	if err != nil {
		return struct{}{}, err
	}
	if len(there) >= mostDelegates {
		return struct{}{}, problem.New(problem.TooMany, "at most %d colleagues can act for you", mostDelegates)
	}
	return struct{}{}, table.Unknown(b.Tables.Allow(ctx, caller.Person, delegate, civil.DateOf(b.Now(), civil.UTC)))
}

// EndDelegate takes it back, at once.
func (b Bookings) EndDelegate(ctx context.Context, caller identity.Caller, in ColleagueInput) (struct{}, error) {
	return struct{}{}, b.Tables.Disallow(ctx, caller.Person, identity.Person{Business: caller.Business,
		User: in.Colleague})
}

// EndActing ends it from the other side: the caller acts for the colleague no more.
func (b Bookings) EndActing(ctx context.Context, caller identity.Caller, in ColleagueInput) (struct{}, error) {
	return struct{}{}, b.Tables.Disallow(ctx, identity.Person{Business: caller.Business, User: in.Colleague},
		caller.Person)
}

// PrincipalInput names somebody for whom the caller may act.
type PrincipalInput struct {
	Principal string `json:"principal"`
}

// principal is who is named, if the caller may act for them.
func (b Bookings) principal(ctx context.Context, caller identity.Caller, id string) (identity.Person, error) {
	p := identity.Person{Business: caller.Business, User: id}
	return p, table.Unknown(b.Tables.MayActFor(ctx, caller.Person, p))
}

// AgendaFor lists the reservations that the principal still has, for a delegate who may cancel them: without titles,
// and without whether they are there.
func (b Bookings) AgendaFor(ctx context.Context, caller identity.Caller, in PrincipalInput) (Agenda, error) {
	p, err := b.principal(ctx, caller, in.Principal)
	if err != nil {
		return Agenda{}, err
	}
	sheets, err := b.Sheets(ctx, p, AgendaInput{})
	if err != nil {
		return Agenda{}, err
	}
	agenda := Agenda{Reservations: []Reservation{}}
	for _, sheet := range sheets {
		for key, c := range sheet.Commitments {
			if !c.State.Holds() || !c.To.Time().After(b.Now()) {
				continue
			}
			c.Title = table.Title{}
			r := reservation(table.ReservationID{Day: sheet.Day, Location: sheet.Location, Key: key}, c)
			if c.By != caller.User { // who else did it is between the principal and them
				r.By = nil
			}
			agenda.Reservations = append(agenda.Reservations, r)
		}
	}
	slices.SortFunc(agenda.Reservations, func(x, y Reservation) int { return x.StartsAt.Compare(y.StartsAt) })
	return agenda, nil
}

// ReserveForInput asks for a spot in a principal's name. A room's title is its organiser's own to give.
type ReserveForInput struct {
	PrincipalInput
	Spot string `json:"spot"`
	Period
	Key string `json:"idempotency_key"`
}

// ReserveFor is Reserve for a principal, who is told by mail. That they allow it is a condition of the write.
func (b Bookings) ReserveFor(ctx context.Context, caller identity.Caller, in ReserveForInput) (Reservations, error) {
	p, err := b.principal(ctx, caller, in.Principal)
	if err != nil {
		return Reservations{}, err
	}
	spot, location, err := b.spot(ctx, caller, in.Spot)
	if err != nil {
		return Reservations{}, err
	}
	split, err := parts(location, in.Period, b.Now())
	if err != nil {
		return Reservations{}, err
	}
	key := secret.DerivedID("acting", caller.User, in.Key)
	wish, err := b.Tables.User(ctx, p, "4.f.1")
	if err != nil {
		return Reservations{}, table.Unknown(err)
	}
	whose := identity.Caller{Person: p, Role: identity.User, Calendar: wish.CalendarMails}
	bookings := bookingsOf(whose, key, spot, location, table.Title{}, split)
	asking, err := b.asking(ctx, whose, key, spot, location, split)
	if err != nil {
		return Reservations{}, err
	}
	ask(asking, bookings)
	for i := range bookings {
		bookings[i].Own, bookings[i].By = false, caller.User
	}
	asked := Wish{Person: p, Location: location, Spot: spot}
	if err := b.write(ctx, asked, bookings...); err != nil {
		return Reservations{}, b.explain(ctx, err, asked, split)
	}
	return b.made(ctx, bookings, location)
}

// CancelForInput names a principal's reservation.
type CancelForInput struct {
	PrincipalInput
	Held string `json:"held"`
}

// CancelFor is Cancel for a principal, who is told by mail, on the same condition.
func (b Bookings) CancelFor(ctx context.Context, caller identity.Caller, in CancelForInput) (struct{}, error) {
	p, err := b.principal(ctx, caller, in.Principal)
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, b.cancel(ctx, p, in.Held, func(sheet table.PersonSheet, key string) error {
		return table.Unknown(b.Tables.CancelFor(ctx, p, sheet, key, caller.Person))
	})
}

// byWhom names those who made reservations for the person, as they show themselves.
func (b Bookings) byWhom(ctx context.Context, business string, reservations []Reservation) error {
	names := map[string]string{}
	for i := range reservations {
		by := reservations[i].By
		if by == nil {
			continue
		}
		name, known := names[by.ID]
		if !known {
			var err error
			if name, err = b.Tables.ShownName(ctx, identity.Person{Business: business, User: by.ID}); err != nil {
				return err
			}
			names[by.ID] = name
		}
		by.Name = name
	}
	return nil
}
