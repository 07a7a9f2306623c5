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
	id, sheet, err := b.own(ctx, caller, in.Reservation)
	if err != nil {
		return Reservation{}, err
	}
	held := sheet.Commitments[id.Key]
	if err := changeable(held); err != nil {
		return Reservation{}, err
	}
	if in.Spot == "" {
		in.Spot = held.Spot
	}
	spot, at, err := b.spot(ctx, caller, in.Spot)
	if err != nil {
		return Reservation{}, err
	}
	if spot.Location != id.Location {
		return Reservation{}, problem.Impossible("/spot", "is at another location",
			"a spot of the same location; otherwise cancel and reserve anew")
	}
	wanted, err := b.wanted(at, id, held, in)
	if err != nil {
		return Reservation{}, err
	}
	if spot.ID == held.Spot && wanted.interval == held.Interval() { // so it is already: the request came twice
		return reservation(id, held).inZone(held, at.Zone), nil
	}
	there, err := b.Tables.SpotSheetNow(ctx, spot.Place(caller.Business), id.Day)
	if err != nil {
		return Reservation{}, err
	}
	within := spot.ID == held.Spot && held.From <= wanted.interval.From && wanted.interval.To <= held.To
	if approval, err := NeedsApproval(ctx, b.Tables, caller, at, spot); err != nil || approval != nil && !within {
		return Reservation{}, cmp.Or(err, NotWithout())
	}
	wish := Wish{Person: caller.Person, At: at, Spot: spot,
		Parts: []rules.Part{{Day: id.Day, Interval: wanted.interval}}, Except: []string{id.Key}}
	counted, err := Permit(ctx, b.Tables, wish, b.Now())
	if err != nil {
		return Reservation{}, err
	}
	booking := BookingBy(caller, id.Key, spot, at, id.Day, wanted.interval)
	booking.BookedAt = wanted.bookedAt
	one := []table.Booking{booking}
	if err := AsFreed(ctx, b.Tables, caller.Person, spot, one); err != nil {
		return Reservation{}, err
	}
	booking = one[0]
	if booking.FreedBy != "" && booking.FreedBy != there.FreedBy && !within {
		return Reservation{}, b.explain(ctx, table.ErrAssigned, wish, []part{wanted})
	}
	if err := b.Tables.Move(ctx, sheet, there, held, booking, counted); err != nil {
		return Reservation{}, b.explainMove(ctx, err, wish, booking, wanted, held)
	}
	return reserved([]table.Booking{booking}, at).Reservations[0], nil
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
func (b Bookings) wanted(at table.Location, id table.ReservationID, held table.Commitment,
	in ChangeInput) (part, error) {
	now := b.Now()
	if in.To == "" {
		in.To = reservation(id, held).inZone(held, at.Zone).To
	}
	from, err := in.From.Begins(id.Day, at.Zone)
	kept := in.From == "" || err == nil && from == held.From
	if held.From.Time().Before(now) && kept {
		wanted, err := partOf(at, id.Day, civil.QuarterOf(now).Clock(at.Zone), in.To, now)
		wanted.interval.From = held.From
		return wanted, err
	}
	if in.From == "" {
		in.From = held.From.Clock(at.Zone)
	}
	return partOf(at, id.Day, in.From, in.To, now)
}

func (b Bookings) explainMove(ctx context.Context, err error, w Wish, moved table.Booking, wanted part,
	from table.Commitment) error {
	if errors.Is(err, table.ErrRefused) {
		old := table.Place{Business: moved.Person.Business, Location: moved.Place.Location, Floor: from.Floor,
			Spot: from.Spot}
		sheet, unread := b.Tables.SpotSheetNow(ctx, old, moved.Day)
		own := sheet.Holdings[moved.ID]
		if unread == nil && own.State == table.CheckedIn &&
			(old.Spot != moved.Place.Spot || own.From != moved.Interval.From) {
			return problem.New(problem.Conflict, "the reservation is checked in, so its spot and its beginning "+
				"stay; release it and reserve anew")
		}
		return err
	}
	return b.explain(ctx, err, w, []part{wanted})
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
