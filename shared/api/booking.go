package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

const (
	exampleFloor       = "mzxw6ytboi4dcmrt"
	exampleLocation    = "nbswy3dpfqqho33s"
	exampleSpot        = "orsxg5baon2w4zdb"
	exampleReservation = "20261123-" + exampleLocation + "-" + "pfxxkidxmfzxa2lo"
)

// ReservationID is a reservation's id as callers see it.
func ReservationID() *Schema {
	return Pattern("^[0-9]{8}-[a-z2-7]{16}-[a-z2-7]{16}$", "a reservation's id")
}

var (
	reservationState = Enum("reserved", "checked_in", "released", "no_show", "offered", "asked").Described(
		"`offered` and `asked` keep the spot for you, which is yours when it was decided in time: `until`")
	undecidedUntil = Instant().Described("when what is offered or asked for ends by itself")
)

// reservationFields are what its person sees of a reservation.
var reservationFields = []Field{
	Must("id", ReservationID()), Must("location", ID()), Must("floor", ID()), Must("spot", ID()),
	Must("name", Text(100)),
	Must("date", Date()), May("from", ClockTime()), May("to", ClockTime()),
	Must("starts_at", Instant()), Must("ends_at", Instant()),
	Must("state", reservationState), May("until", undecidedUntil),
	May("title", Text(100)), May("title_shown", Boolean()),
	May("by", by.Described("who made it, where that isn't its person (4.f.1)")),
	May("prompted", Boolean().Described("to say whether you come, before the spot is given back: `coming`"))}

var reservationSchema = Object(reservationFields...)

// titleFields are what a room's reservation is called (4.f.4).
var titleFields = []Field{
	May("title", Text(100).Described("of a room's reservation: only you see it, and it is gone when the day ends")),
	May("title_shown", Boolean().Described("also who stands before the room sees it"))}

var exampleReserved = map[string]any{
	"id": exampleReservation, "location": exampleLocation, "floor": exampleFloor, "spot": exampleSpot, "name": "3.14",
	"date": "2026-11-23", "from": "09:00", "to": "12:00", "starts_at": "2026-11-23T08:00:00Z",
	"ends_at": "2026-11-23T11:00:00Z",
	"state":   "reserved",
}

var spotTypes = Enum("desk", "seat", "meeting_room", "classroom", "treatment_room")

// Availability shows what is free on a floor.
var Availability = Declaration{ID: "availability", Function: "availability", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/floors/{floor}/availability",
		Summary: "What is free on a floor on a day, or a part of it",
		Detail: "Times are clock times in the location's zone, half open. `now` is given for today only; `unknown` " +
			"means that a spot's sensors are silent, so that it may or may not be free.",
		Roles: identity.Everyone,
		Parameters: []Parameter{
			Path("floor", ID(), "the floor"),
			MustQuery("date", Date(), "civil date in the location's zone"),
			Query("from", ClockTime(), "start of the part of the day; left out, when the location opens"),
			Query("to", ClockTime(), "its end; left out, when the location closes"),
			Query("type", spotTypes, "only spots of this type"),
			Query("zone", ID(), "only spots in this zone of the floor"),
			Query("features", featureList, "only spots that have all of these"),
			Query("capacity", capacity, "only rooms for so many people"),
		},
		Status: 200,
		Answer: Object(Must("floor", ID()), Must("name", Text(100)), Must("location", ID()), Must("date", Date()),
			Must("time_zone", Text(64)), Must("from", ClockTime()), Must("to", ClockTime()),
			Must("spots", List(Object(Must("spot", ID()), Must("name", Text(100)),
				Must("category", Enum("workplace", "room")),
				Must("type", spotTypes), May("zone", ID()), Must("x", Number(0, 1)), Must("y", Number(0, 1)),
				May("capacity", capacity), May("features", featureIDs),
				Must("available", Boolean()),
				Must("free", List(Object(Must("from", ClockTime()), Must("to", ClockTime())), 60)),
				May("now", moment), May("out_of_service", outView), May("assigned", whose), May("opens", opensView),
				May("approval", forApproval)), 2000))),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable},
		Example: map[string]any{"floor": exampleFloor, "name": "Third floor", "location": exampleLocation,
			"date":      "2026-11-23",
			"time_zone": "Europe/Amsterdam", "from": "07:00", "to": "19:00", "spots": []any{map[string]any{
				"spot": exampleSpot, "name": "3.14", "category": "workplace", "type": "desk", "x": 0.25, "y": 0.5,
				"available": false,
				"free": []any{map[string]any{"from": "07:00", "to": "09:00"},
					map[string]any{"from": "12:00", "to": "19:00"}}}}},
	}
}}

