package presence

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// CheckIns lets people check in and out by hand.
type CheckIns struct {
	Tables     *table.Tables
	Now        func() time.Time
	Controller controller.Controller // for the pages that links in mails open
}

// Routes are the use cases with the operations that they serve.
func (p CheckIns) Routes() []web.Route {
	return []web.Route{
		web.On(api.CheckIn, p.CheckIn), web.On(api.Retract, p.Retract), web.On(api.ReleaseReservation, p.Release),
		web.On(api.WalkUp, p.WalkUp), web.On(api.Coming, p.Coming), web.On(api.OpenComing, p.OpenComing),
		web.On(api.ConfirmComing, p.ConfirmComing),
	}
}

// OwnInput names one of the caller's reservations.
type OwnInput struct {
	Reservation string `json:"reservation"`
}

// own is a reservation of the caller's, as both sheets have it.
type own struct {
	id         table.ReservationID
	commitment table.Commitment
	sheet      table.PersonSheet
	held       table.Holding
	place      table.Place
	zone       civil.Zone
	rules      rules.Rules
}

// own finds a reservation; other people's look like unknown ones, and cost the same calls.
func (p CheckIns) own(ctx context.Context, caller identity.Caller, text string) (own, error) {
	id, err := table.ParseReservationID(text)
	if err != nil {
		return own{}, table.Unknown(err)
	}
	person, err := p.Tables.PersonSheet(ctx, caller.Person, id.Day, id.Location)
	if err != nil {
		return own{}, table.Unknown(err)
	}
	c, there := person.Commitments[id.Key]
	if !there {
		return own{}, problem.Unknown()
	}
	place := table.Place{Business: caller.Business, Location: id.Location, Floor: c.Floor, Spot: c.Spot}
	spot, err := p.Tables.SpotSheetNow(ctx, place, id.Day)
	if err != nil {
		return own{}, err
	}
	held, there := spot.Holdings[id.Key]
	if !there || held.User != caller.User {
		return own{}, table.ErrRefused // it is being cancelled or moved: look again
	}
	location, err := p.Tables.Location(ctx, caller.Business, id.Location)
	if err != nil {
		return own{}, table.Unknown(err)
	}
	return own{id, c, person, held, place, location.Zone, location.Rules}, nil
}

func (o own) dayEnds() time.Time { return o.id.Day.End(o.zone) }

func (o own) shown(state table.State) booking.Reservation {
	o.commitment.State = state
	return booking.Shown(o.id, o.commitment, o.zone)
}

// CheckIn marks the caller's reservation as checked in (4.d.4), from a quarter of an hour before its start until its
// end. Who comes after it was a no-show gets it back where nobody has had the spot since; of a stay over midnight the
// evening alone. A repeat gives the same answer and writes nothing.
func (p CheckIns) CheckIn(ctx context.Context, caller identity.Caller, in OwnInput) (booking.Reservation, error) {
	return p.settle(ctx, caller, in, func(o own) (table.State, error) {
		now := p.Now()
		from, to := o.held.From.Time(), o.held.To.Time()
		switch {
		case o.held.State == table.CheckedIn:
			return table.CheckedIn, nil
		case o.held.State == table.NoShow && now.Before(to) && o.rules.Has(rules.Comeback):
			return table.CheckedIn, p.comeBack(ctx, caller, o, now)
		case o.held.State != table.Reserved || !now.Before(to):
			return "", problem.New(problem.Conflict, "the reservation has ended and can't be checked in")
		case now.Before(from.Add(-Early)):
			opens := from.Add(-Early)
			return "", problem.Impossible("/reservation", "is too early to be checked in",
				fmt.Sprintf("from %s at %s", civil.DateOf(opens, o.zone), civil.QuarterOf(opens).Clock(o.zone)))
		}
		if err := p.Tables.CheckIn(ctx, o.place, o.id.Day, o.id.Key, o.held, now); err != nil {
			return "", err
		}
		return table.CheckedIn, carryOver(ctx, p.Tables, o.place, o.id.Day, o.dayEnds(), now, o.held, true)
	})
}

