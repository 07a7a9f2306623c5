package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

var placeInLine = Object(Must("id", ID()), Must("location", ID()), Must("floor", ID()),
	May("zone", ID().Described("left out, anywhere on the floor")), May("type", spotTypes.Described("left out, any")),
	Must("date", Date()), Must("from", ClockTime()), Must("to", ClockTime()))

var examplePlaceInLine = map[string]any{"id": "nzxxeytboi4dcmrt", "location": exampleLocation, "floor": exampleFloor,
	"type": "desk", "date": "2026-11-23", "from": "09:00", "to": "12:00"}

// LineUp gives a place in line.
var LineUp = Declaration{ID: "lineUp", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/me/waitlist",
		Summary: "Wait for a spot on a floor, in a zone of it or of a type, during a part of a day",
		Detail: "Who came first is offered what comes free, by mail and as a reservation that is `offered`: it " +
			"holds the spot for a quarter of an hour, or until three minutes before the end of what is waited for, " +
			"in which `takeOffer` makes it theirs. Offers are made each minute: who reserves in the minute before " +
			"has what came free. One that is not taken ends, with the place in line, and the next is offered. The " +
			"same again is the same place; at most 10 at a time. What the rules forbid at every spot that would do " +
			"is refused as a reservation is. It ends with the time that is waited for. Clause 4.f.3.",
		Roles: identity.Members,
		Body: Object(Must("floor", ID()), May("zone", ID()), May("type", spotTypes), Must("date", Date()),
			Must("from", ClockTime()), Must("to", ClockTime())),
		Status: 201, Answer: placeInLine,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable, problem.TooMany,
			problem.Unavailable},
		Request: map[string]any{"floor": exampleFloor, "type": "desk", "date": "2026-11-23", "from": "09:00",
			"to": "12:00"},
		Example: examplePlaceInLine,
	}
}}

// ShowLine lists what one waits for.
var ShowLine = Declaration{ID: "showLine", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/me/waitlist",
		Summary: "What you wait for",
		Detail:  "What you are offered stands in your agenda. Nobody sees who else waits. Clause 4.f.3.",
		Roles:   identity.Members,
		Status:  200, Answer: Object(Must("waiting", List(placeInLine, 10))),
		Errors:  []problem.Kind{problem.Unavailable},
		Example: map[string]any{"waiting": []any{examplePlaceInLine}},
	}
}}

// LeaveLine gives a place in line up.
var LeaveLine = Declaration{ID: "leaveLine", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/me/waitlist/{place}",
		Summary:    "Stop waiting",
		Detail:     "What is offered to that place goes to the next. A second time is unknown. Clause 4.f.3.",
		Roles:      identity.Members,
		Parameters: []Parameter{Path("place", ID(), "the place in line")},
		Status:     204, Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unavailable},
	}
}}

// TakeOffer makes what is offered one's own.
var TakeOffer = Declaration{ID: "takeOffer", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/reservations/{reservation}/take",
		Summary: "Take a spot that is offered to you",
		Detail: "Until `until` of the reservation. Cancelling it refuses the offer. " +
			"Again is the same. Clause 4.f.3.",
		Roles:      identity.Members,
		Parameters: []Parameter{Path("reservation", ReservationID(), "the reservation that is offered")},
		Status:     200, Answer: reservationSchema,
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unavailable},
		Example: exampleReserved,
	}
}}

// offerLink is the path parameter of the link in a mail that offers.
var offerLink = Path("offer", &Schema{Type: "string", Max: 200}, "the link from the mail; a secret")

// OpenOffer shows what a mail offers.
var OpenOffer = Declaration{ID: "openOffer", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/offers/{offer}",
		Summary: "The form of a mail that offers a spot",
		Detail: "Opening it changes nothing. A link that is unknown, or of an offer that is decided or over, gets " +
			"one and the same page with 404. Clause 4.f.3.",
		Parameters: []Parameter{offerLink}, Status: 200, Media: "text/html",
		Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
	}
}}

// ConfirmOffer is the form's sending.
var ConfirmOffer = Declaration{ID: "confirmOffer", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/offers/{offer}",
		Summary:    "Take the spot that a mail offers",
		Detail:     "As `takeOffer`, without signing in, once. Clause 4.f.3.",
		Parameters: []Parameter{offerLink}, Content: &Content{Types: []string{"application/x-www-form-urlencoded"},
			MaxBytes: 1 << 10},
		Status: 200, Media: "text/html",
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.TooLarge, problem.Unavailable},
	}
}}

var waitlistOperations = []Declaration{LineUp, ShowLine, LeaveLine, TakeOffer, OpenOffer, ConfirmOffer}
