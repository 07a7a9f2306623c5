package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

const exampleDisplay = "mfwwc3tfmfwwc3tf"

var (
	displayKind = Enum("door", "desk", "lobby")
	listedView  = Object(Must("id", ID()), May("kind", displayKind), May("name", Text(100)), Must("floor", ID()),
		May("spot", ID()), Must("paired_on", Date().Described("in UTC")),
		Must("heard_at", Instant().Described("when it was last heard, to five minutes")),
		Must("silent", Boolean().Described("nothing was heard of it for a quarter of an hour")))
	exampleListed = map[string]any{"id": exampleDisplay, "kind": "door", "name": "3.20", "floor": exampleFloor,
		"spot": exampleSpot, "paired_on": "2026-11-23", "heard_at": "2026-11-23T07:55:00Z", "silent": false}

	displayCode = TypedCode().Described("that the display shows")
	pairingBody = Object(Must("code", displayCode))
	pairing     = []problem.Kind{problem.Malformed, problem.NotFound, problem.TooMany, problem.Unavailable}

	glanceFields = []Field{Must("now", moment),
		May("until", ClockTime().Described("until when, as far as today's reservations and hours tell"))}
	comingView = Object(Must("from", ClockTime()), Must("to", ClockTime()),
		May("title", Text(100).Described("where its organiser shows it at the room (4.f.4)")),
		May("name", Text(100).Described("where its person chose so (4.f.1)")))
	offerView = Object(Must("minutes", lengthOfStay), Must("to", ClockTime()))
	spotView  = Object(append([]Field{May("capacity", capacity), May("reason", Text(200)),
		Must("coming", List(comingView, 100)), Must("offers", List(offerView, 3)),
		Must("check_in", Boolean()), Must("booked", Boolean())}, glanceFields...)...)
	roomLine = Object(append([]Field{Must("name", Text(100)), May("zone_name", Text(100)), May("capacity", capacity)},
		glanceFields...)...)
	deskLine = Object(May("zone_name", Text(100)), Must("free", Integer(0, 2000)), Must("all", Integer(1, 2000)))

	lengthOfStay = Integer(15, 60)
)

// BeginPairing gives a display a code to show.
var BeginPairing = Declaration{ID: "beginPairing", Function: "display", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/display/pairings",
		Summary: "A code for a display that has no place yet",
		Detail: "The display shows the code, an administrator types it in within ten minutes, and the display asks " +
			"with its secret whether that was done. Nothing is kept of who asks; codes are counted by network.",
		Status: 201, Answer: Object(Must("code", TypedCode()), Must("secret", Token()), Must("until", Instant())),
		Errors:  []problem.Kind{problem.TooMany, problem.Unavailable},
		Example: map[string]any{"code": "0471 1234", "secret": exampleToken[:32], "until": "2026-11-23T08:09:00Z"},
	}
}}

// EndPairing gives it its token.
var EndPairing = Declaration{ID: "endPairing", Function: "display", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/display/token",
		Summary: "Whether a display has a place by now",
		Detail: "The token is for the one place, until an administrator revokes it, and is made of the display's " +
			"own secret: who reads the code from its screen can't have it.",
		Body:   Object(Must("code", displayCode), Must("secret", Token())),
		Status: 200, Answer: Object(May("token", &Schema{Type: "string", Max: 65})),
		Errors:  []problem.Kind{problem.Malformed, problem.Unauthorised, problem.Unavailable},
		Request: map[string]any{"code": "0471 1234", "secret": exampleToken[:32]},
		Example: map[string]any{},
	}
}}

// PairAtSpot gives a display a room or a desk.
var PairAtSpot = Declaration{ID: "pairAtSpot", Function: "display", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/spots/{spot}/displays",
		Summary: "Give the display that shows a code its place at a spot",
		Detail: "At a room it is the door's, at a workplace a desk's. Again is the same display. A code that is " +
			"wrong, past its time or of a display that has another place is not found.",
		Roles: identity.Administrators, Parameters: []Parameter{ofSpot}, Body: pairingBody, Status: 201,
		Answer: listedView,
		Errors: pairing, Request: map[string]any{"code": "0471 1234"}, Example: exampleListed,
	}
}}

// PairAtFloor gives it a floor.
var PairAtFloor = Declaration{ID: "pairAtFloor", Function: "display", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/floors/{floor}/displays",
		Summary: "Give the display that shows a code its place in a floor's lobby",
		Detail:  "As at a spot. A lobby shows rooms and counts desks, and never a name or a title.",
		Roles:   identity.Administrators, Parameters: []Parameter{ofFloor}, Body: pairingBody, Status: 201,
		Answer: listedView, Errors: pairing, Request: map[string]any{"code": "0471 1234"},
		Example: map[string]any{"id": exampleDisplay, "kind": "lobby", "name": "Third floor", "floor": exampleFloor,
			"paired_on": "2026-11-23", "heard_at": "2026-11-23T07:55:00Z", "silent": false},
	}
}}

// ShowDisplays lists them.
var ShowDisplays = Declaration{ID: "displays", Function: "display", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/displays",
		Summary: "The account's displays, and when each was last heard",
		Detail: "Those that were heard longest ago first. " +
			"One without a `kind` is at a place that is not there any more.",
		Roles: identity.Administrators, Status: 200, Answer: Object(Must("displays", List(listedView, 5000))),
		Errors: []problem.Kind{problem.Unavailable}, Example: map[string]any{"displays": []any{exampleListed}},
	}
}}

