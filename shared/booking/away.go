package booking

import (
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/table"
)

// AwayInput says on which dates somebody is not there, and whether they cancel what they have reserved then.
type AwayInput struct {
	Span
	Cancel bool `json:"cancel"`
}

// GoneAway says what came of it: the dates on which each of the caller's own workplaces is given free, how many of
// their reservations were cancelled, and how many stay.
type GoneAway struct {
	Freed     []FreedDay `json:"released"`
	Cancelled int        `json:"cancelled"`
	Kept      int        `json:"kept"`
}

// A FreedDay is a date on which a workplace is given free.
type FreedDay struct {
	Spot string     `json:"spot"`
	Date civil.Date `json:"date"`
}

// GoAway keeps the dates on which the caller is away, each until it ends (4.f.2), gives their own workplaces free
// then, as far ahead as they can be reserved, and cancels their reservations if they say so. Nobody else sees it. What
// lies further ahead a Reach gives free. The same request again goes on where it was cut off.
func (b Bookings) GoAway(ctx context.Context, caller identity.Caller, in AwayInput) (GoneAway, error) {
	done := GoneAway{Freed: []FreedDay{}}
	zone, err := b.Tables.AccountZone(ctx, caller.Business)
	if err != nil {
		return done, table.Unknown(err)
	}
	days, err := in.days(civil.DateOf(b.Now(), zone))
	if err != nil {
		return done, err
	}
	for _, day := range days {
		if err := b.Tables.SetAway(ctx, caller.Person, day, day.End(zone)); err != nil {
			return done, table.Unknown(err)
		}
	}
	if done.Freed, err = b.freeAll(ctx, caller.Person, days); err != nil || !in.Cancel {
		return done, err
	}
	cancelled, err := b.CancelRange(ctx, caller, RangeInput{From: in.From, To: in.To})
	done.Cancelled, done.Kept = cancelled.Cancelled, cancelled.Kept
	return done, err
}

// freeAll gives all of a person's own workplaces free on days that can be reserved.
func (b Bookings) freeAll(ctx context.Context, p identity.Person, days []civil.Date) ([]FreedDay, error) {
	free := []FreedDay{}
	own, err := b.Tables.OwnNow(ctx, p)
	if err != nil {
		return free, err
	}
	for _, workplace := range own.Workplaces {
		location, err := b.Tables.Location(ctx, p.Business, workplace.Location)
		if err != nil {
			return free, table.Unknown(err)
		}
		today := civil.DateOf(b.Now(), location.Zone)
		for _, day := range days {
			if day < today || day > location.LastReserved(today) {
				continue
			}
			err := b.Tables.FreeDay(ctx, p, workplace, day, day.End(location.Zone))
			if errors.Is(err, table.ErrGone) { // it is theirs no more
				break
			}
			if err != nil {
				return free, err
			}
			free = append(free, FreedDay{workplace.Spot, day})
		}
	}
	return free, nil
}

// EndAway takes back that the caller is away, and their own workplaces where nobody has them by then.
func (b Bookings) EndAway(ctx context.Context, caller identity.Caller, in Span) (TakenBack, error) {
	done := TakenBack{TakenBack: []civil.Date{}, Kept: []civil.Date{}}
	zone, err := b.Tables.AccountZone(ctx, caller.Business)
	if err != nil {
		return done, table.Unknown(err)
	}
	days, err := in.days(civil.DateOf(b.Now(), zone))
	if err != nil {
		return done, err
	}
	for _, day := range days {
		if err := b.Tables.EndAway(ctx, caller.Person, day); err != nil {
			return done, err
		}
	}
	own, err := b.Tables.OwnNow(ctx, caller.Person)
	for _, workplace := range own.Workplaces {
		err = errors.Join(err, b.takeBack(ctx, caller.Person, workplace, days, &done))
	}
	return done, err
}
