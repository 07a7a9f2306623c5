package presence

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// WalkUpInput claims the spot at which the caller sits. Without Until the spot is theirs until somebody else's
// reservation begins, they have another workplace, or the location closes.
type WalkUpInput struct {
	Spot  string          `json:"spot"`
	Until civil.ClockTime `json:"until"`
	Key   string          `json:"idempotency_key"`
}

// claim is a walk-up with all that it rests on.
type claim struct {
	WalkUpInput
	caller   identity.Caller
	now      time.Time
	spot     table.Spot
	location table.Location
	id       table.ReservationID
}

// WalkUp reserves a spot from the quarter of an hour that runs now and checks the caller in with the same write
// (4.d.2, 4.d.4). For a spot that is taken the error is a problem.Conflict that says from when it is free. A repeat
// with the same Idempotency-Key gives the same reservation, even in a later quarter of an hour.
func (p CheckIns) WalkUp(ctx context.Context, caller identity.Caller, in WalkUpInput) (booking.Reservation, error) {
	c, err := p.claim(ctx, caller, in)
	if err != nil {
		return booking.Reservation{}, err
	}
	return table.RetryFor(func() (booking.Reservation, error) { return p.sitDown(ctx, c) })
}

func (p CheckIns) claim(ctx context.Context, caller identity.Caller, in WalkUpInput) (claim, error) {
	spot, location, err := p.Tables.SpotAndLocation(ctx, caller.Business, in.Spot)
	if err == nil && !caller.At(spot.Location) {
		err = problem.Unknown()
	}
	if err != nil {
		return claim{}, table.Unknown(err)
	}
	now := p.Now()
	today := civil.DateOf(now, location.Zone)
	id := table.ReservationID{Day: today, Location: spot.Location,
		Key: secret.DerivedID("reservation", caller.User, in.Key, string(today))}
	return claim{in, caller, now, spot, location, id}, nil
}

// sitDown is one try. It gives ErrRefused when somebody was faster, or the person's own days are not as they were
// counted; the next try sees it.
func (p CheckIns) sitDown(ctx context.Context, c claim) (booking.Reservation, error) {
	mine, err := p.Tables.PersonSheet(ctx, c.caller.Person, c.id.Day, c.id.Location)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return booking.Reservation{}, err
	}
	if made, there := mine.Commitments[c.id.Key]; there {
		return c.repeated(made)
	}
	sheet, err := p.Tables.SpotSheetNow(ctx, c.spot.Place(c.caller.Business), c.id.Day)
	if err != nil {
		return booking.Reservation{}, err
	}
	interval, err := c.interval(sheet.Taken, mine.Taken)
	if err != nil {
		return booking.Reservation{}, err
	}
	b, err := p.hold(ctx, c, interval)
	if err != nil {
		return booking.Reservation{}, err
	}
	sat := table.Holding{User: c.caller.User, From: interval.From, To: interval.To}
	if err := carryOver(ctx, p.Tables, b.Place, b.Day, b.DayEnds, c.now, sat, true); err != nil {
		return booking.Reservation{}, err
	}
	return c.shown(table.Commitment{Floor: c.spot.Floor, Spot: c.spot.ID, Name: c.spot.Name, From: interval.From,
		To: interval.To}), nil
}

// hold writes the reservation, checked in, if the location's rules allow it.
func (p CheckIns) hold(ctx context.Context, c claim, interval civil.Interval) (table.Booking, error) {
	approval, err := booking.NeedsApproval(ctx, p.Tables, c.caller, c.location, c.spot)
	if err != nil {
		return table.Booking{}, err
	}
	if approval != nil {
		return table.Booking{}, booking.NotWithout()
	}
	wish := booking.Wish{Person: c.caller.Person, Location: c.location, Spot: c.spot,
		Parts: []rules.Part{{Day: c.id.Day, Interval: interval}}, Except: []string{c.id.Key}}
	counted, err := booking.Permit(ctx, p.Tables, wish, c.now)
	if err != nil {
		return table.Booking{}, err
	}
	b := booking.BookingBy(c.caller, c.id.Key, c.spot, c.location, c.id.Day, interval)
	b.Kept.From = interval.From // they sit there already
	b.State, b.CheckedInAt = table.CheckedIn, c.now.Unix()
	one := []table.Booking{b}
	if err := booking.AsFreed(ctx, p.Tables, c.caller.Person, c.spot, one); err != nil {
		return table.Booking{}, err
	}
	if err := p.Tables.Reserve(ctx, c.location.DailyQuota, counted, one...); err != nil {
		return table.Booking{}, c.explain(err)
	}
	return one[0], nil
}

