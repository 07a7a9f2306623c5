package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

// The example of a reservation that has been checked in, and of one that was given back.
var exampleCheckedIn, exampleReleased = exampleIn("checked_in"), exampleIn("released")

func exampleIn(state string) map[string]any {
	example := map[string]any{}
	for name, value := range exampleReserved {
		example[name] = value
	}
	example["state"] = state
	return example
}

// CheckIn says that one is there.
var CheckIn = Declaration{ID: "checkIn", Function: "check-in", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/reservations/{reservation}/check-in",
		Summary: "Check in by hand",
		Detail: "From a quarter of an hour before the start until the end. Again is the same. Who comes after it " +
			"was a no-show gets it back where nobody has had the spot since. Where a spot has sensors they do it " +
			"too, unless the person objects to that (7.object). Clause 4.d.4.",
		Roles:      identity.Everyone,
		Parameters: []Parameter{Path("reservation", ReservationID(), "the reservation")},
		Status:     200, Answer: reservationSchema,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unacceptable,
			problem.Unavailable},
		Example: exampleCheckedIn,
	}
}}

// Retract takes a wrong record of being there back.
var Retract = Declaration{ID: "retract", Function: "check-in", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/reservations/{reservation}/presence",
		Summary: "Take back what is wrongly recorded of being there, or of not being there",
		Detail: "A reservation that is checked in is as it was before it, and sensors check it in no more. One that " +
			"was given back, has ended or was a no-show, and one made by sitting down, goes altogether. " +
			"Clauses 4.d.4 and 7.rectify.",
		Roles:      identity.Everyone,
		Parameters: []Parameter{Path("reservation", ReservationID(), "the reservation")},
		Status:     204, Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unavailable},
	}
}}

// ReleaseReservation gives back what is left.
var ReleaseReservation = Declaration{ID: "release", Function: "check-in", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/reservations/{reservation}/release",
		Summary: "Give back what is left of a reservation",
		Detail: "Others can have the spot from the quarter of an hour that runs now. Again is the same. One that " +
			"has not begun is cancelled instead. Clause 4.d.2.",
		Roles:      identity.Everyone,
		Parameters: []Parameter{Path("reservation", ReservationID(), "the reservation")},
		Status:     200, Answer: reservationSchema,
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unavailable},
		Example: exampleReleased,
	}
}}

// Coming answers the question whether one comes.
var Coming = Declaration{ID: "coming", Function: "check-in", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/reservations/{reservation}/coming",
		Summary: "Say that you are coming, where you are asked",
		Detail: "Of a reservation that is `asked`. The spot is kept as long again as the location waits after a " +
			"beginning, reckoned from now, and you are not asked a second time. It is no check-in. " +
			"Again is the same. Clause 4.d.4.",
		Roles:      identity.Everyone,
		Parameters: []Parameter{Path("reservation", ReservationID(), "the reservation")},
		Status:     200, Answer: reservationSchema,
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unavailable},
		Example: exampleReserved,
	}
}}

// question is the path parameter of the link in a mail that asks.
var question = Path("question", &Schema{Type: "string", Max: 200}, "the link from the mail; a secret")

// OpenComing shows the question whether somebody comes.
var OpenComing = Declaration{ID: "openComing", Function: "check-in", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/coming/{question}",
		Summary: "The form of a mail that asks whether you come",
		Detail: "Opening it changes nothing. A link that is unknown, or of a reservation for which nobody waits any " +
			"more, gets one and the same page with 404. Clause 4.d.4.",
		Parameters: []Parameter{question}, Status: 200, Media: "text/html",
		Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
	}
}}

// ConfirmComing is the form's sending.
var ConfirmComing = Declaration{ID: "confirmComing", Function: "check-in", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/coming/{question}",
		Summary:    "Say that you are coming, so that your spot is kept longer",
		Detail:     "As `coming`, without signing in. Again is the same. Clause 4.d.4.",
		Parameters: []Parameter{question}, Content: &Content{Types: []string{"application/x-www-form-urlencoded"},
			MaxBytes: 1 << 10},
		Status: 200, Media: "text/html",
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.TooLarge, problem.Unavailable},
	}
}}

// WalkUp claims a free spot.
var WalkUp = Declaration{ID: "walkUp", Function: "check-in", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/spots/{spot}/walk-up",
		Summary: "Sit down at a free spot and claim it",
		Detail: "From the quarter of an hour that runs now until `until`; left out, until somebody else has the " +
			"spot, you have another workplace, or the location closes. The reservation is checked in at once. When " +
			"the spot is taken the 409 says in `free_from` from when it is free, " +
			"or in `free_until` until when. Clauses 4.d.2, 4.d.4.",
		Roles: identity.Everyone, Keyed: true,
		Parameters: []Parameter{Path("spot", ID(), "the spot")},
		Body:       Object(May("until", ClockTime())),
		Status:     201, Answer: reservationSchema,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unacceptable,
			problem.TooMany,
			problem.Unavailable},
		Request: map[string]any{"until": "12:00"}, Example: exampleCheckedIn,
	}
}}

var checkInOperations = []Declaration{CheckIn, Retract, ReleaseReservation, WalkUp, Coming,
	OpenComing, ConfirmComing}
