package booking

import (
	"cmp"
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// ChangeInput is what should be different; a field that is left out stays as it is.
type ChangeInput struct {
	Reservation string          `json:"reservation"`
	Spot        string          `json:"spot"`
	From        civil.ClockTime `json:"from"`
	To          civil.ClockTime `json:"to"`
}

// OwnInput names a reservation of the caller's.
type OwnInput struct {
	Reservation string `json:"reservation"`
}

// Change moves a reservation to other times of its day, to another spot of its location, or both, all or nothing. Of
// a reservation that is checked in only the end can be changed, and anything else is a problem.Conflict. Repeating a
// change has no effect.
func (b Bookings) Change(ctx context.Context, caller identity.Caller, in ChangeInput) (Reservation, error) {
	return table.RetryFor(func() (Reservation, error) { return b.change(ctx, caller, in) })
}

func (b Bookings) change(ctx context.Context, caller identity.Caller, in ChangeInput) (Reservation, error) {
	m, err := b.moving(ctx, caller, in)
	if err != nil {
		return Reservation{}, err
	}
	if m.spot.ID == m.held.Spot && m.wanted.interval == m.held.Interval() { // so it is already: the request came twice
		return reservation(m.id, m.held).inZone(m.held, m.location.Zone), nil
	}
	return b.move(ctx, m)
}

// A move is a reservation, with the spot and the time that it is to have instead.
type move struct {
	caller   identity.Caller
	id       table.ReservationID
	sheet    table.PersonSheet
	held     table.Commitment
	location table.Location
	spot     table.Spot
	wanted   part
}

// moving is the move that is asked for, as far as the reservation itself allows it.
func (b Bookings) moving(ctx context.Context, caller identity.Caller, in ChangeInput) (move, error) {
	id, sheet, err := b.own(ctx, caller, in.Reservation)
	if err != nil {
		return move{}, err
	}
	held := sheet.Commitments[id.Key]
	if err := changeable(held); err != nil {
		return move{}, err
	}
	spot, location, err := b.spot(ctx, caller, cmp.Or(in.Spot, held.Spot))
	if err != nil {
		return move{}, err
	}
	if spot.Location != id.Location {
		return move{}, problem.Impossible("/spot", "is at another location",
			"a spot of the same location; otherwise cancel and reserve anew")
	}
	wanted, err := b.wanted(location, id, held, in)
	return move{caller, id, sheet, held, location, spot, wanted}, err
}

// within reports whether the reservation stays within what it has.
func (m move) within() bool {
	wanted := m.wanted.interval
	return m.spot.ID == m.held.Spot && m.held.From <= wanted.From && wanted.To <= m.held.To
}

func (m move) wish() Wish {
	return Wish{Person: m.caller.Person, Location: m.location, Spot: m.spot,
		Parts: []rules.Part{{Day: m.id.Day, Interval: m.wanted.interval}}, Except: []string{m.id.Key}}
}

// move makes the move, if the location's rules and who else is there allow it.
func (b Bookings) move(ctx context.Context, m move) (Reservation, error) {
	there, err := b.Tables.SpotSheetNow(ctx, m.spot.Place(m.caller.Business), m.id.Day)
	if err != nil {
		return Reservation{}, err
	}
	approval, err := NeedsApproval(ctx, b.Tables, m.caller, m.location, m.spot)
	if err != nil || approval != nil && !m.within() {
		return Reservation{}, cmp.Or(err, NotWithout())
	}
	counted, err := Permit(ctx, b.Tables, m.wish(), b.Now())
	if err != nil {
		return Reservation{}, err
	}
	one := []table.Booking{BookingBy(m.caller, m.id.Key, m.spot, m.location, m.id.Day, m.wanted.interval)}
	one[0].BookedAt = m.wanted.bookedAt
	if err := AsFreed(ctx, b.Tables, m.caller.Person, m.spot, one); err != nil {
		return Reservation{}, err
	}
	if freedBy := one[0].FreedBy; freedBy != "" && freedBy != there.FreedBy && !m.within() {
		return Reservation{}, b.explain(ctx, table.ErrAssigned, m.wish(), []part{m.wanted})
	}
	if err := b.Tables.Move(ctx, m.sheet, there, m.held, one[0], counted); err != nil {
		return Reservation{}, b.explainMove(ctx, err, m)
	}
	return reserved(one, m.location).Reservations[0], nil
}

// changeable refuses what has ended or is not the person's yet.
func changeable(held table.Commitment) error {
	switch {
	case !held.State.Holds():
		return problem.New(problem.Conflict, "the reservation has ended and can't be changed")
	case held.State.Undecided():
		return problem.New(problem.Conflict, "whether the spot is yours is still to be decided; until then it can be "+
			"cancelled and not changed")
	}
	return nil
}

// wanted is the interval after the change. A reservation that has begun keeps its start, which is then allowed to lie
// in the past.
func (b Bookings) wanted(location table.Location, id table.ReservationID, held table.Commitment,
	in ChangeInput) (part, error) {
	now := b.Now()
	if in.To == "" {
		in.To = reservation(id, held).inZone(held, location.Zone).To
	}
	from, err := in.From.Begins(id.Day, location.Zone)
	kept := in.From == "" || err == nil && from == held.From
	if held.From.Time().Before(now) && kept {
		wanted, err := partOf(location, id.Day, civil.QuarterOf(now).Clock(location.Zone), in.To, now)
		wanted.interval.From = held.From
		return wanted, err
	}
	if in.From == "" {
		in.From = held.From.Clock(location.Zone)
	}
	return partOf(location, id.Day, in.From, in.To, now)
}

func (b Bookings) explainMove(ctx context.Context, refusal error, m move) error {
	if !errors.Is(refusal, table.ErrRefused) {
		return b.explain(ctx, refusal, m.wish(), []part{m.wanted})
	}
	old := table.Place{Business: m.caller.Business, Location: m.id.Location, Floor: m.held.Floor, Spot: m.held.Spot}
	sheet, unread := b.Tables.SpotSheetNow(ctx, old, m.id.Day)
	own := sheet.Holdings[m.id.Key]
	if unread == nil && own.State == table.CheckedIn &&
		(old.Spot != m.spot.ID || own.From != m.wanted.interval.From) {
		return problem.New(problem.Conflict, "the reservation is checked in, so its spot and its beginning "+
			"stay; release it and reserve anew")
	}
	return refusal
}

// Cancel removes a reservation: its spot is free at once and nothing of it stays. Cancelling a second time is
// answered like an unknown reservation. One that is checked in is released instead.
func (b Bookings) Cancel(ctx context.Context, caller identity.Caller, in OwnInput) (struct{}, error) {
	return struct{}{}, b.cancel(ctx, caller.Person, in.Reservation, func(sheet table.PersonSheet, key string) error {
		return b.Tables.Cancel(ctx, caller.Person, sheet, key)
	})
}

// cancel takes off a person's reservation by a write that is made again where their day has changed meanwhile.
func (b Bookings) cancel(ctx context.Context, p identity.Person, reservation string,
	write func(sheet table.PersonSheet, key string) error) error {
	return table.Retry(func() error {
		id, sheet, err := b.reservationOf(ctx, p, reservation)
		if err != nil {
			return err
		}
		if c := sheet.Commitments[id.Key]; !c.State.Holds() || !c.To.Time().After(b.Now()) {
			return problem.New(problem.Conflict, "the reservation has ended and can't be cancelled")
		}
		return write(sheet, id.Key)
	})
}
