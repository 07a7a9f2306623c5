package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

// placeFields are what one needs of a location to show its days.
var placeFields = []Field{Must("id", ID()), Must("name", Text(100)), Must("time_zone", Text(64)),
	Must("opens", ClockTime()), Must("closes", ClockTime()), Must("horizon_days", Integer(1, 366))}

var (
	placedSchema = Object(concat(reservationFields, []Field{
		Must("location_name", Text(100)), Must("floor_name", Text(100)), Must("time_zone", Text(64)),
		Must("workplace", Boolean().Described("a room otherwise"))})...)
	suggestionSchema = Object(Must("spot", ID()), Must("name", Text(100)), Must("type", spotTypes),
		Must("floor", ID()), Must("floor_name", Text(100)), May("zone_name", Text(100)),
		Must("date", Date()), Must("from", ClockTime()), Must("to", ClockTime()),
		Must("why", Enum("assigned", "favourite", "zone", "free")))

	examplePlace = map[string]any{"id": exampleLocation, "name": "Head office", "time_zone": "Europe/Amsterdam",
		"opens": "07:00", "closes": "19:00", "horizon_days": 60}
	examplePlaced = with(with(with(with(exampleReserved,
		"location_name", "Head office"), "floor_name", "Third floor"),
		"time_zone", "Europe/Amsterdam"), "workplace", true)
	exampleSuggestion = map[string]any{"spot": exampleSpot, "name": "3.14", "type": "desk", "floor": exampleFloor,
		"floor_name": "Third floor", "zone_name": "Window side", "date": "2026-11-24", "from": "07:00",
		"to": "19:00", "why": "favourite"}
)

// ShowToday is what somebody needs who opens the app.
var ShowToday = Declaration{ID: "today", Function: "today", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/me/today",
		Summary: "Your day and the next seven, with a spot to reserve and which favourite colleagues are in",
		Detail: "`reservations` are yours from today on, for eight days, at every location. `suggestion` is free " +
			"for all of its time at this moment: a favourite, else one in the zone of a favourite, else any of its " +
			"type at the location; it is for the first day on which you have no workplace, weekends left out, or " +
			"for `date`. It is left out when there is none. `favourites` are the colleagues in today who have a " +
			"name that you keep (4.c.2), as far as each shows name and presence: 50 at most. None of it is a search " +
			"or counted as one (5.transactions).",
		Roles: identity.Everyone,
		Parameters: []Parameter{
			Query("location", ID(), "where; left out, where your day, "+
				"your first favourite or the account's first location is"),
			Query("date", Date(), "the day that the suggestion is for"),
			Query("features", featureList, "what the spot must have"),
		},
		Status: 200,
		Answer: Object(Must("now", Instant()), May("name", Text(200)), Must("language", Language()),
			Must("role", Enum("user", "manager", "administrator", "guest")),
			Must("to_decide", Integer(0, 10000).Described("how many requests wait for your decision (4.f.3), see "+
				"`GET /approvals`; of a member who is no administrator only where a group decides at this location")),
			May("location", Object(placeFields...)), May("date", Date()),
			Must("closed", List(Date(), 8).Described("those of the eight days on which the location stays closed")),
			Must("reservations", List(placedSchema, 1000)), May("suggestion", suggestionSchema),
			Must("favourites", List(Object(Must("colleague", ID()), Must("name", Text(200)), Must("today", presences)),
				50))),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unavailable},
		Example: map[string]any{"now": "2026-11-23T07:59:00Z", "name": "Ann Example", "language": "en",
			"role": "user", "location": examplePlace, "date": "2026-11-23", "closed": []any{"2026-11-29"},
			"reservations": []any{examplePlaced},
			"suggestion":   exampleSuggestion, "to_decide": 2,
			"favourites": []any{map[string]any{"colleague": exampleUser,
				"name": "Ben Example", "today": examplePresences}}},
	}
}}

// ShowAccess says what one is, and where one may go.
var ShowAccess = Declaration{ID: "access", Function: "today", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/me/access",
		Summary: "Your role, and the locations that you can see, with their floors",
		Detail:  "`officer` says that you are a confirmed emergency response officer (4.b.4).",
		Roles:   identity.Everyone,
		Status:  200,
		Answer: Object(Must("now", Instant()), Must("role", Enum("user", "manager", "administrator", "guest")),
			May("name", Text(200)),
			May("language", Language()), Must("officer", Boolean()),
			Must("locations", List(Object(concat(placeFields, []Field{
				Must("floors", List(Object(Must("id", ID()), Must("name", Text(100)), Must("level", level)),
					MaxFloors))})...), MaxLocations))),
		Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
		Example: map[string]any{"now": "2026-11-23T07:59:00Z", "role": "user", "name": "Ann Example", "language": "en",
			"officer": false,
			"locations": []any{with(examplePlace, "floors",
				[]any{map[string]any{"id": exampleFloor, "name": "Third floor", "level": 3}})}},
	}
}}

var todayOperations = []Declaration{ShowToday, ShowAccess}
