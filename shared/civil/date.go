// Package civil reckons with days as people live them: a Date is a calendar day in a location's IANA zone, 23, 24, 25
// or in odd places 24½ hours long, and a Quarter is a quarter of an hour on the absolute time line, so that taken
// time needs no case for zones or clock changes.
package civil

import (
	"fmt"
	"sort"
	"time"
)

// A Date is a civil date, written 2026-11-22. It means an instant only together with a zone.
type Date string

const layout = "2006-01-02"

// never is the date after which none can be written with four digits, so that its end has no date.
const never Date = "9999-12-31"

// ParseDate accepts exactly YYYY-MM-DD and refuses days that no calendar has, and never.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(layout, s)
	if err != nil || t.Format(layout) != s || Date(s) == never {
		return "", fmt.Errorf("%q is not a date; accepted: YYYY-MM-DD", s)
	}
	return Date(s), nil
}

// DateOf is the civil date in zone at the instant t.
func DateOf(t time.Time, zone Zone) Date { return Date(zone.In(t).Format(layout)) }

// AddDays moves along the calendar: 2026-03-31 plus one is 2026-04-01, whatever the clocks do.
func (d Date) AddDays(n int) Date { return Date(d.noon().AddDate(0, 0, n).Format(layout)) }

// DaysUntil counts calendar days from d to e; negative when e is earlier.
func (d Date) DaysUntil(e Date) int { return int(e.noon().Sub(d.noon()).Hours() / 24) }

// Weekend tells whether the date is a Saturday or a Sunday.
func (d Date) Weekend() bool {
	day := d.noon().Weekday()
	return day == time.Saturday || day == time.Sunday
}

// Weekday is its day of the week.
func (d Date) Weekday() time.Weekday { return d.noon().Weekday() }

func (d Date) noon() time.Time {
	t, err := time.Parse(layout, string(d))
	if err != nil {
		return time.Time{}
	}
	return t.Add(12 * time.Hour)
}

// Start is the first instant of the date in zone. It is not always 00:00 (where clocks jump at midnight the day
// starts at 01:00), and time.Date alone can answer with the day before, so unless its answer is the first instant with
// this civil date, that is searched.
func (d Date) Start(zone Zone) time.Time {
	noon := d.noon()
	start := time.Date(noon.Year(), noon.Month(), noon.Day(), 0, 0, 0, 0, zone.Location())
	if DateOf(start, zone) == d && DateOf(start.Add(-time.Second), zone) < d {
		return start.UTC()
	}
	// No zone is more than 15 hours from UTC and no day is longer than 27 hours: both ends are safely outside.
	from := noon.Add(-48 * time.Hour).Unix()
	span := int(96 * time.Hour / time.Second)
	n := sort.Search(span, func(i int) bool {
		return DateOf(time.Unix(from+int64(i), 0), zone) >= d
	})
	return time.Unix(from+int64(n), 0).UTC()
}

// End is the deadline of everything that belongs to the date: the first instant in zone with a later civil date. It is
// at a quarter of an hour, since every zone differs from UTC by whole ones.
func (d Date) End(zone Zone) time.Time { return d.AddDays(1).Start(zone) }
