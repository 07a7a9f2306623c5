package booking

import (
	"cmp"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// A Period is what a caller asks for, in the location's zone. UntilDate is the next date for a night that goes over
// midnight; left out it is the same date.
type Period struct {
	Date      civil.Date      `json:"date"`
	From      civil.ClockTime `json:"from"`
	To        civil.ClockTime `json:"to"`
	UntilDate civil.Date      `json:"until_date"`
}

// A part is the share of one day in a period: a reservation over midnight is two.
type part struct {
	day      civil.Date
	interval civil.Interval
	bookedAt int64 // Unix seconds, where it has begun by then
}

// parts divides a period over its days and checks that it can be had at an instant, whatever the location's rules.
func parts(location table.Location, p Period, now time.Time) ([]part, error) {
	if p.UntilDate == "" {
		p.UntilDate = p.Date
	}
	if err := cmp.Or(problem.CheckDate("/date", p.Date), problem.CheckDate("/until_date", p.UntilDate)); err != nil {
		return nil, err
	}
	days := p.Date.DaysUntil(p.UntilDate)
	if days == 1 && atMidnight(p.To, p.UntilDate, location.Zone) {
		days, p.To = 0, civil.EndOfDay
	}
	switch days {
	case 0:
		one, err := partOf(location, p.Date, p.From, p.To, now)
		return []part{one}, err
	case 1:
		evening, err := partOf(location, p.Date, p.From, civil.EndOfDay, now)
		if err != nil {
			return nil, err
		}
		morning, err := partOf(location, p.UntilDate, civil.StartOfDay, p.To, now)
		return []part{evening, morning}, err
	default:
		return nil, problem.Impossible("/until_date", "is not the date or the day after it",
			"the same date or the next")
	}
}

// atMidnight tells whether a night that ends at a clock time ends as its day begins: midnight has two names, and more
// where the clocks jump over it.
func atMidnight(ends civil.ClockTime, day civil.Date, zone civil.Zone) bool {
	if ends == civil.StartOfDay {
		return true
	}
	quarter, err := ends.Ends(day, zone)
	return err == nil && quarter.Time().Equal(day.Start(zone))
}

// PartOf is a time of one day, checked as that of a reservation is.
func PartOf(location table.Location, day civil.Date, from, to civil.ClockTime, now time.Time) (rules.Part, error) {
	split, err := parts(location, Period{Date: day, From: from, To: to}, now)
	if err != nil {
		return rules.Part{}, err
	}
	return ruled(split)[0], nil
}

func partOf(location table.Location, day civil.Date, from, to civil.ClockTime, now time.Time) (part, error) {
	start, err := from.Begins(day, location.Zone)
	if err != nil {
		return part{}, notThen("/from", err, location.Zone)
	}
	end, err := to.Ends(day, location.Zone)
	if err != nil {
		return part{}, notThen("/to", err, location.Zone)
	}
	asked := part{day: day, interval: civil.Interval{From: start, To: end}}
	if start.Time().Before(now) {
		asked.bookedAt = now.Unix()
	}
	if end <= start {
		return part{}, problem.Impossible("/to", "is not after from",
			"a later time, or until_date for a night over midnight")
	}
	if start < civil.QuarterOf(now) {
		return part{}, problem.Impossible("/from", "is in the past",
			"the quarter of an hour that runs now, or a later one")
	}
	return asked, nil
}

// notThen is the error for a time that no clock shows on that date.
func notThen(pointer string, err error, zone civil.Zone) error {
	return problem.Impossible(pointer, err.Error(), "a quarter of an hour that exists on that date in "+zone.String())
}