// Reserve holds a spot.
var Reserve = Declaration{ID: "reserve", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/reservations",
		Summary: "Reserve a spot",
		Detail: "Half-open times in quarters of an hour, in the location's zone: 09:00–12:00 and 12:00–15:00 are " +
			"neighbours. A night over midnight, with `until_date`, becomes two reservations made together (4.d.4), " +
			"which are one stay: who is checked in at midnight stays so, and the morning goes with an evening that " +
			"is given back or to which nobody comes. When the spot is taken the 409 lists in `free_instead` what is " +
			"free on the same floor, first what has all that the spot has. What a rule of the location forbids is " +
			"refused with the `rule` and the `nearest` time that is allowed. Clauses 4.d.2, 5.transactions.",
		Roles: identity.Everyone, Keyed: true,
		Body: Object(concat([]Field{Must("spot", ID()), Must("date", Date()), Must("from", ClockTime()),
			Must("to", ClockTime()), May("until_date", Date())}, titleFields)...),
		Status: 201, Answer: Object(Must("reservations", List(reservationSchema, 2))),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unacceptable,
			problem.TooMany, problem.Unavailable},
		Request: map[string]any{"spot": exampleSpot, "date": "2026-11-23", "from": "09:00", "to": "12:00"},
		Example: map[string]any{"reservations": []any{exampleReserved}},
	}
}}

// Repeat holds a spot on each date of a repetition.
var Repeat = Declaration{ID: "repeat", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/reservations/repeated",
		Summary: "Reserve a spot again and again",
		Detail: "`repeat` is a rule as calendars write it (RFC 5545, RRULE): FREQ=DAILY, WEEKLY or MONTHLY, with " +
			"INTERVAL, BYDAY, and COUNT or UNTIL, on at most 49 days; `date` is the first on which it can come and " +
			"`except` are dates to leave out. The hours are those of the location's clock on each date, so nine " +
			"o'clock stays nine o'clock. All of the dates are made, or nothing; with `partly` what can be had, and " +
			"`skipped` says why not of each other date, with an alternative. A 409 has `skipped` too. No series is " +
			"kept: each date is a reservation like another, a date that was skipped can be added later, and a range " +
			"of dates and a spot cancel what belongs together. Clauses 4.d.2, 5.transactions.",
		Roles: identity.Everyone, Keyed: true,
		Body: Object(concat([]Field{Must("spot", ID()), Must("date", Date()), Must("from", ClockTime()),
			Must("to", ClockTime()), May("until_date", Date()), Must("repeat", Text(200)),
			May("except", List(Date(), 100)),
			May("partly", Boolean())}, titleFields)...),
		Status: 201, Answer: Object(Must("reservations", List(reservationSchema, 98)),
			Must("skipped", List(skippedSchema, 49))),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unacceptable,
			problem.TooMany, problem.Unavailable},
		Request: map[string]any{"spot": exampleSpot, "date": "2026-11-23", "from": "09:00", "to": "12:00",
			"repeat": "FREQ=WEEKLY;COUNT=2", "partly": true},
		Example: map[string]any{"reservations": []any{exampleReserved}, "skipped": []any{map[string]any{
			"date": "2026-11-30", "kind": "conflict", "hint": "the spot is taken during that time",
			"detail": map[string]any{"nl": "de plek is in die tijd bezet",
				"en": "the spot is taken during that time"},
			"instead": map[string]any{"spot": exampleSpot, "name": "3.14"}}}},
	}
}}

