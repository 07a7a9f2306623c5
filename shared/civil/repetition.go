package civil

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Repetition says on which dates something comes back, and when it ends. It is written as in a calendar's RRULE
// (RFC 5545, 3.3.10), of which it takes what days are made of; nothing comes back within a day.
type Repetition struct {
	frequency string
	interval  int // every n-th day, week from Monday to Sunday, or month
	days      []weekdays
	count     int  // of dates, 0 where it ends by date
	until     Date // the last one possible
}

// weekdays are those of a name: all of them, or the n-th of a month, counted from its end where n is negative.
type weekdays struct {
	n   int
	day time.Weekday
}

const (
	daily   = "DAILY"
	weekly  = "WEEKLY"
	monthly = "MONTHLY"
)

// RepetitionAccepted says in words what ParseRepetition takes.
const RepetitionAccepted = "FREQ=DAILY, WEEKLY or MONTHLY; INTERVAL=1 to 99; BYDAY as MO,WE, in a month also as 1MO " +
	"or -1FR; and COUNT or UNTIL, as FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20270115"

// Errors of a repetition. They hold nothing of what was asked.
var (
	ErrNoRepetition = errors.New("is not a repetition of days")
	ErrEndless      = errors.New("has no end, or two")
	ErrTooMany      = errors.New("comes to too many dates")
	ErrNoDates      = errors.New("comes to no date at all")
	ErrTooLong      = errors.New("does not end within five years")
)

// mostInterval is the longest interval that is taken.
const mostInterval = 99

// ParseRepetition reads a rule of RFC 5545: FREQ of DAILY, WEEKLY or MONTHLY, INTERVAL, BYDAY, and one of COUNT and
// UNTIL, a date. ErrNoRepetition is the error for anything else, ErrEndless without the last.
func ParseRepetition(text string) (Repetition, error) {
	r := Repetition{interval: 1}
	seen := map[string]bool{}
	for _, part := range strings.Split(strings.ToUpper(text), ";") {
		name, value, _ := strings.Cut(part, "=")
		if seen[name] || !r.read(name, value) {
			return Repetition{}, ErrNoRepetition
		}
		seen[name] = true
	}
	nth := slices.ContainsFunc(r.days, func(d weekdays) bool { return d.n != 0 })
	switch {
	case !seen["FREQ"] || nth && r.frequency != monthly:
		return Repetition{}, ErrNoRepetition
	case seen["COUNT"] == seen["UNTIL"]:
		return Repetition{}, ErrEndless
	}
	return r, nil
}

// read takes one part of a rule, and tells whether it is one.
func (r *Repetition) read(name, value string) bool {
	var ok bool
	switch name {
	case "FREQ":
		r.frequency, ok = value, slices.Contains([]string{daily, weekly, monthly}, value)
	case "INTERVAL":
		r.interval, ok = number(value, mostInterval)
	case "COUNT":
		r.count, ok = number(value, mostReached)
	case "UNTIL":
		day, err := time.Parse("20060102", value)
		r.until, ok = Date(day.Format(layout)), err == nil && day.Year() > 0
	case "BYDAY":
		r.days, ok = readDays(value)
	}
	return ok
}

func number(text string, most int) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 1 && n <= most && strconv.Itoa(n) == text
}

// names of weekdays, in the order of time.Weekday.
var names = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

func readDays(text string) ([]weekdays, bool) {
	var days []weekdays
	for _, one := range strings.Split(text, ",") {
		nth, name := one[:max(0, len(one)-2)], one[max(0, len(one)-2):]
		day := weekdays{day: time.Weekday(slices.Index(names, name))}
		if nth != "" {
			n, ok := number(strings.TrimLeft(nth, "+-"), 5)
			if !ok || len(nth) > 2 {
				return nil, false
			}
			if day.n = n; nth[0] == '-' {
				day.n = -n
			}
		}
		if day.day < time.Sunday || slices.Contains(days, day) {
			return nil, false
		}
		days = append(days, day)
	}
	return days, true
}

// mostReached is how many days a repetition is followed: five years of them.
const mostReached = 5 * 366

// Dates are those on which it comes, in order: from first on, which need not be one of them, without the exceptions.
// As in RFC 5545 an exception counts towards COUNT, weeks begin on Monday, and a month that lacks the day of first is
// passed over. More than most is ErrTooMany; none ErrNoDates; a count that isn't reached in five years ErrTooLong.
func (r Repetition) Dates(first Date, except []Date, most int) ([]Date, error) {
	var dates []Date
	start, came := first.noon(), 0
	for n := range mostReached {
		day := start.AddDate(0, 0, n)
		if r.until != "" && day.After(r.until.noon()) || r.count > 0 && came == r.count {
			break
		}
		if !r.comes(start, day, n) {
			continue
		}
		came++
		if date := Date(day.Format(layout)); !slices.Contains(except, date) {
			dates = append(dates, date)
		}
		if len(dates) > most {
			return nil, ErrTooMany
		}
	}
	switch {
	case r.count > came || r.until.noon().After(start.AddDate(0, 0, mostReached-1)):
		return nil, ErrTooLong
	case len(dates) == 0:
		return nil, ErrNoDates
	}
	return dates, nil
}

// comes tells whether a day is one, n days after the start.
func (r Repetition) comes(start, day time.Time, n int) bool {
	switch r.frequency {
	case daily:
		return n%r.interval == 0 && (len(r.days) == 0 || r.named(day))
	case weekly:
		weeks := (n + sinceMonday(start)) / 7
		return weeks%r.interval == 0 && (r.named(day) || len(r.days) == 0 && day.Weekday() == start.Weekday())
	default:
		months := 12*(day.Year()-start.Year()) + int(day.Month()-start.Month())
		return months%r.interval == 0 && (r.named(day) || len(r.days) == 0 && day.Day() == start.Day())
	}
}

func sinceMonday(day time.Time) int { return (int(day.Weekday()) + 6) % 7 }

func (r Repetition) named(day time.Time) bool {
	last := day.AddDate(0, 1, -day.Day()).Day() // of the month
	fromStart, fromEnd := (day.Day()-1)/7+1, (last-day.Day())/7+1
	return slices.ContainsFunc(r.days, func(d weekdays) bool {
		return d.day == day.Weekday() && (d.n == 0 || d.n == fromStart || d.n == -fromEnd)
	})
}
