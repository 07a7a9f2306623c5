package rules

import (
	"fmt"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
)

// A Request is a reservation that somebody would like to make, of one day or of two for a night over midnight.
type Request struct {
	Spot  Spot
	Parts []Part
	Held  []Held // what the person has beside it, of the days that Office.Counts asks for
	Now   time.Time
	// Groups are those that the person is in, where one of GroupZones may keep the spot from them.
	Groups []string
	// Taken is what is taken of the spot on the request's day, where a time that is free there is looked for.
	Taken civil.Quarters
	// WithoutBuffers is what of that reservations are of.
	WithoutBuffers civil.Quarters
}

// A Part is the share of one day in a request.
type Part struct {
	Day      civil.Date
	Interval civil.Interval
}

// Held is a reservation that a person has, without a type where it was made before types were kept.
type Held struct {
	Day      civil.Date
	Interval civil.Interval
	Category Kind
	Type     Kind
}

func (h Held) is(kind Kind) bool {
	return kind == "" || kind == h.Category || kind == h.Type || h.Type == "" && typeOf[kind] == h.Category
}

// typeOf is the category of each type.
var typeOf = map[Kind]Kind{"desk": "workplace", "seat": "workplace", "meeting_room": "room", "classroom": "room",
	"treatment_room": "room"}

// The rules by their names.
const (
	OpeningHours = "opening_hours"
	Closed       = "closure"
	OutOfService = "out_of_service"
	Horizon      = "horizon"
	Group        = "group"
	Shortest     = "shortest"
	Longest      = "longest"
	PerDay       = "per_day"
	AtOnce       = "at_once"
	PerWeek      = "per_week"
	Taken        = "taken"
	OneWorkplace = "one_workplace"
	Buffer       = "buffer"
	Assigned     = "assigned"
	Approved     = "approval"
)

// A Refusal says which rule a request breaks, and what is allowed that lies nearest to it.
type Refusal struct {
	Rule    string
	Pointer string // the part of the request that breaks it
	Detail  string
	Nearest *Offer // nil where nothing lies near
	Counted bool   // it is about how many the person has
}

// An Offer is a time that the rules allow.
type Offer struct {
	Date civil.Date      `json:"date"`
	From civil.ClockTime `json:"from"`
	To   civil.ClockTime `json:"to"`
}

// Check gives nil for what is allowed.
func (o Office) Check(r Request) (*Refusal, error) {
	refusal, err := o.broken(r)
	if refusal != nil && err == nil {
		refusal.Nearest, err = o.Nearest(r)
	}
	return refusal, err
}

// broken is the first rule that a request breaks.
func (o Office) broken(r Request) (*Refusal, error) {
	for _, check := range []func(Request) *Refusal{o.tooFar, o.length, o.tooMany, o.taken} {
		if refusal := check(r); refusal != nil {
			return refusal, nil
		}
	}
	return o.notOpen(r)
}

// Reaches tells whether a request is within the horizon and the lengths that hold for its spot.
func (o Office) Reaches(r Request) bool { return o.tooFar(r) == nil && o.length(r) == nil }

// last is the last date on which a request's spot can be reserved, by whoever asks.
func (o Office) last(r Request) civil.Date {
	days := o.HorizonDays
	for _, limits := range o.limits(r.Spot) {
		if limits.HorizonDays > 0 {
			days = min(days, limits.HorizonDays)
		}
	}
	last := civil.DateOf(r.Now, o.Zone).AddDays(days)
	if zone := o.groupZone(r.Spot, r.Groups); zone != nil {
		last = min(last, zone.last(r.Now, o.Zone))
	}
	return last
}

func (o Office) tooFar(r Request) *Refusal {
	last := o.last(r)
	for _, part := range r.Parts {
		if zone := o.KeptFor(r.Spot, part.Day, r.Groups, r.Now); zone != nil {
			return &Refusal{Rule: Group, Pointer: "/date", Detail: fmt.Sprintf("is kept for a group until %s at %s",
				part.Day.AddDays(-zone.Days), zone.At)}
		}
		if part.Day > last {
			return &Refusal{Rule: Horizon, Pointer: "/date", Detail: "is too far ahead: the last date is " +
				string(last)}
		}
	}
	return nil
}

// notOpen names the outage, the closure or the hours that a request is at odds with, in this order.
func (o Office) notOpen(r Request) (*Refusal, error) {
	for _, part := range r.Parts {
		shut, err := o.shut(r.Spot, part.Day)
		if err != nil || shut.Free(part.Interval) {
			if err != nil {
				return nil, err
			}
			continue
		}
		if out := o.OutOf(r.Spot, part.Interval); out != nil {
			return &Refusal{Rule: OutOfService, Pointer: "/spot", Detail: "is out of service: " + out.Reason}, nil
		}
		for _, closure := range o.Rules.Closures {
			if !r.Spot.is(closure.For) || !closure.on(part.Day) {
				continue
			}
			closed, err := o.closed(closure, part.Day)
			if err != nil {
				return nil, err
			}
			if closed.From < part.Interval.To && part.Interval.From < closed.To {
				return &Refusal{Rule: Closed, Pointer: "/date", Detail: "is within a closure: " + closure.Name}, nil
			}
		}
		return &Refusal{Rule: OpeningHours, Pointer: "/from", Detail: "is outside the opening hours"}, nil
	}
	return nil, nil
}

