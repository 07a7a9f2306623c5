package rules_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/civil/civiltest"
	"github.com/iotspot/iotspot/shared/rules"
)

// Amsterdam, Monday 23 November 2026, 08:10; the usual hours are 07:00 to 19:00, and 60 days ahead are open.
var now = time.Date(2026, 11, 23, 7, 10, 0, 0, time.UTC)

const (
	monday    = civil.Date("2026-11-23")
	tuesday   = civil.Date("2026-11-24")
	wednesday = civil.Date("2026-11-25")
	friday    = civil.Date("2026-11-27")
	saturday  = civil.Date("2026-11-28")
	sunday    = civil.Date("2026-11-29")
	nextWeek  = civil.Date("2026-11-30")
)

var (
	desk = rules.Spot{ID: "d", Floor: "f", Zone: "z", Category: "workplace", Type: "desk"}
	seat = rules.Spot{ID: "s", Floor: "f", Category: "workplace", Type: "seat"}
	room = rules.Spot{ID: "r", Floor: "f", Category: "room", Type: "meeting_room"}
)

func office(t *testing.T, says rules.Rules, outages ...rules.Outage) rules.Office {
	return rules.Office{Zone: civiltest.Load(t, "Europe/Amsterdam"), Opens: "07:00", Closes: "19:00", HorizonDays: 60,
		Rules: says, Outages: outages}
}

func limits(l rules.Limits) rules.Rules { return rules.Rules{Limits: []rules.Limits{l}} }

func week(day string, stretches ...rules.Stretch) rules.Rules {
	return rules.Rules{Week: rules.Week{day: stretches}}
}

func closed(c rules.Closure) rules.Rules { return rules.Rules{Closures: []rules.Closure{c}} }

// part reads 09:00-12:00 of a day.
func part(t *testing.T, zone civil.Zone, day civil.Date, hours string) rules.Part {
	from, to, _ := strings.Cut(hours, "-")
	within, err := civil.Hours{Opens: civil.ClockTime(from), Closes: civil.ClockTime(to)}.On(day, zone)
	require.NoError(t, err)
	return rules.Part{Day: day, Interval: within}
}

type held struct {
	day   civil.Date
	hours string
	spot  rules.Spot
}

