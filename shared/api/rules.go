package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
)

// Limits of what a location says about its reservations, which every one of them reads.
const (
	MaxClosures = 80
	MaxPresets  = 8
	MaxOutages  = 40

	MaxApprovals = 20
)

const exampleOutage = "mfrggzdfmztwq2lk"

func habits() []string {
	words := make([]string, len(rules.Habits))
	for i, habit := range rules.Habits {
		words[i] = string(habit)
	}
	return words
}

// Countries are those of which public holidays are known.
var Countries = []string{"at", "be", "ch", "cz", "de", "dk", "es", "fi", "fr", "gb", "ie", "it", "lu", "nl", "no",
	"pl",
	"pt", "se", "us"}

var (
	kinds    = Enum("workplace", "room", "desk", "seat", "meeting_room", "classroom", "treatment_room")
	hours    = Object(Must("from", ClockTime()), Must("to", ClockTime()))
	weekday  = List(hours, 4)
	weekView = Object(May("monday", weekday), May("tuesday", weekday), May("wednesday", weekday),
		May("thursday", weekday), May("friday", weekday), May("saturday", weekday), May("sunday", weekday))
	closureView = Object(Must("name", Text(100)), Must("from", Date()), Must("until", Date().Described("included")),
		May("part", hours), May("for", kinds))
	presetView = Object(Must("kind", Enum("morning", "afternoon", "day", "own")),
		May("name", Text(40).Described("of an own one")), Must("from", ClockTime()), Must("to", ClockTime()))
	limitsView = Object(May("for", kinds.Described("a category or a type; left out, every spot")),
		May("week", weekView), May("horizon_days", Integer(1, 366)),
		May("shortest_minutes", wholeQuarters), May("longest_minutes", wholeQuarters),
		May("per_day", Integer(1, 20)), May("at_once", Integer(1, 20)), May("per_week", Integer(1, 50)),
		May("before_minutes", buffer), May("after_minutes", buffer))
	wholeQuarters = Integer(15, 1440).Described("a whole number of quarters of an hour")
	buffer        = Integer(15, 240).Described("a whole number of quarters of an hour " +
		"that stay free beside each reservation")
	rulesSchema = Object(May("week", weekView), May("closures", List(closureView, MaxClosures)),
		May("limits", List(limitsView, 8)), May("presets", List(presetView, MaxPresets)),
		May("approvals", List(approvalView, MaxApprovals)),
		May("ask_minutes", Integer(1, 239).Described("how long after the beginning somebody who has not come is "+
			"asked by mail, before no_show_minutes; left out, two thirds of these")),
		May("off", List(Enum(habits()...), len(rules.Habits)).Described("what does not happen here by itself")))
	approvalView = Object(May("for", kinds.Described("a category or a type; left out, every spot")),
		May("floor", ID().Described("left out, the whole location")), May("zone", ID()), May("spot", ID()),
		May("group", ID().Described("whose members decide, beside the administrators")))
	outageSchema = Object(Must("id", ID()), Must("floor", ID()), May("zone", ID()), May("spot", ID()),
		Must("starts_at", Instant()), Must("ends_at", Instant()), Must("reason", Text(200)))

	exampleRules = map[string]any{
		"week": map[string]any{"friday": []any{map[string]any{"from": "07:00", "to": "17:00"}},
			"sunday": []any{}},
		"closures": []any{map[string]any{"name": "Christmas Day", "from": "2026-12-25", "until": "2026-12-25"}},
		"limits": []any{map[string]any{"for": "meeting_room", "longest_minutes": 240, "per_week": 5,
			"after_minutes": 15}},
		"approvals":   []any{map[string]any{"for": "meeting_room", "floor": exampleFloor}},
		"presets":     []any{map[string]any{"kind": "morning", "from": "08:00", "to": "12:30"}},
		"ask_minutes": 10, "off": []any{"vacated"}}
	exampleOut = map[string]any{"id": exampleOutage, "floor": exampleFloor, "spot": exampleSpot,
		"starts_at": "2026-11-23T23:00:00Z", "ends_at": "2026-11-25T23:00:00Z", "reason": "the lamp is being mended"}

	orKeepClosed = Query("on_reservations", Enum("refuse", "cancel", "keep"),
		"what to do when somebody has a reservation during a closure that is new: refuse, which is meant when it is "+
			"left out, cancel it and tell its owner by mail, or keep it")
)

