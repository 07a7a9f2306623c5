package civil

import (
	"fmt"
	"time"
)

// A ClockTime is a time of a day as a wall clock shows it, in quarters of an hour, written 09:15.
type ClockTime string

// Midnight has two names. As a beginning it is the start of the day, as an end the end of it: nothing ends where it
// could only be empty.
const (
	StartOfDay ClockTime = "00:00"
	EndOfDay   ClockTime = "24:00"
)

const clockLayout = "15:04"

// Begins is the quarter that begins on date d when the wall clock in zone shows c; of a time that exists twice, since
// the clocks go back, the first. 00:00 is the first instant of the day, whatever the clock shows then. It refuses
// times that are no quarters and those that the clocks jump over.
func (c ClockTime) Begins(d Date, zone Zone) (Quarter, error) {
	on, err := c.on(d, zone)
	if err == nil && on.jumped {
		err = fmt.Errorf("%s does not exist on %s in %s: the clocks jump over it", c, d, zone)
	}
	return on.first, err
}

// Ends is the quarter before which something ends on date d that ends when the wall clock in zone shows c: of a time
// that exists twice the last, of one that the clocks jump over the jump. 24:00 and 00:00 are the end of the day. It
// refuses times that are no quarters.
func (c ClockTime) Ends(d Date, zone Zone) (Quarter, error) {
	if c == StartOfDay {
		c = EndOfDay
	}
	on, err := c.on(d, zone)
	return on.last, err
}

// Hours are the opening hours of a place.
type Hours struct{ Opens, Closes ClockTime }

// On is when the place is open on date d. Hours exist on every day: what opens at a time that the clocks jump over
// opens at the jump.
func (h Hours) On(d Date, zone Zone) (Interval, error) {
	opens, err := h.Opens.on(d, zone)
	if err != nil {
		return Interval{}, err
	}
	closes, err := h.Closes.Ends(d, zone)
	return Interval{opens.first, closes}, err
}

// shown is when a wall clock shows a time on a day: for the first time and for the last, or when it jumps over it.
type shown struct {
	first, last Quarter
	jumped      bool
}

func (c ClockTime) on(d Date, zone Zone) (shown, error) {
	start, end := d.Start(zone), d.End(zone)
	if start.Unix()%quarterSeconds != 0 || end.Unix()%quarterSeconds != 0 {
		return shown{}, fmt.Errorf("days of %s did not begin on quarters of an hour in UTC then", zone)
	}
	from, to := QuarterOf(start), QuarterOf(end)
	switch c {
	case StartOfDay:
		return shown{first: from, last: from}, nil
	case EndOfDay:
		return shown{first: to, last: to}, nil
	}
	wall, err := time.Parse(clockLayout, string(c))
	if err != nil || wall.Format(clockLayout) != string(c) || wall.Minute()%15 != 0 {
		return shown{}, fmt.Errorf("%q is not a quarter of an hour; accepted: 00:00, 00:15 … 24:00", c)
	}
	wanted, found, jump := minute(wall), shown{jumped: true}, to
	for q := to - 1; q >= from; q-- {
		switch at := minute(zone.In(q.Time())); {
		case at == wanted && found.jumped:
			found = shown{first: q, last: q}
		case at == wanted:
			found.first = q
		case at > wanted:
			jump = q
		}
	}
	if found.jumped {
		found.first, found.last = jump, jump
	}
	return found, nil
}

// minute is how many minutes the wall clock shows.
func minute(t time.Time) int { return 60*t.Hour() + t.Minute() }
