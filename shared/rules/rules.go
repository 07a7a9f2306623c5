// Package rules decides by what an office says of its spots, hours, closures and limits, whether a reservation may be
// made: pure functions of settings and a request. What others have reserved is no matter of theirs, and in no answer.
package rules

import (
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/civil"
)

// Rules are what a location says beyond the settings that each has. Whatever is said for everything, for a category
// and for a type holds together, so that the strictest wins.
type Rules struct {
	Week     Week      `json:"week,omitempty" dynamo:"week,omitempty"`
	Closures []Closure `json:"closures,omitempty" dynamo:"closures,omitempty"`
	Limits   []Limits  `json:"limits,omitempty" dynamo:"limits,omitempty"`
	Presets  []Preset  `json:"presets,omitempty" dynamo:"presets,omitempty"`
	// Approvals are for spots that wait for somebody's agreement.
	Approvals []Approval `json:"approvals,omitempty" dynamo:"approvals,omitempty"`
	// AskMinutes is how long after the beginning somebody who hasn't come is asked; 0 is two thirds of the time after
	// which they are a no-show.
	AskMinutes int     `json:"ask_minutes,omitempty" dynamo:"ask_minutes,omitempty"`
	Off        []Habit `json:"off,omitempty" dynamo:"off,omitempty"`
}

// A Habit is something that happens at a location by itself, unless its rules turn it off.
type Habit string

// The habits.
const (
	NoShow   Habit = "no_show"  // the spot is given back when nobody comes
	Asking   Habit = "asking"   // and they are asked first, by mail
	Comeback Habit = "comeback" // who comes after that gets it back where nobody has it
	Vacated  Habit = "vacated"  // a spot that stays vacant is given back
	// who wants it is reminded by mail of what they have the next day
	Reminders Habit = "reminders"
)

// Habits are all of them.
var Habits = []Habit{NoShow, Asking, Comeback, Vacated, Reminders}

// Has tells whether something happens here.
func (r Rules) Has(habit Habit) bool { return !slices.Contains(r.Off, habit) }

// A Week says when a place is open on some weekdays, by their English names in small letters. An empty list is a day
// on which it stays closed. What isn't named is as usual.
type Week map[string][]Stretch

// Weekdays are their names, beginning with Monday.
var Weekdays = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// A Stretch is a half-open time of a day; one that ends no later than it begins goes over midnight.
type Stretch struct {
	From civil.ClockTime `json:"from" dynamo:"f"`
	To   civil.ClockTime `json:"to" dynamo:"t"`
}

// OverMidnight tells whether it ends on the next day.
func (s Stretch) OverMidnight() bool { return s.To != civil.StartOfDay && s.To <= s.From }

// A Kind is a category or a type of spots; "" is every spot.
type Kind string

// A Closure is a time during which some or all spots can't be reserved.
type Closure struct {
	Name  string     `json:"name" dynamo:"n"`
	From  civil.Date `json:"from" dynamo:"f"`
	Until civil.Date `json:"until" dynamo:"u"`                    // included
	Part  *Stretch   `json:"part,omitempty" dynamo:"p,omitempty"` // of each of the days; nil is the whole day
	For   Kind       `json:"for,omitempty" dynamo:"k,omitempty"`
}

// Limits are what holds for a kind of spots. 0 is no limit.
type Limits struct {
	For             Kind `json:"for,omitempty" dynamo:"k,omitempty"`
	Week            Week `json:"week,omitempty" dynamo:"w,omitempty"` // within the location's own hours
	HorizonDays     int  `json:"horizon_days,omitempty" dynamo:"h,omitempty"`
	ShortestMinutes int  `json:"shortest_minutes,omitempty" dynamo:"s,omitempty"`
	LongestMinutes  int  `json:"longest_minutes,omitempty" dynamo:"l,omitempty"`
	PerDay          int  `json:"per_day,omitempty" dynamo:"d,omitempty"` // a person's reservations on a day
	AtOnce          int  `json:"at_once,omitempty" dynamo:"o,omitempty"` // a person's at one moment
	// a person's in a week, as far as it lies ahead
	PerWeek       int `json:"per_week,omitempty" dynamo:"e,omitempty"`
	BeforeMinutes int `json:"before_minutes,omitempty" dynamo:"b,omitempty"`
	AfterMinutes  int `json:"after_minutes,omitempty" dynamo:"a,omitempty"`
}

