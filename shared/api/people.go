package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

// mostListed are the people that a list of an account holds: as many as have a role, or say to be officers.
const mostListed = 100_000

var (
	accountRole = Enum("user", "manager", "administrator")
	ofColleague = Path("colleague", ID(), "a colleague who shows their name, as in a list or found by searching")
	naming      = []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.TooMany,
		problem.Unavailable}
)

// ListRoles shows who has a role.
var ListRoles = Declaration{ID: "roles", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/business-account/roles",
		Summary: "Who manages locations, and who administers the account",
		Detail: "Those who show name and role to colleagues (4.a.1, 4.d.1), which is the default, by name. Who " +
			"hides either is not listed, and is named by address. Clauses 4.d.1, 7.shield.",
		Roles: identity.Administrators, Status: 200,
		Answer: Object(Must("people", List(Object(Must("colleague", ID()), Must("name", Text(200)),
			Must("role", Enum("manager", "administrator"))), mostListed))),
		Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
		Example: map[string]any{"people": []any{map[string]any{"colleague": exampleUser, "name": "Ben Example",
			"role": "manager"}}},
	}
}}

// NameColleague gives somebody of a list a role.
var NameColleague = Declaration{ID: "nameColleague", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/business-account/roles/{colleague}",
		Summary: "Give a colleague whom you see a role",
		Detail:  "As by address, which also finds who hides the name; here whoever does is unknown. Clause 4.d.1.",
		Roles:   identity.Administrators, Parameters: []Parameter{ofColleague},
		Body: Object(Must("role", accountRole)), Status: 204, Errors: naming,
		Request: map[string]any{"role": "user"},
	}
}}

// ListOfficers shows who says to be an emergency response officer.
var ListOfficers = Declaration{ID: "officers", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/business-account/officers",
		Summary: "Who says to be an emergency response officer (BHV/ERO), and is confirmed or not",
		Detail: "Those who show it to colleagues (4.b.4), which is not the default: who waits for a confirmation " +
			"first, " +
			"then by name. Who hides it is not listed, and is confirmed by address. Clauses 4.b.4, 7.shield.",
		Roles: identity.Administrators, Status: 200,
		Answer: Object(Must("officers", List(Object(Must("colleague", ID()), Must("name", Text(200)),
			Must("confirmed", Boolean())), mostListed))),
		Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
		Example: map[string]any{"officers": []any{map[string]any{"colleague": exampleUser, "name": "Ben Example",
			"confirmed": false}}},
	}
}}

// ConfirmColleague confirms somebody of the list.
var ConfirmColleague = Declaration{ID: "confirmColleague", Function: "business-account", Make: func() Operation {
	return Operation{
		Method:  "PUT",
		Path:    "/business-account/officers/{colleague}",
		Summary: "Confirm a colleague whom you see as an emergency response officer, or take that back",
		Detail: "As by address, which also finds who hides the name; here whoever does is unknown. It opens nothing " +
			"to somebody who does not say to be an officer. Clause 4.b.4.",
		Roles: identity.Administrators, Parameters: []Parameter{ofColleague},
		Body: Object(Must("confirmed", Boolean())), Status: 204, Errors: naming,
		Request: map[string]any{"confirmed": true},
	}
}}

var peopleOperations = []Declaration{ListRoles, NameColleague, ListOfficers, ConfirmColleague}
