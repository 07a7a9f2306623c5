package civil

import (
	"fmt"
	"time"
)

// A Quarter is a quarter of an hour on the absolute time line: Unix seconds divided by 900.
type Quarter int64

const quarterSeconds = 900

// QuarterAt is the quarter that begins at t, and whether t is the beginning of one.
func QuarterAt(t time.Time) (Quarter, bool) {
	return Quarter(t.Unix() / quarterSeconds), t.Unix()%quarterSeconds == 0 && t.Nanosecond() == 0
}

// Time is the instant at which the quarter begins, in UTC.
func (q Quarter) Time() time.Time { return time.Unix(int64(q)*quarterSeconds, 0).UTC() }

// An Interval is half open: it holds its From and not its To, so 9–12 and 12–15 are neighbours.
type Interval struct {
	From Quarter
	To   Quarter
}

// Quarters lists what the interval holds, in order.
func (i Interval) Quarters() []int {
	held := make([]int, 0, i.To-i.From)
	for q := i.From; q < i.To; q++ {
		held = append(held, int(q))
	}
	return held
}

// Holds reports whether the instant t is inside.
func (i Interval) Holds(t time.Time) bool {
	return !t.Before(i.From.Time()) && t.Before(i.To.Time())
}

// ClockTime is a wall clock time of a day in quarters, written 09:15; 24:00 is the end of the day.
type ClockTime string

// At is the quarter at which the wall clock in zone shows c on date d. It refuses times that are no quarter, that do
// not exist because the clocks jump over them, and zones whose quarters are not quarters of an hour in UTC. Where the
// clocks go back a time exists twice; the first is meant for a beginning and the last for an end, so that a
// reservation until 02:30 on that night holds everything a person could mean by it.
func (c ClockTime) At(d Date, zone *time.Location, end bool) (Quarter, error) {
	if c == "24:00" {
		return quarterOf(d.End(zone), c)
	}
	wall, err := time.Parse("15:04", string(c))
	if err != nil || wall.Format("15:04") != string(c) || wall.Minute()%15 != 0 {
		return 0, fmt.Errorf("%q is not a quarter of an hour; accepted: 00:00, 00:15 … 24:00", c)
	}
	var found []time.Time
	for t, until := d.Start(zone), d.End(zone); t.Before(until); t = t.Add(quarterSeconds * time.Second) {
		if t.In(zone).Format("15:04") == string(c) && DateOf(t, zone) == d {
			found = append(found, t)
		}
	}
	switch {
	case len(found) == 0:
		return 0, fmt.Errorf("%s does not exist on %s in %s: the clocks jump over it", c, d, zone)
	case end:
		return quarterOf(found[len(found)-1], c)
	default:
		return quarterOf(found[0], c)
	}
}

func quarterOf(t time.Time, c ClockTime) (Quarter, error) {
	q, whole := QuarterAt(t)
	if !whole {
		return 0, fmt.Errorf("%s is not on a quarter of an hour in UTC", c)
	}
	return q, nil
}

// Clock is the wall clock time in zone at which q begins.
func (q Quarter) Clock(zone *time.Location) ClockTime {
	return ClockTime(q.Time().In(zone).Format("15:04"))
}
