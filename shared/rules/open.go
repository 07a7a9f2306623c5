package rules

import (
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
)

// Open are the stretches of a day in which a spot can be reserved as far as the office goes, in order.
func (o Office) Open(s Spot, day civil.Date) ([]civil.Interval, error) {
	shut, err := o.shut(s, day)
	return shut.Gaps(o.whole(day)), err
}

// Hours are the stretches of a day in which the location is open for anything at all.
func (o Office) Hours(day civil.Date) ([]civil.Interval, error) {
	return o.Open(Spot{}, day)
}

// Closed is the closure of the whole location that a day has, or nil.
func (o Office) Closed(day civil.Date) *Closure {
	for _, closure := range o.Rules.Closures {
		if closure.For == "" && closure.on(day) {
			return &closure
		}
	}
	return nil
}

func (c Closure) on(day civil.Date) bool { return c.From <= day && day <= c.Until }

// shut is what of a day can't be reserved, whatever the reason.
func (o Office) shut(s Spot, day civil.Date) (civil.Quarters, error) {
	shut, err := o.Shut(s, day)
	return append(shut, o.Out(s, o.whole(day))...), err
}

// Shut is what of a day spots of a category and type can't be reserved, since the office is closed for them.
func (o Office) Shut(s Spot, day civil.Date) (civil.Quarters, error) {
	shut, err := o.afterHours(s, day)
	if err != nil {
		return nil, err
	}
	for _, closure := range o.Rules.Closures {
		if s.is(closure.For) && closure.on(day) {
			closed, err := o.closed(closure, day)
			if err != nil {
				return nil, err
			}
			shut = shut.With(closed)
		}
	}
	return shut, nil
}

// Out is what of an interval a spot is out of service.
func (o Office) Out(s Spot, within civil.Interval) civil.Quarters {
	var out civil.Quarters
	for _, outage := range o.Outages {
		if outage.Concerns(s) {
			out = out.With(civil.Interval{From: max(outage.From, within.From), To: min(outage.To, within.To)})
		}
	}
	return out
}

// Near is what the buffers let nobody have beside what is taken, with that.
func (o Office) Near(s Spot, taken civil.Quarters) civil.Quarters {
	before, after := o.Buffers(s)
	if before == 0 && after == 0 {
		return taken
	}
	var near civil.Quarters
	for _, q := range taken {
		near = near.With(civil.Interval{From: q - after, To: q + before + 1})
	}
	return near
}

// closed is what a closure takes of one of its days.
func (o Office) closed(c Closure, day civil.Date) (civil.Interval, error) {
	if c.Part == nil {
		return o.whole(day), nil
	}
	return civil.Hours{Opens: c.Part.From, Closes: c.Part.To}.On(day, o.Zone)
}

// afterHours is what of a day is outside the location's hours, or those of a kind of the spot's.
func (o Office) afterHours(s Spot, day civil.Date) (civil.Quarters, error) {
	usual := []Stretch{{o.Opens, o.Closes}}
	shut, err := o.outside(o.Rules.Week, usual, day)
	if err != nil {
		return nil, err
	}
	for _, limits := range o.limits(s) {
		if limits.Week == nil {
			continue
		}
		more, err := o.outside(limits.Week, allDay, day)
		if err != nil {
			return nil, err
		}
		shut = append(shut, more...)
	}
	return shut, nil
}

// allDay are the hours of a kind on weekdays that it doesn't name.
var allDay = []Stretch{{civil.StartOfDay, civil.EndOfDay}}

// outside is what of a day a week leaves shut. What the day before has after midnight is of this day.
func (o Office) outside(week Week, usual []Stretch, day civil.Date) (civil.Quarters, error) {
	shut := o.whole(day).Quarters()
	for _, night := range week.on(day.AddDays(-1), usual) {
		if !night.OverMidnight() {
			continue
		}
		open, err := civil.Hours{Opens: civil.StartOfDay, Closes: night.To}.On(day, o.Zone)
		if err != nil {
			return nil, err
		}
		shut = shut.Without(open)
	}
	for _, stretch := range week.on(day, usual) {
		if stretch.OverMidnight() {
			stretch.To = civil.EndOfDay
		}
		open, err := civil.Hours{Opens: stretch.From, Closes: stretch.To}.On(day, o.Zone)
		if err != nil {
			return nil, err
		}
		shut = shut.Without(open)
	}
	return shut, nil
}

func (w Week) on(day civil.Date, usual []Stretch) []Stretch {
	if own, named := w[named(day)]; named {
		return own
	}
	return usual
}

// OutAt tells whether a spot is out of service at a moment.
func (o Office) OutAt(s Spot, now time.Time) bool {
	q := civil.QuarterOf(now)
	return o.OutOf(s, civil.Interval{From: q, To: q + 1}) != nil
}

// OutOf is the outage by which a spot can't be used in some of a time, or nil.
func (o Office) OutOf(s Spot, during civil.Interval) *Outage {
	i := slices.IndexFunc(o.Outages, func(out Outage) bool {
		return out.Concerns(s) && out.From < during.To && during.From < out.To
	})
	if i < 0 {
		return nil
	}
	return &o.Outages[i]
}

// Bars tells whether a closure or an outage lies in some of a time at a spot.
func (o Office) Bars(s Spot, day civil.Date, during civil.Interval) (bool, error) {
	if o.OutOf(s, during) != nil {
		return true, nil
	}
	for _, closure := range o.Rules.Closures {
		if !s.is(closure.For) || !closure.on(day) {
			continue
		}
		closed, err := o.closed(closure, day)
		if err != nil || closed.From < during.To && during.From < closed.To {
			return err == nil, err
		}
	}
	return false, nil
}

// Same tells whether two closures close the same, whatever they are called.
func (c Closure) Same(other Closure) bool {
	whole := Stretch{}
	part, otherPart := &whole, &whole
	if c.Part != nil {
		part = c.Part
	}
	if other.Part != nil {
		otherPart = other.Part
	}
	return c.From == other.From && c.Until == other.Until && c.For == other.For && *part == *otherPart
}
