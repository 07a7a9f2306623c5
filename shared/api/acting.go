package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

var (
	party = Object(Must("colleague", ID()), May("name", Text(200).Described("left out of who hides it")),
		Must("given_on", Date().Described("in UTC")))
	by            = Object(Must("colleague", ID()), May("name", Text(200).Described("left out of who hides it")))
	principalPath = Path("principal", ID(), "the colleague for whom you act")
	exampleParty  = map[string]any{"colleague": exampleUser, "name": "Ben Example", "given_on": "2026-11-20"}
)

// onlyAllowed is what holds of everybody who acts for somebody.
const onlyAllowed = "Only who is allowed may, an administrator too. For anybody else, and while the colleague has " +
	"yet to agree to the statement in force, it is unknown. Clause 4.f.1."

// ShowDelegation tells who may act for whom.
var ShowDelegation = Declaration{ID: "delegation", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/me/delegates",
		Summary: "Who may reserve and cancel for you, and for whom you may", Detail: "Clause 4.f.1.",
		Roles: identity.Members, Status: 200,
		Answer: Object(Must("delegates", List(party, 100)), Must("principals", List(party, 50_000))),
		Errors: []problem.Kind{problem.Unavailable},
		Example: map[string]any{"delegates": []any{exampleParty}, "principals": []any{
			map[string]any{"colleague": exampleUser, "given_on": "2026-11-23"}}},
	}
}}

// AllowDelegate lets a colleague act.
var AllowDelegate = Declaration{ID: "allowDelegate", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/me/delegates/{colleague}",
		Summary: "Let a colleague reserve and cancel for you",
		Detail: "They see your reservations that are still to come, without their titles and without whether you " +
			"are there. You are told by mail of each that they make or cancel, and see who made it for as long as " +
			"it is kept. Who hides their name, has gone or has yet to agree to the statement in force is unknown. " +
			"At most 20 at a time. Clause 4.f.1.",
		Roles: identity.Members, Parameters: []Parameter{colleaguePath}, Status: 204,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable, problem.TooMany,
			problem.Unavailable},
	}
}}

// EndDelegate takes it back.
var EndDelegate = Declaration{ID: "endDelegate", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/me/delegates/{colleague}",
		Summary: "Let a colleague act for you no more",
		Detail:  "At once. What they made stays yours. Whoever it is, the answer is the same. Clause 4.f.1.",
		Roles:   identity.Members, WithoutConsent: true, Parameters: []Parameter{colleaguePath}, Status: 204,
		Errors: []problem.Kind{problem.Malformed, problem.Unavailable},
	}
}}

// EndActing ends it from the other side.
var EndActing = Declaration{ID: "endActing", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/me/principals/{colleague}",
		Summary: "Act for a colleague no more",
		Detail:  "At once. Whoever it is, the answer is the same. Clause 4.f.1.",
		Roles:   identity.Members, WithoutConsent: true, Parameters: []Parameter{colleaguePath}, Status: 204,
		Errors: []problem.Kind{problem.Malformed, problem.Unavailable},
	}
}}

// AgendaFor lists somebody's reservations.
var AgendaFor = Declaration{ID: "agendaFor", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/colleagues/{principal}/reservations",
		Summary: "The reservations of a colleague for whom you act",
		Detail: "Those of this day and the month after it that are still to come or run now, without titles and " +
			"without whether the colleague is there; `by` is there where you made it. " + onlyAllowed,
		Roles: identity.Members, Parameters: []Parameter{principalPath}, Status: 200,
		Answer:  Object(Must("reservations", List(reservationSchema, 1000))),
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.Unavailable},
		Example: map[string]any{"reservations": []any{exampleReserved}},
	}
}}

// ReserveFor reserves for somebody.
var ReserveFor = Declaration{ID: "reserveFor", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/colleagues/{principal}/reservations",
		Summary: "Reserve a spot for a colleague for whom you act",
		Detail: "As `POST /reservations`, in the colleague's name: the office's rules count what they have. They " +
			"are told by mail who reserved. A room's title is theirs to give. " + onlyAllowed,
		Roles: identity.Members, Keyed: true, Parameters: []Parameter{principalPath},
		Body: Object(Must("spot", ID()), Must("date", Date()), Must("from", ClockTime()), Must("to", ClockTime()),
			May("until_date", Date())),
		Status: 201, Answer: Object(Must("reservations", List(reservationSchema, 2))),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unacceptable,
			problem.TooMany, problem.Unavailable},
		Request: map[string]any{"spot": exampleSpot, "date": "2026-11-23", "from": "09:00", "to": "12:00"},
		Example: map[string]any{"reservations": []any{exampleReserved}},
	}
}}

// CancelFor cancels for somebody.
var CancelFor = Declaration{ID: "cancelFor", Function: "booking", Make: func() Operation {
	return Operation{
		Method:  "DELETE",
		Path:    "/colleagues/{principal}/reservations/{held}",
		Summary: "Cancel a reservation of a colleague for whom you act",
		Detail: "Whoever made it. They are told by mail who cancelled it, and nothing of it is kept. " +
			onlyAllowed,
		Roles:      identity.Members,
		Parameters: []Parameter{principalPath, Path("held", ReservationID(), "the colleague's reservation")},
		Status:     204, Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict,
			problem.Unavailable},
	}
}}

var actingOperations = []Declaration{ShowDelegation, AllowDelegate, EndDelegate, EndActing, AgendaFor, ReserveFor,
	CancelFor}