func (c claim) shown(made table.Commitment) booking.Reservation {
	made.State = table.CheckedIn
	return booking.Shown(c.id, made, c.location.Zone)
}

// repeated answers what the same Idempotency-Key made before.
func (c claim) repeated(made table.Commitment) (booking.Reservation, error) {
	shown := c.shown(made)
	until, err := c.Until.Ends(c.id.Day, c.location.Zone)
	if made.Spot != c.spot.ID || c.Until != "" && (err != nil || until != made.To) {
		return booking.Reservation{}, c.explain(table.ErrKeyReused)
	}
	if !made.State.Holds() {
		shown.State = made.State
	}
	return shown, nil
}

// interval is from the current quarter until the end asked for, or until the latest possible end.
func (c claim) interval(taken, mine civil.Quarters) (civil.Interval, error) {
	from := civil.QuarterOf(c.now)
	open, err := c.open(from)
	if err != nil {
		return civil.Interval{}, err
	}
	if free := taken.FreeFrom(from); free > from {
		return civil.Interval{}, problem.New(problem.Conflict, "the spot is taken now").
			With("free_from", free.EndClock(c.id.Day, c.location.Zone))
	}
	office := c.location.Office()
	next := taken.Next(from, open.To)
	if _, after := office.Buffers(c.spot.Ruled()); next < open.To {
		next -= after
	}
	if next <= from {
		return civil.Interval{}, problem.New(problem.Conflict, "somebody has the spot too soon").
			With("rule", rules.Buffer)
	}
	if c.Until == "" {
		next = office.Shortened(c.spot.Ruled(), civil.Interval{From: from, To: next}).To
		if c.spot.Category == table.Workplace {
			next = mine.Next(from, next)
		}
		return c.notEmpty(civil.Interval{From: from, To: next})
	}
	until, err := c.Until.Ends(c.id.Day, c.location.Zone)
	switch {
	case err != nil:
		return civil.Interval{}, problem.Impossible("/until", err.Error(),
			"a quarter of an hour that exists today in "+c.location.Zone.String())
	case until <= from || until > open.To:
		return civil.Interval{}, problem.Impossible("/until", "is not later today within the opening hours",
			"a later time, at most "+string(open.To.EndClock(c.id.Day, c.location.Zone)))
	case until > next:
		return civil.Interval{}, problem.New(problem.Conflict, "the spot is taken before that").With("free_until",
			next.EndClock(c.id.Day, c.location.Zone))
	}
	return civil.Interval{From: from, To: until}, nil
}

// open is the stretch of opening hours in which a quarter of an hour lies.
func (c claim) open(at civil.Quarter) (civil.Interval, error) {
	office, spot := c.location.Office(), c.spot.Ruled()
	stretches, err := office.Open(spot, c.id.Day)
	if err != nil {
		return civil.Interval{}, err
	}
	for _, stretch := range stretches {
		if stretch.Has(at) {
			return stretch, nil
		}
	}
	now := rules.Part{Day: c.id.Day, Interval: civil.Interval{From: at, To: at + office.Least(spot)}}
	refusal, err := office.Check(rules.Request{Spot: spot, Parts: []rules.Part{now}, Now: c.now})
	if err != nil {
		return civil.Interval{}, err
	}
	return civil.Interval{}, booking.Refused(refusal)
}

// notEmpty refuses a claim of somebody who has another workplace at this very moment.
func (c claim) notEmpty(i civil.Interval) (civil.Interval, error) {
	if i.To <= i.From {
		return i, c.explain(table.ErrOverlap)
	}
	return i, nil
}

func (c claim) explain(err error) error {
	switch {
	case errors.Is(err, table.ErrTaken):
		return table.ErrRefused
	case errors.Is(err, table.ErrAssigned):
		return booking.KeptForHolder()
	case errors.Is(err, table.ErrNotPermitted):
		return problem.Unknown()
	}
	return booking.Explain(err, c.location)
}
