package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

var (
	stretches = List(Object(Must("from", ClockTime()), Must("to", ClockTime())), 60)
	moment    = Enum("free", "reserved", "occupied", "unknown", "out_of_service")
	shutView  = Object(May("for", kinds), May("zone", ID()), May("spot", ID()),
		Must("rule", Enum("opening_hours", "closure", "out_of_service", "group")), May("opens", opensView),
		May("name", Text(200)), Must("now", Boolean()), Must("from", ClockTime()), Must("to", ClockTime()))
	outView = Object(Must("reason", Text(200)), Must("from", Instant()), Must("until", Instant()))

	forApproval = Boolean().Described("others must approve before it is yours: it is asked for (4.f.3)")
	approvables = List(Object(May("for", kinds), May("zone", ID()), May("spot", ID()), Must("yours", Boolean())),
		MaxApprovals).Described("what is only yours once others approve (4.f.3): the spots of a category or a " +
		"type, of a zone, one spot, or all. The most precise come first, and of a spot the first that is about it " +
		"counts. `yours` are those that you decide about, and for you need nobody's")

	exampleFree = []any{map[string]any{"from": "07:00", "to": "09:00"},
		map[string]any{"from": "12:00", "to": "19:00"}}
)

// FloorState is what changes on a floor from minute to minute.
var FloorState = Declaration{ID: "floorState", Function: "availability", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/floors/{floor}/state",
		Summary: "What is not free on a floor on a day, or a part of it",
		Detail: "It names the spots of the floor that are taken during some of the time, or that aren't free at " +
			"this moment; all others are free, within `hours` and but for what is `shut`: the spots of a category " +
			"or a type, a zone, a spot, or the whole floor, by hours of their own, a closure or since it is out of " +
			"service. `available` says whether all of the time is free, and `free` lists what of it is. `heard` " +
			"names the spots of which a sensor was heard lately, by its model's rhythm and the location's " +
			"`silent_minutes`: one that the plan calls `sensed` and that isn't named is unknown, so that it may or " +
			"may not be free; left out on other days than today, and while the slowest sensor may still be about to " +
			"speak. What a floor has is on its plan, `GET /floors/{floor}`, which has changed where `version` has. " +
			"A spot that it calls `assigned` is free for others than whose it is where its mark is among the " +
			"`released`. Small, with an ETag, and made to be asked again while a plan is looked at: that is no " +
			"search and is not counted as one, unless `look` says " +
			"that somebody chose this floor or this time just now (5.transactions).",
		Roles: identity.Everyone, Tagged: true,
		Parameters: []Parameter{
			Path("floor", ID(), "the floor"),
			MustQuery("date", Date(), "civil date in the location's zone"),
			Query("from", ClockTime(), "start of the part of the day; left out, when the location opens"),
			Query("to", ClockTime(), "its end; left out, when the location closes"),
			Query("look", Boolean(), "true: somebody looks for a spot, which is counted; left out, "+
				"a plan is kept up to date"),
		},
		Status: 200,
		Answer: Object(Must("floor", ID()), Must("version", Integer(0, 1_000_000_000)), Must("location", ID()),
			Must("date", Date()), Must("time_zone", Text(64)),
			Must("opens", ClockTime()), Must("closes", ClockTime()), Must("from", ClockTime()),
			Must("to", ClockTime()),
			Must("hours", stretches.Described("when it is open on that day; none where it stays closed")),
			May("closed", Text(100).Described("the name of a closure of the whole location")),
			May("presets", List(presetView, MaxPresets)), Must("shut", List(shutView, 500)),
			Must("spots", List(Object(Must("spot", ID()), Must("available", Boolean()), Must("free", stretches),
				May("now", Enum("free", "reserved", "occupied"))), 2000)),
			May("approvals", approvables),
			Must("released", List(ID(), 2000).Described("the marks of assigned spots "+
				"that are given free on that day")),
			May("heard", List(ID(), 2000))),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable},
		Example: map[string]any{"floor": exampleFloor, "version": 12, "location": exampleLocation,
			"date":      "2026-11-23",
			"time_zone": "Europe/Amsterdam", "opens": "07:00", "closes": "19:00", "from": "07:00", "to": "19:00",
			"hours": []any{map[string]any{"from": "07:00", "to": "19:00"}}, "shut": []any{map[string]any{
				"zone": exampleZone, "rule": "out_of_service", "name": "the lamp is being mended", "now": false,
				"from": "12:00", "to": "19:00"}},
			"spots": []any{map[string]any{"spot": exampleSpot, "available": false, "free": exampleFree,
				"now": "occupied"}}, "approvals": []any{map[string]any{"for": "meeting_room", "yours": false}},
			"released": []any{exampleMark}, "heard": []any{exampleSpot}},
	}
}}