var skippedSchema = Object(Must("date", Date()),
	Must("kind", Enum("conflict", "unprocessable", "too-many").Described("that of the refusal, "+
		"had the date been asked for alone")),
	Must("detail", words.Described("for people")), Must("hint", Text(400).Described("the same for programs")),
	May("accepted", words),
	May("rule", Text(40).Described("of the location, where it is one that is in the way")),
	May("nearest", Object(Must("date", Date()), Must("from", ClockTime()), Must("to", ClockTime())).
		Described("the time nearby that can be had of this spot")),
	May("instead", Object(Must("spot", ID()), Must("name", Text(100)), May("zone", ID()), May("capacity", capacity),
		May("features", featureIDs)).
		Described("what is free at that time on the same floor")))

// GetReservation answers one.
var GetReservation = Declaration{ID: "reservation", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/reservations/{reservation}",
		Summary: "One of your reservations",
		Detail: "With its state now. Of a reservation over midnight each day is one " +
			"of its own. Clauses 4.d.2, 4.d.4.",
		Roles:      identity.Everyone,
		Parameters: []Parameter{Path("reservation", ReservationID(), "the reservation")},
		Status:     200, Answer: reservationSchema, Errors: []problem.Kind{problem.Malformed, problem.NotFound},
		Example: exampleReserved,
	}
}}

// ChangeReservation moves one.
var ChangeReservation = Declaration{ID: "change", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "PATCH", Path: "/reservations/{reservation}",
		Summary: "Change a reservation's times or spot",
		Detail: "On the same date and at the same location. What is left out stays. All of the change is made, or " +
			"nothing. Once it is checked in only its end can be changed.",
		Roles:      identity.Everyone,
		Parameters: []Parameter{Path("reservation", ReservationID(), "the reservation")},
		Body:       Object(May("spot", ID()), May("from", ClockTime()), May("to", ClockTime())),
		Status:     200, Answer: reservationSchema,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unacceptable,
			problem.Unavailable},
		Request: map[string]any{"from": "10:00", "to": "12:30"}, Example: exampleReserved,
	}
}}

// CancelReservation takes one back.
var CancelReservation = Declaration{ID: "cancel", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/reservations/{reservation}",
		Summary:    "Cancel a reservation",
		Detail:     "The spot is free at once, and nothing of the reservation is kept.",
		Roles:      identity.Everyone,
		Parameters: []Parameter{Path("reservation", ReservationID(), "the reservation")},
		Status:     204, Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict,
			problem.Unavailable},
	}
}}

// TitleReservation calls one something.
var TitleReservation = Declaration{ID: "title", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/reservations/{reservation}/title",
		Summary: "Give a room's reservation a title, or take it away",
		Detail: "Only you see it; with `title_shown` also who looks at the room's day, without who you are. Without " +
			"`title` there is none. It is gone when the day ends. There is no list of participants. Clause 4.f.4.",
		Roles:      identity.Everyone,
		Parameters: []Parameter{Path("reservation", ReservationID(), "the reservation")},
		Body:       Object(titleFields...),
		Status:     204, Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable,
			problem.Unavailable},
		Request: map[string]any{"title": "Budget", "title_shown": true},
	}
}}

// Agenda lists one's reservations.
var Agenda = Declaration{ID: "agenda", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/me/agenda",
		Summary: "Your reservations",
		Detail:  "Those of today and later, by day; what has ended is not kept. Clauses 4.d.2, 4.d.4.",
		Roles:   identity.Everyone,
		Parameters: []Parameter{
			Query("from", Date(), "first date; left out, today"),
			Query("to", Date(), "last date, at most 100 days later; left out, a month after from"),
		},
		Status: 200, Answer: Object(Must("reservations", List(reservationSchema, 1000))),
		Errors:  []problem.Kind{problem.Malformed, problem.Unacceptable},
		Example: map[string]any{"reservations": []any{exampleReserved}},
	}
}}

var bookingOperations = []Declaration{Availability, Reserve, Repeat, GetReservation, ChangeReservation,
	CancelReservation, TitleReservation, Agenda}
