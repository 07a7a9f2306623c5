package booking

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/search"
	"github.com/iotspot/iotspot/shared/table"
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

// SpotAvailability is one spot. Available says whether all of the time asked for is free; Free lists the stretches
// that are. Now is what the spot is at this moment, and only given for today.
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

// Availability answers a floor's day from one item, its plan, and one Query, its sheets; beside the Query the search is
// counted (art. 5). What it shows as free may be taken a moment later: the reservation itself decides.
func (d Desk) Availability(ctx context.Context, caller identity.Caller, in AvailabilityInput) (Availability, error) {
	floor, err := d.Tables.Floor(ctx, caller.Business, in.Floor)
	if err != nil {
		return Availability{}, unknown(err)
	}
	if caller.Location != "" && caller.Location != floor.Location {
		return Availability{}, problem.Unknown()
	}
	zone, err := civil.LoadZone(floor.Site.Zone)
	if err != nil {
		return Availability{}, err
	}
	at := view{floor.Site, zone}
	asked, err := at.span(in)
	if err != nil {
		return Availability{}, err
	}
	counted := search.Counter{Tables: d.Tables, Now: d.Now}.Begin(ctx, caller.Person, floor.Location, at.zone, table.SpotSearch)
	sheets, err := d.Tables.FloorDay(ctx, caller.Business, floor.Location, in.Floor, in.Date)
	counted()
	if err != nil {
		return Availability{}, err
	}
	answer := Availability{Floor: in.Floor, Name: floor.Name, Location: floor.Location, Date: in.Date, TimeZone: at.Zone,
		From: asked.From.Clock(at.zone), To: closing(asked.To, in.Date, at.zone), Spots: []SpotAvailability{}}
	byspot := map[string]table.SpotSheet{}
	for _, sheet := range sheets {
		byspot[sheet.Spot] = sheet
	}
	for _, id := range slices.Sorted(maps.Keys(floor.Spots)) {
		spot := floor.Spots[id]
		if in.Type != "" && spot.Type != in.Type || in.Zone != "" && spot.Zone != in.Zone {
			continue
		}
		answer.Spots = append(answer.Spots, d.availabilityOf(id, spot, byspot[id], at, in.Date, asked))
	}
	return answer, nil
}

// A view is what a floor knows of its location, with the zone loaded.
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
		return civil.Interval{}, problem.Impossible("/from", err.Error(), "a quarter of an hour that exists on that date in "+s.Zone)
	}
	to, err := in.To.At(in.Date, s.zone, true)
	if err != nil {
		return civil.Interval{}, problem.Impossible("/to", err.Error(), "a quarter of an hour that exists on that date in "+s.Zone)
	}
	if to <= from {
		return civil.Interval{}, problem.Impossible("/to", "is not after from", "a later time of the same date")
	}
	return civil.Interval{From: from, To: to}, nil
}

func (d Desk) availabilityOf(id string, spot table.FloorSpot, sheet table.SpotSheet, at view, day civil.Date, asked civil.Interval) SpotAvailability {
	answer := SpotAvailability{Spot: id, Name: spot.Name, Category: spot.Category, Type: spot.Type, Zone: spot.Zone,
		X: spot.X, Y: spot.Y, Free: []Stretch{}, Available: isFree(sheet.Taken, asked)}
	taken := map[civil.Quarter]bool{}
	for _, q := range sheet.Taken {
		taken[civil.Quarter(q)] = true
	}
	for from := asked.From; from < asked.To; from++ {
		to := from
		for to < asked.To && !taken[to] {
			to++
		}
		if to > from {
			answer.Free = append(answer.Free, Stretch{from.Clock(at.zone), closing(to, day, at.zone)})
			from = to
		}
	}
	if now := d.Now(); civil.DateOf(now, at.zone) == day {
		answer.Now = StateOf(sheet, len(spot.Sensors) > 0, time.Duration(at.SilentMinutes)*time.Minute, day.Start(at.zone), now)
	}
	return answer
}

// closing is the clock time of an end: the day's own end is 24:00.
func closing(q civil.Quarter, day civil.Date, zone *time.Location) civil.ClockTime {
	if q.Time().Equal(day.End(zone)) {
		return "24:00"
	}
	return q.Clock(zone)
}
