package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

// eraseLink is the path parameter of the link in an overview. What is no link at all gets the answer of an unknown
// one.
var eraseLink = Path("link", &Schema{Type: "string", Max: 200}, "the link from the overview; a secret")

// EraseInApp erases the caller.
var EraseInApp = Declaration{ID: "erase", Function: "erasure-request", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/me/erasure",
		Summary: "End your registration and erase all your personal data",
		Detail: "Takes effect at once: sessions end, reservations are given back, and within 60 seconds everything " +
			"is gone from every store. One confirmation is mailed, and nothing after it. This is also how consent " +
			"is withdrawn. It can't be undone. Clauses 2.consent and 7.erase.",
		Clears: true, Roles: identity.Subjects, WithoutConsent: true,
		Body:   Object(Must("confirm", Boolean().Described("true: I mean it"))),
		Status: 202, Answer: Object(Must("accepted_at", Instant())),
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unavailable},
		Request: map[string]any{"confirm": true}, Example: map[string]any{"accepted_at": "2026-11-22T08:59:00Z"},
	}
}}

// EndLeaver erases a colleague who has left.
var EndLeaver = Declaration{ID: "endLeaver", Function: "erasure-request", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/business-account/leavers",
		Summary: "End the registration of somebody who has left",
		Detail: "By the address that is typed. It is an erasure (7.erase), of which the person is told by the last " +
			"mail alone. The answer is the same whether or not anybody has the address. " +
			"Your own registration ends in your settings.",
		Roles: identity.Administrators, Body: Object(Must("email", TypedEmail())),
		Status: 202, Answer: Object(Must("accepted_at", Instant())),
		Errors:  []problem.Kind{problem.Malformed, problem.Conflict, problem.TooMany, problem.Unavailable},
		Request: map[string]any{"email": "ben@example.com"},
		Example: map[string]any{"accepted_at": "2026-11-22T08:59:00Z"},
	}
}}

// OpenErasure shows the form.
var OpenErasure = Declaration{ID: "openErasure", Function: "erasure-request", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/erasure/{link}",
		Summary: "The form of an overview's erasure link",
		Detail: "Opening it never erases. A link that is unknown, used or older than a week gets one and the same " +
			"page with 404. Clause 7.erase.",
		Parameters: []Parameter{eraseLink}, Status: 200, Media: "text/html",
		Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
	}
}}

// ConfirmErasure is the form's sending.
var ConfirmErasure = Declaration{ID: "confirmErasure", Function: "erasure-request", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/erasure/{link}",
		Summary: "Erase all personal data of the person whose link this is",
		Detail: "Without signing in, once. The person's reservations are given back and within 60 seconds " +
			"everything is gone from every store. Clause 7.erase.",
		Parameters: []Parameter{eraseLink}, Content: &Content{Types: []string{"application/x-www-form-urlencoded"},
			MaxBytes: 1 << 10},
		Status: 202, Media: "text/html",
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.TooLarge, problem.Conflict,
			problem.Unavailable},
	}
}}

var erasureOperations = []Declaration{EraseInApp, EndLeaver, OpenErasure, ConfirmErasure}
