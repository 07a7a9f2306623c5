package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

const exampleRequest = "obsxe2lomvzxi2lo"

// ListApprovals lists what one can decide.
var ListApprovals = Declaration{ID: "listApprovals", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/approvals",
		Summary: "What waits for your approval",
		Detail: "Of the groups that you are in, by the location's rules, and for administrators all. `name` is who " +
			"asks, where they show it. What lapses first comes first. Clause 4.f.3.",
		Roles:  identity.Members,
		Status: 200, Answer: Object(Must("requests", List(Object(Must("id", ID()), May("name", Text(100)),
			Must("location", ID()), Must("location_name", Text(100)), Must("spot", ID()), Must("spot_name", Text(60)),
			Must("dates", List(Object(Must("date", Date()), Must("from", ClockTime()), Must("to", ClockTime())), 98)),
			Must("asked_at", Instant()), Must("until", Instant())), 10000))),
		Errors: []problem.Kind{problem.Unavailable},
		Example: map[string]any{"requests": []any{map[string]any{"id": exampleRequest, "name": "Ann",
			"location": exampleLocation, "location_name": "Head office", "spot": exampleSpot,
			"spot_name": "Board room",
			"dates":     []any{map[string]any{"date": "2026-11-25", "from": "09:00", "to": "12:00"}},
			"asked_at":  "2026-11-23T07:00:00Z", "until": "2026-11-24T07:00:00Z"}}},
	}
}}

// DecideApproval decides about a request.
var DecideApproval = Declaration{ID: "decideApproval", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/approvals/{request}",
		Summary: "Approve what somebody asks for, or decline it",
		Detail: "All of what is asked for is approved, and with that reserved; or it is declined, and the spot is " +
			"free. The first decision stands: after it, and from `until` on, this is a conflict, and once who asked " +
			"was told it is unknown. Who decided is not kept. Who asked is told by mail. Clause 4.f.3.",
		Roles:      identity.Members,
		Parameters: []Parameter{Path("request", ID(), "the request")},
		Body:       Object(Must("decision", Enum("approved", "declined"))),
		Status:     204,
		Errors:     []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unavailable},
		Request:    map[string]any{"decision": "approved"},
	}
}}

// decisionLink is the path parameter of the link in a mail that asks for approval.
var decisionLink = Path("decision", &Schema{Type: "string", Max: 200}, "the link from the mail; a secret")

// OpenDecision shows what a mail asks approval for.
var OpenDecision = Declaration{ID: "openDecision", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/decisions/{decision}",
		Summary: "The form of a mail that asks for approval",
		Detail: "Opening it decides nothing. A link that is unknown, of who decides nothing any more, or of what is " +
			"decided or over, gets one and the same page with 404. Clause 4.f.3.",
		Parameters: []Parameter{decisionLink}, Status: 200, Media: "text/html",
		Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
	}
}}

// ConfirmDecision is the form's sending.
var ConfirmDecision = Declaration{ID: "confirmDecision", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/decisions/{decision}",
		Summary: "Decide what a mail asks approval for",
		Detail: "As `decideApproval`, without signing in, once: `choice=button` approves and `choice=other` " +
			"declines. Clause 4.f.3.",
		Parameters: []Parameter{decisionLink}, Content: &Content{Types: []string{"application/x-www-form-urlencoded"},
			MaxBytes: 1 << 10},
		Status: 200, Media: "text/html",
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.TooLarge, problem.Unavailable},
	}
}}

var approvalOperations = []Declaration{ListApprovals, DecideApproval, OpenDecision, ConfirmDecision}