// RevokeDisplay ends one's token.
var RevokeDisplay = Declaration{ID: "revokeDisplay", Function: "display", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/displays/{display}",
		Summary: "Revoke a display", Detail: "At once: its token opens nothing any more. Again is the same.",
		Roles: identity.Administrators, Parameters: []Parameter{Path("display", ID(), "the display")}, Status: 204,
		Errors: []problem.Kind{problem.Malformed, problem.Unavailable},
	}
}}

// ShowDisplay is what a display shows.
var ShowDisplay = Declaration{ID: "display", Function: "display", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/display",
		Summary: "What a display shows now",
		Detail: "For the display itself. A name and a title are those of a room's door whose person shows them " +
			"there; without contact they are dropped after 60 seconds, and the rest at `day_ends`. " +
			"Clauses 4.f.1, 4.f.4 and 7.shield.",
		Roles: identity.Displays, WithoutConsent: true, Tagged: true, Status: 200,
		Answer: Object(Must("at", Instant()), Must("kind", displayKind), Must("name", Text(100)),
			Must("floor_name", Text(100)), Must("location_name", Text(100)), Must("time_zone", Text(64)),
			Must("date", Date()), Must("day_ends", Instant()), Must("open", Boolean()), Must("hours", stretches),
			May("closed", Text(100)), May("spot", spotView), May("rooms", List(roomLine, 2000)),
			May("desks", List(deskLine, 2000))),
		Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
		Example: map[string]any{"at": "2026-11-23T07:59:00Z", "kind": "door", "name": "3.20",
			"floor_name":    "Third floor",
			"location_name": "Head office", "time_zone": "Europe/Amsterdam", "date": "2026-11-23",
			"day_ends": "2026-11-23T23:00:00Z", "open": true,
			"hours": []any{map[string]any{"from": "07:00", "to": "19:00"}},
			"spot": map[string]any{"now": "free", "until": "10:00", "capacity": 8, "check_in": false, "booked": false,
				"coming": []any{map[string]any{"from": "10:00", "to": "11:00", "title": "Stand-up"}},
				"offers": []any{map[string]any{"minutes": 15, "to": "09:15"}}}},
	}
}}

// DisplayImage is what a panel of e-paper shows.
var DisplayImage = Declaration{ID: "displayImage", Function: "display", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/display/image",
		Summary: "The display's spot as an image of two colours",
		Detail: "For a panel of e-paper at a desk or a door: a PNG of black and white under 50 kB. It bears no name " +
			"and no title, since a panel keeps what it shows when its power is gone. It is the same until what it " +
			"says changes, so a panel that sends its ETag is answered 304 and can sleep on.",
		Roles: identity.Displays, WithoutConsent: true, Tagged: true,
		Parameters: []Parameter{
			Query("width", Integer(200, 1600), "in pixels; left out, 400"),
			Query("height", Integer(120, 1600), "in pixels; left out, 300"),
			Query("language", Language(), "left out, nl"),
		},
		Status: 200, Media: "image/png", Errors: []problem.Kind{problem.Malformed, problem.NotFound,
			problem.Unavailable},
	}
}}

// BookNow takes a room at its door.
var BookNow = Declaration{ID: "bookNow", Function: "display", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/display/booking",
		Summary: "Book the display's room from now on, for nobody",
		Detail: "It has no person, counts as nobody and is gone when the day ends. The room's hours, closures, " +
			"lengths and buffers hold. It is rounded to quarters of an hour, at most five minutes down.",
		Roles: identity.Displays, WithoutConsent: true, Keyed: true,
		Body:   Object(Must("minutes", lengthOfStay)),
		Status: 201, Answer: Object(Must("from", ClockTime()), Must("to", ClockTime())),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unacceptable,
			problem.TooMany, problem.Unavailable},
		Request: map[string]any{"minutes": 30}, Example: map[string]any{"from": "09:00", "to": "09:30"},
	}
}}

// EndNow gives it back.
var EndNow = Declaration{ID: "endNow", Function: "display", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/display/booking",
		Summary: "Give back what is left of what was booked at the display",
		Detail:  "Others can have the room at once. Where nothing was booked here it does nothing.",
		Roles:   identity.Displays, WithoutConsent: true, Status: 204,
		Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
	}
}}

// DoorCheckIn checks in at the door.
var DoorCheckIn = Declaration{ID: "doorCheckIn", Function: "display", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/display/check-in",
		Summary: "Check in the reservation of the display's room that runs or begins within a quarter of an hour",
		Detail: "On the word of whoever stands at the door, as a sensor would: not for who objects to that, or took " +
			"it back (7.object, 7.rectify). Again is the same. Clause 4.d.4.",
		Roles: identity.Displays, WithoutConsent: true, Status: 204,
		Errors: []problem.Kind{problem.NotFound, problem.Conflict, problem.Unavailable},
	}
}}

var displayOperations = []Declaration{BeginPairing, EndPairing, PairAtSpot, PairAtFloor, ShowDisplays, RevokeDisplay,
	ShowDisplay, DisplayImage, BookNow, EndNow, DoorCheckIn}
