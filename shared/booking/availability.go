package booking

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/usage"
)

// AvailabilityInput asks for a floor's day or a part of it. Left out, from and to are the opening hours.
type AvailabilityInput struct {
	Floor string          `json:"floor"`
	Date  civil.Date      `json:"date"`
	From  civil.ClockTime `json:"from"`
	To    civil.ClockTime `json:"to"`
	Type  string          `json:"type"`
	Zone  string          `json:"zone"`
}

// Availability is a floor with what is free on it. It names no person.
type Availability struct {
	Floor    string             `json:"floor"`
	Name     string             `json:"name"`
	Location string             `json:"location"`
	Date     civil.Date         `json:"date"`
	TimeZone string             `json:"time_zone"`
	From     civil.ClockTime    `json:"from"`
	To       civil.ClockTime    `json:"to"`
	Spots    []SpotAvailability `json:"spots"`
}

// SpotAvailability is one spot. Available says whether the whole time asked for is free; Free lists the stretches
// within it that are. Now is the state of the spot at this moment, given for today alone.
type SpotAvailability struct {
	Spot      string         `json:"spot"`
	Name      string         `json:"name"`
	Category  table.Category `json:"category"`
	Type      string         `json:"type"`
	Zone      string         `json:"zone,omitempty"`
	X         float64        `json:"x"`
	Y         float64        `json:"y"`
	Available bool           `json:"available"`
	Free      []Stretch      `json:"free"`
	Now       SpotState      `json:"now,omitempty"`
}

// A Stretch is a half-open time of the day in the location's zone.
type Stretch struct {
	From civil.ClockTime `json:"from"`
	To   civil.ClockTime `json:"to"`
}

// Availability answers a floor's day from one item, its plan, and one Query, its sheets; beside the Query the search
// is counted (art. 5). What it shows as free may be taken a moment later: the reservation itself decides.
func (b Bookings) Availability(ctx context.Context, caller identity.Caller, in AvailabilityInput) (Availability,
	error) {
	floor, at, err := b.floor(ctx, caller, in.Floor)
	if err != nil {
		return Availability{}, err
	}
	asked, err := at.span(in)
	if err != nil {
		return Availability{}, err
	}
	counted := usage.Counter{Tables: b.Tables, Now: b.Now}.Begin(ctx, caller.Person, floor.Location, at.zone,
		table.SpotSearch)
	sheets, err := b.Tables.FloorDay(ctx, caller.Business, floor.Location, in.Floor, in.Date)
	counted()
	if err != nil {
		return Availability{}, err
	}
	look := at.on(in.Date, asked, b.Now())
	answer := Availability{Floor: in.Floor, Name: floor.Name, Location: floor.Location, Date: in.Date,
		TimeZone: at.Zone,
		From:     asked.From.Clock(at.zone), To: look.closing(asked.To), Spots: []SpotAvailability{}}
	spots := bySpot(sheets)
	for _, id := range slices.Sorted(maps.Keys(floor.Spots)) {
		spot := floor.Spots[id]
		if in.Type != "" && spot.Type != in.Type || in.Zone != "" && spot.Zone != in.Zone {
			continue
		}
		answer.Spots = append(answer.Spots, look.of(id, spot, spots[id]))
	}
	return answer, nil
}

// A view is a floor's copy of its location's settings, with the zone loaded.
type view struct {
	table.Site
	zone *time.Location
}

func (s view) span(in AvailabilityInput) (civil.Interval, error) {
	if _, err := civil.ParseDate(string(in.Date)); err != nil {
		return civil.Interval{}, problem.BadField("/date", "is not a date of the calendar", "YYYY-MM-DD")
	}
	if in.From == "" {
		in.From = s.Opens
	}
	if in.To == "" {
		in.To = s.Closes
	}
	from, err := in.From.At(in.Date, s.zone, false)
	if err != nil {
		return civil.Interval{}, problem.Impossible("/from", err.Error(),
			"a quarter of an hour that exists on that date in "+s.Zone)
	}
	to, err := in.To.At(in.Date, s.zone, true)
	if err != nil {
		return civil.Interval{}, problem.Impossible("/to", err.Error(),
			"a quarter of an hour that exists on that date in "+s.Zone)
	}
	if to <= from {
		return civil.Interval{}, problem.Impossible("/to", "is not after from", "a later time of the same date")
	}
	return civil.Interval{From: from, To: to}, nil
}

// A look is one floor on one day. The day's start and end are computed once for all its spots, since finding them is
// a search.
type look struct {
	view
	asked        civil.Interval
	now          time.Time
	today        bool
	starts, ends time.Time
}

func (s view) on(day civil.Date, asked civil.Interval, now time.Time) look {
	return look{view: s, asked: asked, now: now, today: civil.DateOf(now, s.zone) == day, starts: day.Start(s.zone),
		ends: day.End(s.zone)}
}

func (l look) of(id string, spot table.FloorSpot, sheet table.SpotSheet) SpotAvailability {
	answer := SpotAvailability{Spot: id, Name: spot.Name, Category: spot.Category, Type: spot.Type, Zone: spot.Zone,
		X: spot.X, Y: spot.Y, Free: []Stretch{}, Available: isFree(sheet.Taken, l.asked)}
	taken := make([]bool, l.asked.To-l.asked.From)
	for _, q := range sheet.Taken {
		if q := civil.Quarter(q); q >= l.asked.From && q < l.asked.To {
			taken[q-l.asked.From] = true
		}
	}
	for from := l.asked.From; from < l.asked.To; from++ {
		to := from
		for to < l.asked.To && !taken[to-l.asked.From] {
			to++
		}
		if to > from {
			answer.Free = append(answer.Free, Stretch{from.Clock(l.zone), l.closing(to)})
			from = to
		}
	}
	if l.today {
		answer.Now = StateOf(sheet, len(spot.Sensors) > 0, time.Duration(l.SilentMinutes)*time.Minute, l.starts,
			l.now)
	}
	return answer
}

// closing is the clock time of an end: the day's own end is 24:00.
func (l look) closing(q civil.Quarter) civil.ClockTime {
	if q.Time().Equal(l.ends) {
		return "24:00"
	}
	return q.Clock(l.zone)
}