// A Preset is a time of the day that is offered with one tap.
type Preset struct {
	Kind string `json:"kind" dynamo:"k"`                     // morning, afternoon, day, or own, which has a name
	Name string `json:"name,omitempty" dynamo:"n,omitempty"` // of an own one
	Stretch
}

// An Outage keeps a spot, a zone or a whole floor out of service.
type Outage struct {
	ID     string        `dynamo:"i"`
	Floor  string        `dynamo:"l"`
	Zone   string        `dynamo:"z,omitempty"`
	Spot   string        `dynamo:"p,omitempty"`
	From   civil.Quarter `dynamo:"f"`
	To     civil.Quarter `dynamo:"t"`
	Reason string        `dynamo:"r"` // colleagues see it
}

// Concerns tells whether a spot is out of service by it.
func (o Outage) Concerns(s Spot) bool {
	return o.Floor == s.Floor && (o.Zone == "" || o.Zone == s.Zone) && (o.Spot == "" || o.Spot == s.ID)
}

// Interval is when.
func (o Outage) Interval() civil.Interval { return civil.Interval{From: o.From, To: o.To} }

// A Spot is what the rules know of one.
type Spot struct {
	ID       string
	Floor    string
	Zone     string
	Category Kind
	Type     Kind
}

// is tells whether a spot is of a kind.
func (s Spot) is(kind Kind) bool { return kind == "" || kind == s.Category || kind == s.Type }

// An Office is a location with all that it says.
type Office struct {
	Zone        civil.Zone
	Opens       civil.ClockTime // on weekdays that the rules don't name
	Closes      civil.ClockTime
	HorizonDays int
	Rules       Rules
	Outages     []Outage
	GroupZones  []GroupZone
}

// limits are those that hold for a spot.
func (o Office) limits(s Spot) []Limits {
	var all []Limits
	for _, limits := range o.Rules.Limits {
		if s.is(limits.For) {
			all = append(all, limits)
		}
	}
	return all
}

// Counts tells what of a person must be known to decide about a spot: nothing, their day, or their week.
func (o Office) Counts(s Spot) (day, week bool) {
	for _, limits := range o.limits(s) {
		day = day || limits.PerDay > 0 || limits.AtOnce > 0
		week = week || limits.PerWeek > 0
	}
	return day || week, week
}

// Kept is what a reservation takes of its spot on a day: its own time and the buffers, as far as the day goes.
// Between two reservations lie the time after the one and the time before the other.
func (o Office) Kept(s Spot, day civil.Date, of civil.Interval) civil.Interval {
	before, after := o.Buffers(s)
	whole := o.whole(day)
	return civil.Interval{From: max(of.From-before, min(whole.From, of.From)),
		To: min(of.To+after, max(whole.To, of.To))}
}

// Buffers are the times before and after a reservation, in quarters of an hour.
func (o Office) Buffers(s Spot) (before, after civil.Quarter) {
	for _, limits := range o.limits(s) {
		before = max(before, quarters(limits.BeforeMinutes))
		after = max(after, quarters(limits.AfterMinutes))
	}
	return before, after
}

func quarters(minutes int) civil.Quarter { return civil.Quarter(minutes / 15) }

// whole is all of a day.
func (o Office) whole(day civil.Date) civil.Interval {
	return civil.Interval{From: civil.QuarterOf(day.Start(o.Zone)), To: civil.QuarterOf(day.End(o.Zone))}
}

// named is a date's weekday.
func named(day civil.Date) string { return strings.ToLower(day.Weekday().String()) }

// WeekOf are the first and the last date of a date's week, which begins on Monday.
func WeekOf(day civil.Date) (monday, sunday civil.Date) {
	since := (int(day.Weekday()) + 6) % 7
	monday = day.AddDays(-since)
	return monday, monday.AddDays(6)
}
