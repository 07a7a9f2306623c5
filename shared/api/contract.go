package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

// EndContract ends the contract.
var EndContract = Declaration{ID: "endContract", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/business-account/end",
		Summary: "End the contract and erase the business account",
		Detail: "Takes effect at once and can't be undone: all sessions and guest passes end, everybody is mailed a " +
			"last overview of their data, and within 60 seconds everything is gone from every store: buildings, " +
			"reservations, statistics, people, guests and photos. The e-mail domains are free for another account. " +
			"Art. 3 and clause 4.d.1.",
		Roles: identity.Administrators, WithoutConsent: true,
		Body:   Object(Must("legal_name", Text(200).Described("the registered name, exactly: I mean it"))),
		Status: 202, Answer: Object(Must("accepted_at", Instant())),
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable, problem.Unavailable},
		Request: map[string]any{"legal_name": "Example B.V."},
		Example: map[string]any{"accepted_at": "2026-11-22T08:59:00Z"},
	}
}}

var contractOperations = []Declaration{EndContract}
