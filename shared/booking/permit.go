package booking

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// A Wish is a reservation that a person would like to make, or what they would like theirs to become.
type Wish struct {
	Person   identity.Person
	Location table.Location
	Spot     table.Spot
	Parts    []rules.Part
	Except   []string     // keys of the reservations that it is or changes, which don't count beside it
	Beside   []rules.Held // what the person wishes for in the same request
}

// with is the same wish for other bookings.
func (w Wish) with(bookings ...table.Booking) Wish {
	w.Parts, w.Except = nil, nil
	for _, b := range bookings {
		w.Parts = append(w.Parts, rules.Part{Day: b.Day, Interval: b.Interval})
		w.Except = append(w.Except, b.ID)
	}
	return w
}

// write makes bookings where the rules permit them, and counts again where what they count has changed meanwhile.
func (b Bookings) write(ctx context.Context, w Wish, bookings ...table.Booking) error {
	if err := AsFreed(ctx, b.Tables, w.Person, w.Spot, bookings); err != nil {
		return err
	}
	return table.Retry(func() error {
		counted, err := Permit(ctx, b.Tables, w.with(bookings...), b.Now())
		if err != nil {
			return err
		}
		return b.Tables.Reserve(ctx, w.Location.DailyQuota, counted, bookings...)
	})
}

// Permit holds a wish against the rules of its location, and gives what it counted: the write is made on condition
// that this is still so. Only where a rule counts what the person has does it read anything. What a rule refuses is a
// problem that names it and the nearest time that is allowed.
func Permit(ctx context.Context, tables *table.Tables, w Wish, now time.Time) (table.Counted, error) {
	return w.permit(ctx, tables, w.Location.Office(), now)
}

func (w Wish) permit(ctx context.Context, tables *table.Tables, office rules.Office,
	now time.Time) (table.Counted, error) {
	counted, err := w.count(ctx, tables, office, now)
	if err != nil {
		return nil, err
	}
	request := rules.Request{Spot: w.Spot.Ruled(), Parts: w.Parts, Now: now, Held: w.held(counted)}
	groups, waived, err := w.keptFor(ctx, tables, office, now)
	if err != nil {
		return nil, err
	}
	request.Groups = groups
	if waived {
		office.GroupZones = nil
	}
	refusal, err := office.Check(request)
	if err != nil || refusal == nil {
		return counted, err
	}
	if refusal.Counted {
		if refusal, err = w.recount(ctx, tables, office, request, refusal); err != nil {
			return nil, err
		}
	}
	return nil, Refused(refusal)
}

// recount finds what is nearest to a request with which the person would have too much: that depends on what they
// have on the days that it is looked for on.
func (w Wish) recount(ctx context.Context, tables *table.Tables, office rules.Office, r rules.Request,
	refusal *rules.Refusal) (*rules.Refusal, error) {
	first, _ := rules.WeekOf(r.Parts[0].Day)
	_, last := rules.WeekOf(r.Parts[0].Day.AddDays(rules.Farthest))
	sheets, err := tables.PersonDays(ctx, w.Person, max(first, civil.DateOf(r.Now, office.Zone)), last)
	if err != nil {
		return nil, err
	}
	r.Held = w.held(sheets)
	again, err := office.Check(r)
	return cmp.Or(again, refusal), err
}

// held is what the person has at the location beside the wish.
func (w Wish) held(sheets []table.PersonSheet) []rules.Held {
	held := slices.Clone(w.Beside)
	for _, sheet := range sheets {
		for key, c := range sheet.Commitments {
			if sheet.Location == w.Location.ID && !slices.Contains(w.Except, key) {
				held = append(held, c.Held(sheet.Day))
			}
		}
	}
	return held
}

// count reads the days that the rules count by, in one Query.
func (w Wish) count(ctx context.Context, tables *table.Tables, office rules.Office,
	now time.Time) (table.Counted, error) {
	day, week := office.Counts(w.Spot.Ruled())
	if !day {
		return nil, nil
	}
	first, last := w.Parts[0].Day, w.Parts[len(w.Parts)-1].Day
	if week {
		first, _ = rules.WeekOf(first)
		_, last = rules.WeekOf(last)
		first = max(first, civil.DateOf(now, w.Location.Zone))
	}
	sheets, err := tables.PersonDays(ctx, w.Person, first, last)
	if err != nil {
		return nil, err
	}
	var counted table.Counted
	for each := first; each <= last; each = each.AddDays(1) {
		i := slices.IndexFunc(sheets, func(s table.PersonSheet) bool {
			return s.Day == each && s.Location == w.Location.ID
		})
		if i < 0 {
			counted = append(counted, table.PersonSheet{Day: each, Location: w.Location.ID})
		} else {
			counted = append(counted, sheets[i])
		}
	}
	return counted, nil
}

// Refused is what the caller is told of a rule that a request breaks.
func Refused(r *rules.Refusal) error {
	accepted := "nothing in the month after it"
	if n := r.Nearest; n != nil {
		accepted = string(n.Date) + ", " + string(n.From) + " to " + string(n.To)
	}
	refusal := problem.Impossible(r.Pointer, r.Detail, accepted)
	if r.Counted {
		refusal = problem.New(problem.TooMany, "%s", r.Detail)
	}
	if r.Nearest != nil {
		refusal.With("nearest", *r.Nearest)
	}
	return refusal.With("rule", r.Rule)
}

func ruled(split []part) []rules.Part {
	parts := make([]rules.Part, len(split))
	for i, p := range split {
		parts[i] = rules.Part{Day: p.day, Interval: p.interval}
	}
	return parts
}
