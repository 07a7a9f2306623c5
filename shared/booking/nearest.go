package booking

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// withNearest adds to a refusal the nearest time on the same day at which the spot is open and free and the person has
// no other workplace, where there is one.
func (b Bookings) withNearest(ctx context.Context, refusal error, w Wish, parts []part) error {
	nearest, err := b.nearest(ctx, w, parts)
	var said *problem.Error
	switch {
	case err != nil:
		return err
	case nearest != nil && errors.As(refusal, &said):
		return said.With("nearest", *nearest)
	}
	return refusal
}

func (b Bookings) nearest(ctx context.Context, w Wish, parts []part) (*rules.Offer, error) {
	place, day := w.Spot.Place(w.Person.Business), parts[0].day
	spot, err := b.Tables.SpotSheet(ctx, place, day)
	if err != nil {
		return nil, err
	}
	own, err := b.Tables.PersonSheet(ctx, w.Person, day, w.Location.ID)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return nil, err
	}
	taken := spot.WithoutBuffers()
	for key, c := range own.Commitments {
		if c.Workplace && w.Spot.Category == table.Workplace && c.State.Holds() && !slices.Contains(w.Except, key) {
			taken = taken.With(c.Interval())
		}
	}
	w.Parts = ruled(parts)
	office := w.Location.Office()
	groups, waived, err := w.keptFor(ctx, b.Tables, office, b.Now())
	if err != nil {
		return nil, err
	}
	if waived {
		office.GroupZones = nil
	}
	return office.Nearest(rules.Request{Spot: w.Spot.Ruled(), Parts: w.Parts, Groups: groups, Now: b.Now(),
		Taken: append(civil.Quarters{}, spot.Taken...), WithoutBuffers: taken})
}

// likeNextDate is the part that a period would have of its first date, had that date the clocks of the next one: it
// begins when the clocks show its beginning, or have jumped over that, and is as long as on the next date.
func (b Bookings) likeNextDate(location table.Location, p Period) ([]part, error) {
	next := p
	next.Date, next.UntilDate = p.Date.AddDays(1), p.Date.AddDays(1+p.Date.DaysUntil(cmp.Or(p.UntilDate, p.Date)))
	like, err := parts(location, next, b.Now())
	if err != nil {
		return nil, err
	}
	from, err := civil.Hours{Opens: p.From, Closes: civil.EndOfDay}.On(p.Date, location.Zone)
	length := like[0].interval.To - like[0].interval.From
	return []part{{day: p.Date, interval: civil.Interval{From: from.From, To: from.From + length}}}, err
}

// overQuota says on which day the location's own quota leaves room, as its rules do of what they count.
func (b Bookings) overQuota(ctx context.Context, refusal error, w Wish, parts []part) error {
	w.Parts = ruled(parts)
	office := w.Location.Office()
	office.Rules.Limits = append(slices.Clip(office.Rules.Limits), rules.Limits{PerDay: w.Location.DailyQuota})
	if _, err := w.permit(ctx, b.Tables, office, b.Now()); err != nil {
		return err
	}
	return Explain(refusal, w.Location) // there is room by now
}