func (o Office) length(r Request) *Refusal {
	minutes := 0
	for _, part := range r.Parts {
		minutes += int(part.Interval.Lasts() / time.Minute)
	}
	shortest, longest := o.lengths(r.Spot)
	switch {
	case minutes < shortest:
		return &Refusal{Rule: Shortest, Pointer: "/to", Detail: fmt.Sprintf("is too soon: %d minutes is the shortest",
			shortest)}
	case longest > 0 && minutes > longest:
		return &Refusal{Rule: Longest, Pointer: "/to", Detail: fmt.Sprintf("is too late: %d minutes is the longest",
			longest)}
	}
	return nil
}

// lengths are the shortest and the longest that a reservation may be, in minutes; 0 is no limit.
func (o Office) lengths(s Spot) (shortest, longest int) {
	for _, limits := range o.limits(s) {
		shortest = max(shortest, limits.ShortestMinutes)
		longest = strictest(longest, limits.LongestMinutes)
	}
	return shortest, longest
}

// Shortened is an interval, no longer than a reservation of a spot may be.
func (o Office) Shortened(s Spot, i civil.Interval) civil.Interval {
	if _, longest := o.lengths(s); longest > 0 {
		i.To = min(i.To, i.From+quarters(longest))
	}
	return i
}

// Least is the shortest time that a reservation of a spot may take, in quarters of an hour.
func (o Office) Least(s Spot) civil.Quarter {
	shortest, _ := o.lengths(s)
	return max(1, quarters(shortest))
}

// strictest is the lower of two limits; 0 is no limit.
func strictest(a, b int) int {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

func (o Office) tooMany(r Request) *Refusal {
	for _, limits := range o.limits(r.Spot) {
		for _, part := range r.Parts {
			if refusal := limits.exceeded(r, part); refusal != nil {
				return refusal
			}
		}
	}
	return nil
}

func (o Office) taken(r Request) *Refusal {
	for _, part := range r.Parts {
		if !r.WithoutBuffers.Free(part.Interval) {
			return &Refusal{Rule: Taken, Pointer: "/spot", Detail: "is taken during that time"}
		}
		if !r.Taken.Free(o.Kept(r.Spot, part.Day, part.Interval)) {
			before, after := o.Buffers(r.Spot)
			return &Refusal{Rule: Buffer, Pointer: "/from", Detail: fmt.Sprintf("is too near to what is taken: %d "+
				"minutes before and %d after it stay free", before*15, after*15)}
		}
	}
	return nil
}

func (l Limits) exceeded(r Request, part Part) *Refusal {
	day, once := 1, 1
	for _, held := range r.Held {
		if !held.is(l.For) || held.Day != part.Day {
			continue
		}
		day++
		once = max(once, 1+l.beside(r.Held, part.Interval, held.Interval.From), 1+l.beside(r.Held, part.Interval,
			part.Interval.From))
	}
	what := ""
	if l.For != "" {
		what = " of this kind"
	}
	refused := func(rule, format string, most int) *Refusal {
		return &Refusal{Rule: rule, Pointer: "/date", Counted: true, Detail: fmt.Sprintf(format, most, what)}
	}
	switch {
	case l.PerDay > 0 && day > l.PerDay:
		return refused(PerDay, "you may have at most %d reservations%s on a day", l.PerDay)
	case l.AtOnce > 0 && once > l.AtOnce:
		return refused(AtOnce, "you may have at most %d reservations%s at once", l.AtOnce)
	case l.PerWeek > 0 && l.inWeek(r, part) > l.PerWeek:
		return refused(PerWeek, "you may have at most %d reservations%s in a week, as far as it lies ahead",
			l.PerWeek)
	}
	return nil
}

// beside counts what is held of a kind at a quarter of an hour, if that is within an interval.
func (l Limits) beside(all []Held, within civil.Interval, at civil.Quarter) int {
	n := 0
	for _, held := range all {
		if within.Has(at) && held.is(l.For) && held.Interval.Has(at) {
			n++
		}
	}
	return n
}

// inWeek counts what of a part's week lies ahead, the request with it.
func (l Limits) inWeek(r Request, part Part) int {
	monday, sunday := WeekOf(part.Day)
	n := 0
	for _, held := range r.Held {
		if held.is(l.For) && held.Interval.To.Time().After(r.Now) && monday <= held.Day && held.Day <= sunday {
			n++
		}
	}
	for _, each := range r.Parts {
		if monday <= each.Day && each.Day <= sunday {
			n++
		}
	}
	return n
}
