package booking

import (
	"fmt"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/problem"
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
}

// parts divides a period over its days and checks it against the site's rules at an instant.
func (s site) parts(p Period, now time.Time) ([]part, error) {
	if p.UntilDate == "" {
		p.UntilDate = p.Date
	}
	for pointer, date := range map[string]civil.Date{"/date": p.Date, "/until_date": p.UntilDate} {
		if _, err := civil.ParseDate(string(date)); err != nil {
			return nil, problem.BadField(pointer, "is not a date of the calendar", "YYYY-MM-DD")
		}
	}
	switch p.Date.DaysUntil(p.UntilDate) {
	case 0:
		one, err := s.part(p.Date, p.From, p.To, now)
		return []part{one}, err
	case 1:
		evening, err := s.part(p.Date, p.From, "24:00", now)
		if err != nil {
			return nil, err
		}
		morning, err := s.part(p.UntilDate, "00:00", p.To, now)
		return []part{evening, morning}, err
	default:
		return nil, problem.Impossible("/until_date", "is not the date or the day after it",
			"the same date or the next")
	}
}

func (s site) part(day civil.Date, from, to civil.ClockTime, now time.Time) (part, error) {
	start, err := from.At(day, s.zone, false)
	if err != nil {
		return part{}, problem.Impossible("/from", err.Error(),
			"a quarter of an hour that exists on that date in "+s.Zone)
	}
	end, err := to.At(day, s.zone, true)
	if err != nil {
		return part{}, problem.Impossible("/to", err.Error(),
			"a quarter of an hour that exists on that date in "+s.Zone)
	}
	asked := part{day, civil.Interval{From: start, To: end}}
	if end <= start {
		return part{}, problem.Impossible("/to", "is not after from",
			"a later time, or until_date for a night over midnight")
	}
	if end.Time().Before(now) || start < civil.Quarter(now.Unix()/900) {
		return part{}, problem.Impossible("/from", "is in the past",
			"the quarter of an hour that runs now, or a later one")
	}
	if from < s.Opens || to > s.Closes {
		return part{}, problem.Impossible("/from", "is outside the opening hours",
			fmt.Sprintf("%s to %s", s.Opens, s.Closes))
	}
	last := civil.DateOf(now, s.zone).AddDays(s.HorizonDays)
	if day > last {
		return part{}, problem.Impossible("/date", "is too far ahead", "up to "+string(last))
	}
	return asked, nil
}
