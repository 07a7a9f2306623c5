package civil

import (
	"slices"
	"time"
)

// A Quarter is a quarter of an hour on the absolute time line: Unix seconds divided by 900.
type Quarter int64

const quarterSeconds = 900

// QuarterOf is the quarter in which t lies.
func QuarterOf(t time.Time) Quarter { return Quarter(t.Unix() / quarterSeconds) }

// Time is the instant at which the quarter begins, in UTC.
func (q Quarter) Time() time.Time { return time.Unix(int64(q)*quarterSeconds, 0).UTC() }

// Clock is the wall clock time in zone at which q begins.
func (q Quarter) Clock(zone Zone) ClockTime { return ClockTime(zone.In(q.Time()).Format(clockLayout)) }

// EndClock is the wall clock time in zone of an exclusive end on date d: 24:00 where d ends.
func (q Quarter) EndClock(d Date, zone Zone) ClockTime {
	if q.Time().Equal(d.End(zone)) {
		return EndOfDay
	}
	return q.Clock(zone)
}

// An Interval is half open: it holds its From and not its To, so 9–12 and 12–15 are neighbours.
type Interval struct {
	From Quarter
	To   Quarter
}

// Quarters lists what the interval holds, in order.
func (i Interval) Quarters() Quarters {
	held := make(Quarters, 0, max(0, i.To-i.From))
	for q := i.From; q < i.To; q++ {
		held = append(held, q)
	}
	return held
}

// Lasts is how long the interval is.
func (i Interval) Lasts() time.Duration { return i.To.Time().Sub(i.From.Time()) }

// Holds reports whether the instant t is inside.
func (i Interval) Holds(t time.Time) bool {
	return !t.Before(i.From.Time()) && t.Before(i.To.Time())
}

// Has reports whether the quarter q is inside.
func (i Interval) Has(q Quarter) bool { return i.From <= q && q < i.To }

// Quarters are those of a sheet that are taken, each once and in any order.
type Quarters []Quarter

// Free reports whether none of the interval is taken.
func (taken Quarters) Free(i Interval) bool { return !slices.ContainsFunc(taken, i.Has) }

// Next is the first taken quarter from one on, or end where none comes before it.
func (taken Quarters) Next(from, end Quarter) Quarter {
	for _, q := range taken {
		if q >= from {
			end = min(end, q)
		}
	}
	return end
}

// FreeFrom is the first quarter from one on that is not taken.
func (taken Quarters) FreeFrom(from Quarter) Quarter {
	for slices.Contains(taken, from) {
		from++
	}
	return from
}

// Gaps are the stretches of an interval that are not taken, in order.
func (taken Quarters) Gaps(within Interval) []Interval {
	var gaps []Interval
	held := taken.in(within)
	for from := within.From; from < within.To; from++ {
		to := from
		for to < within.To && !held[to-within.From] {
			to++
		}
		if to > from {
			gaps = append(gaps, Interval{from, to})
			from = to
		}
	}
	return gaps
}

// in tells of each quarter of an interval whether it is taken.
func (taken Quarters) in(i Interval) []bool {
	held := make([]bool, max(0, i.To-i.From))
	for _, q := range taken {
		if i.Has(q) {
			held[q-i.From] = true
		}
	}
	return held
}

// With is what is taken when the interval is, too.
func (taken Quarters) With(i Interval) Quarters { return append(slices.Clone(taken), i.Quarters()...) }

// Without is what is taken beside the interval.
func (taken Quarters) Without(i Interval) Quarters {
	return slices.DeleteFunc(slices.Clone(taken), i.Has)
}
