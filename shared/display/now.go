package display

import (
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// Lengths are the minutes for which doors offer to book a room.
var Lengths = []int{15, 30, 60}

// An Offer is how long a room can be booked now.
type Offer struct {
	Minutes int             `json:"minutes"`
	To      civil.ClockTime `json:"to"`
}

// spare is how many minutes less than was asked for people are content with: somebody who comes at 10:02 and wants a
// quarter of an hour has until 10:15.
const spare = 5

// lasting is the time from the quarter that runs now until the last that so many minutes need.
func (p place) lasting(minutes int) civil.Interval {
	from := p.quarter()
	into := int(p.now.Sub(from.Time()).Minutes())
	return civil.Interval{From: from, To: from + civil.Quarter((into+minutes-spare+14)/15)}
}

// offers are the lengths for which the room is free and that the rules allow.
func (s spot) offers() ([]Offer, error) {
	offers := []Offer{}
	for _, minutes := range Lengths {
		asked := s.lasting(minutes)
		switch err := s.allows(asked); {
		case err == nil:
			offers = append(offers, Offer{minutes, asked.To.EndClock(s.day, s.Zone)})
		case !isRefusal(err):
			return nil, err
		}
	}
	return offers, nil
}

func isRefusal(err error) bool {
	var refusal *problem.Error
	return errors.As(err, &refusal) && refusal.Kind != problem.Unavailable
}

// allows holds a time from now on against what is taken and the rules: as for anybody who walks in, but nobody is
// counted, and in no group.
func (s spot) allows(asked civil.Interval) error {
	refusal, err := s.office.Check(rules.Request{Spot: s.spot.Ruled(), Now: s.now,
		Parts: []rules.Part{{Day: s.day, Interval: asked}}})
	switch {
	case err != nil:
		return err
	case refusal != nil:
		return booking.Refused(refusal)
	case s.spot.KeptOn(s.sheet):
		return booking.KeptForHolder()
	case s.office.Approval(s.spot.Ruled()) != nil:
		return booking.NotWithout()
	case !s.sheet.Taken.Free(s.kept(asked)):
		return taken()
	}
	return nil
}

func taken() error { return problem.New(problem.Conflict, "the spot is taken during that time") }

// kept is what a booking takes of the room: they are there already, so nothing is kept before it.
func (s spot) kept(asked civil.Interval) civil.Interval {
	kept := s.office.Kept(s.spot.Ruled(), s.day, asked)
	kept.From = asked.From
	return kept
}

// BookInput says for how long.
type BookInput struct {
	Minutes int    `json:"minutes"`
	Key     string `json:"idempotency_key"`
}

// Book takes the display's room from now on for nobody: no person has it, no figure counts it. A repeat with the same
// Idempotency-Key gives the same booking and writes nothing.
func (d Displays) Book(ctx context.Context, caller identity.Caller, in BookInput) (Stretch, error) {
	s, err := d.room(ctx, caller)
	if err != nil {
		return Stretch{}, err
	}
	id := secret.DerivedID("unnamed", caller.User, in.Key, string(s.day))
	if made, there := s.sheet.Unnamed[id]; there {
		return s.stretch(made.Interval()), nil
	}
	asked := s.lasting(in.Minutes)
	if err := s.allows(asked); err != nil {
		return Stretch{}, err
	}
	wanted := table.Unnamed{From: asked.From, To: asked.To, KeptTo: s.kept(asked).To}
	made, err := d.Tables.TakeUnnamed(ctx, s.at(caller), s.day, s.dayEnds(), id, wanted)
	if errors.Is(err, table.ErrTaken) {
		err = taken()
	}
	return s.stretch(made.Interval()), err
}

// running is the booking by nobody that holds the room now.
func (s spot) running() (id string, there bool) {
	for id, unnamed := range s.sheet.Unnamed {
		if unnamed.Interval().Holds(s.now) {
			return id, true
		}
	}
	return "", false
}

// End gives back what is left of what was booked at the display. Where nothing was it does nothing.
func (d Displays) End(ctx context.Context, caller identity.Caller, _ struct{}) (struct{}, error) {
	return struct{}{}, table.Retry(func() error {
		s, err := d.room(ctx, caller)
		if err != nil {
			return err
		}
		id, there := s.running()
		if !there {
			return nil
		}
		return d.Tables.EndUnnamed(ctx, s.at(caller), s.day, id, s.sheet.Unnamed[id], s.now)
	})
}

// CheckIn checks in whose reservation it is, on the word of somebody who stands at the door: as a sensor would, and so
// not who objects to that, or took it back (4.d.4, 7.object). A repeat does nothing.
func (d Displays) CheckIn(ctx context.Context, caller identity.Caller, _ struct{}) (struct{}, error) {
	return struct{}{}, table.Retry(func() error {
		s, err := d.room(ctx, caller)
		if err != nil {
			return err
		}
		id, held, waits := presence.Arriving(s.sheet, s.now)
		if !waits {
			return s.nobodyWaits()
		}
		may, err := d.mayArrive(ctx, caller, held)
		if err != nil {
			return err
		}
		if !may {
			return nobodyWaits()
		}
		return presence.Admit(ctx, d.Tables, s.at(caller), s.day, id, held, s.dayEnds(), s.now)
	})
}

// mayArrive tells whether whose reservation it is lets others than themselves say that they are there.
func (d Displays) mayArrive(ctx context.Context, caller identity.Caller, held table.Holding) (bool, error) {
	whose := identity.Person{Business: caller.Business, User: held.User}
	objects, err := d.Tables.ObjectsTo(ctx, whose, presence.Objections...)
	return !objects, err
}

// nobodyWaits is no refusal where somebody has been checked in, be it a little early.
func (s spot) nobodyWaits() error {
	for _, held := range s.sheet.Holdings {
		early := held.From.Time().Add(-presence.Early)
		if held.State == table.CheckedIn && !s.now.Before(early) && s.now.Before(held.To.Time()) {
			return nil
		}
	}
	return nobodyWaits()
}

func nobodyWaits() error {
	return problem.New(problem.Conflict, "there is no reservation here that can be checked in now")
}