// 4.d.2
func TestARefusalNamesTheRuleAndTheNearestThatIsAllowed(t *testing.T) {
	quiet := rules.Rules{}
	xmas := rules.Closure{Name: "Party", From: tuesday, Until: wednesday}
	afternoon := rules.Closure{Name: "Fire drill", From: tuesday, Until: tuesday,
		Part: &rules.Stretch{From: "13:00", To: "15:00"}}
	rooms := afternoon
	rooms.For = "room"
	night := rules.Stretch{From: "18:00", To: "02:00"}
	for _, c := range []struct {
		says  string
		rules rules.Rules
		held  []held
		spot  rules.Spot
		day   civil.Date
		hours string
		night string // hours of the next day
		want  string // "" is allowed
	}{
		{"usual hours", quiet, nil, desk, tuesday, "09:00-12:00", "", ""},
		{"before they begin", quiet, nil, desk, tuesday, "06:00-09:00", "", "opening_hours: 2026-11-24 07:00-10:00"},
		{"longer than they are", quiet, nil, desk, tuesday, "06:00-20:00", "",
			"opening_hours: 2026-11-24 07:00-19:00"},
		{"after they end", quiet, nil, desk, tuesday, "18:00-20:00", "", "opening_hours: 2026-11-24 17:00-19:00"},
		{"not in the past", quiet, nil, desk, monday, "06:00-07:00", "", "opening_hours: 2026-11-23 08:00-09:00"},

		{"a weekday of its own", week("tuesday", rules.Stretch{From: "10:00", To: "12:00"}), nil, desk, tuesday,
			"09:00-11:00", "", "opening_hours: 2026-11-24 10:00-12:00"},
		{"two stretches", week("tuesday", rules.Stretch{From: "07:00", To: "12:00"},
			rules.Stretch{From: "13:00", To: "19:00"}),
			nil, desk, tuesday, "11:00-14:00", "", "opening_hours: 2026-11-24 09:00-12:00"},
		{"a weekday with none", week("tuesday"), nil, desk, tuesday, "09:00-12:00", "",
			"opening_hours: 2026-11-25 09:00-12:00"},
		{"over midnight", week("friday", night), nil, desk, friday, "20:00-24:00", "00:00-02:00", ""},
		{"over midnight, too late", week("friday", night), nil, desk, friday, "20:00-24:00", "00:00-03:00",
			"opening_hours: 2026-11-27 18:00-24:00"},
		{"the night of the day before", week("friday", night), nil, desk, saturday, "00:00-01:00", "", ""},
		{"between a night and the morning", week("friday", night), nil, desk, saturday, "02:00-03:00", "",
			"opening_hours: 2026-11-28 01:00-02:00"},
		{"all day is no night", week("friday", rules.Stretch{From: "00:00", To: "24:00"}), nil, desk, saturday,
			"02:00-03:00", "", "opening_hours: 2026-11-28 07:00-08:00"},
		{"hours of a type", limits(rules.Limits{For: "desk",
			Week: rules.Week{"tuesday": {{From: "09:00", To: "22:00"}}}}),
			nil, desk, tuesday, "08:00-10:00", "", "opening_hours: 2026-11-24 09:00-11:00"},
		{"which don't extend the location's", limits(rules.Limits{For: "desk",
			Week: rules.Week{"tuesday": {{From: "09:00", To: "22:00"}}}}), nil, desk, tuesday, "18:00-20:00", "",
			"opening_hours: 2026-11-24 17:00-19:00"},
		{"of another type", limits(rules.Limits{For: "seat", Week: rules.Week{"tuesday": {}}}), nil, desk, tuesday,
			"08:00-10:00", "", ""},

		{"a closure", closed(xmas), nil, desk, tuesday, "09:00-12:00", "", "closure Party: 2026-11-26 09:00-12:00"},
		{"its last day", closed(xmas), nil, desk, wednesday, "09:00-12:00", "",
			"closure Party: 2026-11-26 09:00-12:00"},
		{"part of a day", closed(afternoon), nil, desk, tuesday, "12:00-14:00", "",
			"closure Fire drill: 2026-11-24 11:00-13:00"},
		{"beside that part", closed(afternoon), nil, desk, tuesday, "15:00-17:00", "", ""},
		{"of rooms alone, a desk", closed(rooms), nil, desk, tuesday, "12:00-14:00", "", ""},
		{"of rooms alone, a room", closed(rooms), nil, room, tuesday, "12:00-14:00", "",
			"closure Fire drill: 2026-11-24 11:00-13:00"},

		{"the horizon", quiet, nil, desk, "2027-02-01", "09:00-12:00", "", "horizon: 2027-01-22 09:00-12:00"},
		{"a nearer one of a type", limits(rules.Limits{For: "meeting_room", HorizonDays: 2}), nil, room, friday,
			"09:00-12:00", "", "horizon: 2026-11-25 09:00-12:00"},
		{"a farther one extends nothing", limits(rules.Limits{HorizonDays: 366}), nil, desk, "2027-02-01",
			"09:00-12:00",
			"", "horizon: 2027-01-22 09:00-12:00"},

		{"the shortest", limits(rules.Limits{ShortestMinutes: 60}), nil, desk, tuesday, "09:00-09:45", "",
			"shortest: 2026-11-24 09:00-10:00"},
		{"just as long", limits(rules.Limits{ShortestMinutes: 60}), nil, desk, tuesday, "09:00-10:00", "", ""},
		{"the longest", limits(rules.Limits{LongestMinutes: 120}), nil, desk, tuesday, "09:00-12:00", "",
			"longest: 2026-11-24 09:00-11:00"},
		{"the longest of a night", rules.Rules{Week: rules.Week{"friday": {night}},
			Limits: []rules.Limits{{LongestMinutes: 120}}}, nil, desk, friday, "22:00-24:00", "00:00-01:00",
			"longest: 2026-11-27 22:00-24:00"},
		{"the strictest of two", rules.Rules{Limits: []rules.Limits{{LongestMinutes: 240},
			{For: "room", LongestMinutes: 60}}}, nil, room, tuesday, "09:00-12:00", "",
			"longest: 2026-11-24 09:00-10:00"},

		{"a day's most", limits(rules.Limits{PerDay: 1}), []held{{tuesday, "09:00-10:00", room}}, desk, tuesday,
			"11:00-12:00", "", "per_day: 2026-11-25 11:00-12:00"},
		{"of another kind", limits(rules.Limits{For: "workplace", PerDay: 1}), []held{{tuesday, "09:00-10:00", room}},
			desk, tuesday, "11:00-12:00", "", ""},
		{"on another day", limits(rules.Limits{PerDay: 1}), []held{{wednesday, "09:00-10:00", desk}}, desk, tuesday,
			"11:00-12:00", "", ""},
		{"from before types were kept", limits(rules.Limits{For: "desk", PerDay: 1}),
			[]held{{tuesday, "09:00-10:00", rules.Spot{Category: "workplace"}}}, desk, tuesday, "11:00-12:00", "",
			"per_day: 2026-11-25 11:00-12:00"},

		{"at once", limits(rules.Limits{For: "room", AtOnce: 1}), []held{{tuesday, "09:00-10:00", room}}, room,
			tuesday,
			"09:30-10:30", "", "at_once: 2026-11-24 10:00-11:00"},
		{"one after the other", limits(rules.Limits{For: "room", AtOnce: 1}), []held{{tuesday, "09:00-10:00", room}},
			room,
			tuesday, "10:00-11:00", "", ""},
		{"two at once", limits(rules.Limits{AtOnce: 2}), []held{{tuesday, "09:00-10:00", room},
			{tuesday, "11:00-12:00", room}}, room, tuesday, "09:00-12:00", "", ""},
		{"three at once", limits(rules.Limits{AtOnce: 2}), []held{{tuesday, "09:00-11:30", room},
			{tuesday, "11:00-12:00", room}}, room, tuesday, "09:00-12:00", "", "at_once: 2026-11-24 08:00-11:00"},

		{"a week's most", limits(rules.Limits{PerWeek: 2}), []held{{tuesday, "09:00-10:00", desk},
			{sunday, "09:00-10:00", desk}}, desk, friday, "09:00-10:00", "", "per_week: 2026-11-30 09:00-10:00"},
		{"the next week's", limits(rules.Limits{PerWeek: 1}), []held{{friday, "09:00-10:00", desk}}, desk, nextWeek,
			"09:00-10:00", "", ""},
		{"what is over doesn't count", limits(rules.Limits{PerWeek: 1}), []held{{monday, "07:00-08:00", desk}}, desk,
			friday, "09:00-10:00", "", ""},
		{"a night is two", rules.Rules{Week: rules.Week{"friday": {night}}, Limits: []rules.Limits{{PerWeek: 1}}},
			nil,
			desk, friday, "22:00-24:00", "00:00-01:00", "per_week: 2026-11-27 21:00-24:00"},
	} {
		t.Run(c.says, func(t *testing.T) {
			o := office(t, c.rules)
			request := rules.Request{Spot: c.spot, Now: now, Parts: []rules.Part{part(t, o.Zone, c.day, c.hours)}}
			if c.night != "" {
				request.Parts = append(request.Parts, part(t, o.Zone, c.day.AddDays(1), c.night))
			}
			for _, h := range c.held {
				request.Held = append(request.Held, rules.Held{Day: h.day,
					Interval: part(t, o.Zone, h.day, h.hours).Interval,
					Category: h.spot.Category, Type: h.spot.Type})
			}
			refusal, err := o.Check(request)
			require.NoError(t, err)
			require.Equal(t, c.want, said(refusal))
		})
	}
}