// comeBack gives a no-show's person the rest of it.
func (p CheckIns) comeBack(ctx context.Context, caller identity.Caller, o own, now time.Time) error {
	err := p.Tables.Return(ctx, caller.Person, o.place, o.id.Day, o.id.Key, o.held, o.commitment, now)
	switch {
	case errors.Is(err, table.ErrTaken):
		return problem.New(problem.Conflict, "the spot was given back, since nobody came, and somebody has had it "+
			"since")
	case errors.Is(err, table.ErrOverlap):
		return problem.New(problem.Conflict, "the spot was given back, since nobody came, and you have another "+
			"workplace now")
	}
	return err
}

// Release gives back the rest of the caller's reservation, and of one that goes on after midnight the morning too:
// others can have the spot at once. A repeat gives the same answer and writes nothing. A reservation that has not
// begun is cancelled instead (DELETE), which leaves nothing of it.
func (p CheckIns) Release(ctx context.Context, caller identity.Caller, in OwnInput) (booking.Reservation, error) {
	return p.settle(ctx, caller, in, func(o own) (table.State, error) {
		now := p.Now()
		switch {
		case o.held.State == table.Released:
			return table.Released, endStay(ctx, p.Tables, o.place, o.id.Day, o.dayEnds(), o.held)
		case !o.held.State.Holds() || !now.Before(o.held.To.Time()):
			return "", problem.New(problem.Conflict, "the reservation has ended already")
		case o.held.State == table.Reserved && now.Before(o.held.From.Time()):
			return "", problem.New(problem.Conflict, "the reservation has not begun; cancel it instead")
		}
		if err := p.Tables.Release(ctx, caller.Person, o.place, o.id.Day, o.id.Key, o.held, now,
			table.Released); err != nil {
			return "", err
		}
		return table.Released, endStay(ctx, p.Tables, o.place, o.id.Day, o.dayEnds(), o.held)
	})
}

// Retract corrects a wrong record that the caller was there or was not (7.rectify). A check-in is undone, and sensors
// don't check that reservation in again. A reservation that was given back, that ended, that was a no-show or that
// was made by sitting down is removed; a repeat is then problem.Unknown. A check-in that was carried over midnight is
// undone with the one of the evening.
func (p CheckIns) Retract(ctx context.Context, caller identity.Caller, in OwnInput) (struct{}, error) {
	_, err := p.settle(ctx, caller, in, func(o own) (table.State, error) {
		switch running := p.Now().Before(o.held.To.Time()); {
		case o.held.State == table.Reserved:
			return table.Reserved, nil
		case o.held.State == table.CheckedIn && running && !o.held.WalkUp:
			if err := p.retractSequel(ctx, o); err != nil {
				return "", err
			}
			return table.Reserved, p.Tables.Retract(ctx, o.place, o.id.Day, o.id.Key, o.held)
		}
		return table.Reserved, p.Tables.Cancel(ctx, caller.Person, o.sheet, o.id.Key)
	})
	return struct{}{}, err
}

func (p CheckIns) retractSequel(ctx context.Context, o own) error {
	next, there, err := sequelOf(ctx, p.Tables, o.place, o.id.Day, o.dayEnds(), o.held)
	if err != nil || !there || next.State != table.CheckedIn {
		return err
	}
	return p.Tables.Retract(ctx, o.place, next.day, next.id, next.Holding)
}

// settle acts on a reservation as it is now, and tries again where it changed meanwhile.
func (p CheckIns) settle(ctx context.Context, caller identity.Caller, in OwnInput,
	do func(own) (table.State, error)) (booking.Reservation, error) {
	return table.RetryFor(func() (booking.Reservation, error) {
		o, err := p.own(ctx, caller, in.Reservation)
		if err == nil && o.held.State.Undecided() {
			err = problem.New(problem.Conflict, "whether the spot is yours is still to be decided")
		}
		if err != nil {
			return booking.Reservation{}, err
		}
		state, err := do(o)
		if err != nil {
			return booking.Reservation{}, err
		}
		return o.shown(state), nil
	})
}