// ShowRules shows what a location says of its reservations.
var ShowRules = Declaration{ID: "rules", Function: "building", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/locations/{location}/rules",
		Summary: "What a location says of its reservations, beside its settings",
		Detail: "`week` names the hours of weekdays that differ from `opens` and `closes`: an empty list is a day " +
			"on which it stays closed, and hours that end no later than they begin go over midnight. `closures` are " +
			"of all or some spots, for whole days or `part` of them. `limits` hold for every spot, a category or a " +
			"type; where several are for a spot, all of them hold, with the location's own horizon and quota, so " +
			"that the strictest wins. `per_week` counts the reservations of a week, from Monday, as far as it lies " +
			"ahead. A refusal of a reservation names the `rule`, and as `nearest` the time that is allowed. A spot " +
			"that `approvals` name, by its place, its kind or both, is `asked` for until a member of the group of " +
			"the most precise of them approves, or an administrator; these are mailed where nobody is in it. Each " +
			"word in `off` turns something off that happens by itself: `no_show` gives back the spot of who does " +
			"not come, `asking` mails them first, `comeback` gives it back to who comes after that, `vacated` gives " +
			"back a spot that stays vacant, `reminders` mails who wants it what they have the next day.",
		Roles: identity.Everyone, Parameters: []Parameter{ofLocation}, Status: 200, Answer: rulesSchema,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound}, Example: exampleRules,
	}
}}

// SetRules replaces it.
var SetRules = Declaration{ID: "setRules", Function: "building", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/locations/{location}/rules",
		Summary: "Set what a location says of its reservations",
		Detail: "All of it, in place of what was there; closures that are over are left out. Reservations that were " +
			"made stay, but for those during a closure that is new, about which there is a choice.",
		Roles: identity.Managers, Parameters: []Parameter{ofLocation, orKeepClosed}, Body: rulesSchema,
		Status: 200, Answer: rulesSchema, Errors: changing, Request: exampleRules, Example: exampleRules,
	}
}}

// ListHolidays proposes closures.
var ListHolidays = Declaration{ID: "holidays", Function: "building", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/holidays/{country}/{year}",
		Summary: "The public holidays of a country in a year, as closures",
		Detail: "A proposal in the country's language: of which days are free everybody decides for themselves, and " +
			"some differ by region. Nothing is closed until it is among the closures of a location.",
		Roles: identity.Managers,
		Parameters: []Parameter{Path("country", Enum(Countries...), "its code of two letters (ISO 3166)"),
			Path("year", Pattern("^20[2-9][0-9]$", "a year from 2020 to 2099"), "the year")},
		Status: 200, Answer: Object(Must("closures", List(closureView, 40))),
		Errors: []problem.Kind{problem.Malformed},
		Example: map[string]any{"closures": []any{map[string]any{"name": "Koningsdag", "from": "2027-04-27",
			"until": "2027-04-27"}}},
	}
}}

// ListOutages shows what is out of service, now or later.
var ListOutages = Declaration{ID: "outages", Function: "building", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/locations/{location}/outages",
		Summary: "What is out of service at a location, or will be",
		Detail:  "With the reason, in the order in which it begins.",
		Roles:   identity.Everyone, Parameters: []Parameter{ofLocation}, Status: 200,
		Answer: Object(Must("outages", List(outageSchema, MaxOutages))), Errors: []problem.Kind{problem.Malformed,
			problem.NotFound}, Example: map[string]any{"outages": []any{exampleOut}},
	}
}}

// AddOutage takes a spot, a zone or a floor out of service.
var AddOutage = Declaration{ID: "addOutage", Function: "building", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/floors/{floor}/outages",
		Summary: "Take a floor, a zone of it or a spot out of service for a time",
		Detail: "Times are those of the location; left out, `from` is the beginning of the first date and `to` the " +
			"end of the last. Colleagues see the reason. " + removalDetail,
		Roles: identity.Managers, Keyed: true, Parameters: []Parameter{ofFloor, orCancel},
		Body: Object(May("zone", ID()), May("spot", ID()), Must("date", Date()), May("from", ClockTime()),
			May("until_date", Date()), May("to", ClockTime()), Must("reason", Text(200))),
		Status: 201, Answer: outageSchema, Errors: changing,
		Request: map[string]any{"spot": exampleSpot, "date": "2026-11-24", "until_date": "2026-11-25",
			"reason": "the lamp is being mended"}, Example: exampleOut,
	}
}}

// EndOutage puts it into service again.
var EndOutage = Declaration{ID: "endOutage", Function: "building", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/floors/{floor}/outages/{outage}",
		Summary: "Put what is out of service into service again, at once",
		Detail:  "What was cancelled for it stays cancelled.",
		Roles:   identity.Managers, Parameters: []Parameter{ofFloor, Path("outage", ID(), "the outage")}, Status: 204,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unavailable},
	}
}}

var rulesOperations = []Declaration{ShowRules, SetRules, ListHolidays, ListOutages, AddOutage, EndOutage}
