package booking

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// Get is one of the caller's reservations, with its state at this moment.
func (b Bookings) Get(ctx context.Context, caller identity.Caller, in OwnInput) (Reservation, error) {
	id, sheet, err := b.own(ctx, caller, in.Reservation)
	if err != nil {
		return Reservation{}, err
	}
	location, err := b.Tables.Location(ctx, caller.Business, id.Location)
	if err != nil {
		return Reservation{}, table.Unknown(err)
	}
	c, err := b.current(ctx, caller.Person, id, sheet.Commitments[id.Key])
	if err != nil {
		return Reservation{}, err
	}
	one := []Reservation{reservation(id, c).inZone(c, location.Zone)}
	return one[0], b.byWhom(ctx, caller.Business, one)
}

// current fills in the state from the spot's sheet, where a check-in stands.
func (b Bookings) current(ctx context.Context, p identity.Person, id table.ReservationID,
	c table.Commitment) (table.Commitment, error) {
	if !c.State.Holds() {
		return c, nil
	}
	place := table.Place{Business: p.Business, Location: id.Location, Floor: c.Floor, Spot: c.Spot}
	sheet, err := b.Tables.SpotSheet(ctx, place, id.Day)
	if held, there := sheet.Holdings[id.Key]; err == nil && there {
		c.State, c.Prompted = held.State, held.Unanswered()
	}
	return c, err
}

// Early is how long before its start a reservation can be checked in, which presence decides.
const Early = 15 * time.Minute

// asOf is current for what can be checked in by then: of what starts later the person's own sheet says all.
func (b Bookings) asOf(ctx context.Context, now time.Time, p identity.Person, id table.ReservationID,
	c table.Commitment) (table.Commitment, error) {
	if !c.From.Time().Before(now.Add(Early)) {
		return c, nil
	}
	return b.current(ctx, p, id, c)
}

// AgendaInput bounds the agenda; both dates are included. Left out: from today, a month on.
type AgendaInput struct {
	From civil.Date `json:"from"`
	To   civil.Date `json:"to"`
}

// Agenda is a person's reservations in the order of their times.
type Agenda struct {
	Reservations []Reservation `json:"reservations"`
}

// mostDays is the longest agenda that is answered at once.
const mostDays = 100

// Sheets are the days of the agenda, read in one Query.
func (b Bookings) Sheets(ctx context.Context, of identity.Person, in AgendaInput) ([]table.PersonSheet, error) {
	if in.From == "" {
		in.From = civil.DateOf(b.Now(), civil.UTC).AddDays(-1) // it is still yesterday somewhere
	}
	if in.To == "" {
		in.To = in.From.AddDays(31)
	}
	if err := cmp.Or(problem.CheckDate("/from", in.From), problem.CheckDate("/to", in.To)); err != nil {
		return nil, err
	}
	if days := in.From.DaysUntil(in.To); days < 0 || days > mostDays {
		return nil, problem.Impossible("/to", "is before from or too long after it",
			"at most 100 days after from")
	}
	return b.Tables.PersonDays(ctx, of, in.From, in.To)
}

// Agenda lists the caller's reservations, which stand on the sheets. The state of those that have begun or begin within
// a quarter of an hour is read from their spots' sheets, which only today's have.
func (b Bookings) Agenda(ctx context.Context, caller identity.Caller, _ AgendaInput,
	sheets []table.PersonSheet) (Agenda, error) {
	now := b.Now()
	agenda := Agenda{Reservations: []Reservation{}}
	for _, sheet := range sheets {
		for key, c := range sheet.Commitments {
			id := table.ReservationID{Day: sheet.Day, Location: sheet.Location, Key: key}
			c, err := b.asOf(ctx, now, caller.Person, id, c)
			if err != nil {
				return Agenda{}, err
			}
			agenda.Reservations = append(agenda.Reservations, reservation(id, c))
		}
	}
	slices.SortFunc(agenda.Reservations, func(x, y Reservation) int { return x.StartsAt.Compare(y.StartsAt) })
	return agenda, b.byWhom(ctx, caller.Business, agenda.Reservations)
}