// SpotDay is all that is needed to sit down at a spot that somebody shared, or whose code was scanned.
var SpotDay = Declaration{ID: "spotDay", Function: "availability", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/spots/{spot}/day",
		Summary: "A spot with what is free of its day, and what of it is yours",
		Detail: "For who follows a shared link or scans a code at the spot (10.share). Whoever else has it is not " +
			"told. It is no search and is not counted as one (5.transactions).",
		Roles:      identity.Everyone,
		Parameters: []Parameter{ofSpot, Query("date", Date(), "civil date in the location's zone; left out, today")},
		Status:     200,
		Answer: Object(Must("spot", ID()), Must("name", Text(100)), Must("category", category),
			Must("type", spotTypes),
			Must("floor", ID()), Must("floor_name", Text(100)), May("zone_name", Text(100)),
			Must("location", Object(placeFields...)), Must("at", Instant()), Must("date", Date()),
			Must("available", Boolean().Described("all that is left of the day")), Must("free", stretches),
			May("now", moment), May("out_of_service", outView), May("assigned", whose), May("opens", opensView),
			May("approval", forApproval), May("capacity", capacity),
			May("features", List(Text(60), MaxFeatures).Described("what it has, by the customer's names")),
			Must("mine", List(reservationSchema, 20)),
			Must("titles", List(Object(Must("from", ClockTime()), Must("to", ClockTime()), Must("title", Text(100))),
				100).
				Described("of a room's reservations, where the organiser shows it here (4.f.4)"))),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable},
		Example: map[string]any{"spot": exampleSpot, "name": "3.14", "category": "workplace", "type": "desk",
			"floor": exampleFloor, "floor_name": "Third floor", "location": examplePlace, "at": "2026-11-23T07:59:00Z",
			"date": "2026-11-23", "available": false, "free": exampleFree, "now": "free",
			"mine":   []any{exampleReserved},
			"titles": []any{}},
	}
}}

// CancelRange takes back what one has on a range of dates.
var CancelRange = Declaration{ID: "cancelRange", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/me/agenda",
		Summary: "Cancel your reservations on a range of dates",
		Detail: "Both dates are included. With `spot` it is those at one spot, which is how what was reserved by " +
			"repeating is cancelled. What you are checked in at and what is over stays, and is counted in `kept`. A " +
			"repeat finds nothing to cancel and succeeds.",
		Roles: identity.Everyone,
		Parameters: []Parameter{
			MustQuery("from", Date(), "first date"),
			MustQuery("to", Date(), "last date, at most 100 days later"),
			Query("spot", ID(), "only the reservations at this spot"),
		},
		Status: 200, Answer: Object(Must("cancelled", Integer(0, 2000)), Must("kept", Integer(0, 2000))),
		Errors:  []problem.Kind{problem.Malformed, problem.Unacceptable, problem.Unavailable},
		Example: map[string]any{"cancelled": 3, "kept": 1},
	}
}}

var floorStateOperations = []Declaration{FloorState, SpotDay, CancelRange}