// said is a refusal in a line: its rule, a closure's name, and the nearest that is allowed.
func said(r *rules.Refusal) string {
	if r == nil {
		return ""
	}
	_, name, _ := strings.Cut(r.Detail, ":")
	if r.Rule != rules.Closed && r.Rule != rules.OutOfService {
		name = ""
	}
	if r.Nearest == nil {
		return r.Rule + name + ": nothing"
	}
	return fmt.Sprintf("%s%s: %s %s-%s", r.Rule, name, r.Nearest.Date, r.Nearest.From, r.Nearest.To)
}

func TestASpotOutOfServiceIsRefusedWithTheReasonAndItsNeighboursAreNot(t *testing.T) {
	zone := civiltest.Load(t, "Europe/Amsterdam")
	during := part(t, zone, tuesday, "10:00-13:00").Interval
	for _, c := range []struct {
		says   string
		outage rules.Outage
		spot   rules.Spot
		want   string
	}{
		{"the spot", rules.Outage{Floor: "f", Spot: "d"}, desk, "out_of_service broken: 2026-11-24 13:00-15:00"},
		{"another spot", rules.Outage{Floor: "f", Spot: "d"}, seat, ""},
		{"its zone", rules.Outage{Floor: "f", Zone: "z"}, desk, "out_of_service broken: 2026-11-24 13:00-15:00"},
		{"another zone", rules.Outage{Floor: "f", Zone: "z"}, seat, ""},
		{"its floor", rules.Outage{Floor: "f"}, seat, "out_of_service broken: 2026-11-24 13:00-15:00"},
		{"another floor", rules.Outage{Floor: "g"}, seat, ""},
	} {
		t.Run(c.says, func(t *testing.T) {
			c.outage.From, c.outage.To, c.outage.Reason = during.From, during.To, "broken"
			refusal, err := office(t, rules.Rules{}, c.outage).Check(rules.Request{Spot: c.spot, Now: now,
				Parts: []rules.Part{part(t, zone, tuesday, "12:00-14:00")}})
			require.NoError(t, err)
			require.Equal(t, c.want, said(refusal))
		})
	}
}

func TestAReservationKeepsItsBuffersAsFarAsTheDayGoes(t *testing.T) {
	o := office(t, rules.Rules{Limits: []rules.Limits{{BeforeMinutes: 15}, {For: "room", BeforeMinutes: 30,
		AfterMinutes: 45}}})
	for _, c := range []struct {
		spot            rules.Spot
		reserved, keeps string
	}{
		{desk, "09:00-10:00", "08:45-10:00"},
		{room, "09:00-10:00", "08:30-10:45"},
		{room, "00:15-23:30", "00:00-24:00"},
	} {
		require.Equal(t, part(t, o.Zone, tuesday, c.keeps).Interval,
			o.Kept(c.spot, tuesday, part(t, o.Zone, tuesday, c.reserved).Interval))
	}
}

// The hours of a night exist on both sides of a change of the clocks, and on days that have no such hour.
func TestHoursOverMidnightHoldWhereTheClocksChange(t *testing.T) {
	nights := rules.Week{}
	for _, day := range rules.Weekdays {
		nights[day] = []rules.Stretch{{From: "22:00", To: "02:30"}}
	}
	civiltest.EachChange(t, func(zone civil.Zone, change time.Time) {
		o := rules.Office{Zone: zone, Opens: "07:00", Closes: "19:00", Rules: rules.Rules{Week: nights}}
		day := civil.DateOf(change, zone)
		open, err := o.Hours(day)
		require.NoError(t, err)
		for _, stretch := range open {
			require.False(t, stretch.From.Time().Before(day.Start(zone)))
			require.False(t, stretch.To.Time().After(day.End(zone)))
			require.Less(t, stretch.From, stretch.To)
		}
	})
}
