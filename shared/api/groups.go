package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

// Limits of groups.
const (
	MaxGroups     = 200
	MaxGroupZones = 60 // of a location
	maxOpensDays  = 60
)

const exampleGroup = "m5zg65lqonxw4zdb"

var (
	ofGroup     = Path("group", ID(), "the group")
	groupSchema = Object(Must("id", ID()), Must("name", Text(60)))
	groupName   = Must("name", Text(60))
	keptGroups  = Must("groups", List(ID(), 20))
	opensDays   = Must("opens_days", Integer(1, maxOpensDays).Described("how many days before the day"))
	opensAt     = Must("opens_at", ClockTime().Described("by the location's clock"))
	groupZones  = Object(Must("zones", List(Object(Must("floor", ID()), Must("zone", ID()), keptGroups, opensDays,
		opensAt), MaxGroupZones)))

	opensView = Object(Must("date", Date()), Must("time",
		ClockTime())).Described("it is kept for a group until then, by the location's clock")

	exampleResearch  = map[string]any{"id": exampleGroup, "name": "Research"}
	exampleGroupZone = map[string]any{"zones": []any{map[string]any{"floor": exampleFloor, "zone": exampleZone,
		"groups": []any{exampleGroup}, "opens_days": 1, "opens_at": "16:00"}}}
)

// ListGroups shows the customer's groups.
var ListGroups = Declaration{ID: "groups", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/groups",
		Summary: "The customer's groups of people, by name",
		Detail:  "Who is in one is told to nobody but them. Clause 4.f.1.",
		Roles:   identity.Managers, Status: 200, Answer: Object(Must("groups", List(groupSchema, MaxGroups))),
		Errors: []problem.Kind{problem.Unavailable}, Example: map[string]any{"groups": []any{exampleResearch}},
	}
}}

// AddGroup makes one.
var AddGroup = Declaration{ID: "addGroup", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/groups", Summary: "Make a group",
		Detail: "With nobody in it yet.", Roles: identity.Administrators, Keyed: true, Body: Object(groupName),
		Status: 201, Answer: groupSchema,
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unavailable},
		Request: map[string]any{"name": "Research"}, Example: exampleResearch,
	}
}}

// RenameGroup names one anew.
var RenameGroup = Declaration{ID: "renameGroup", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "PATCH", Path: "/groups/{group}",
		Summary: "Rename a group", Detail: "Its members and the zones that are kept for it stay as they are.",
		Roles: identity.Administrators, Parameters: []Parameter{ofGroup}, Body: Object(groupName), Status: 200,
		Answer: groupSchema, Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict,
			problem.Unavailable},
		Request: map[string]any{"name": "Research"}, Example: exampleResearch,
	}
}}

// RemoveGroup removes one.
var RemoveGroup = Declaration{ID: "removeGroup", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/groups/{group}",
		Summary: "Remove a group",
		Detail: "With who is in it. A zone that was kept for it alone opens to all at its time. Whatever the id, " +
			"the answer is the same.", Roles: identity.Administrators, Parameters: []Parameter{ofGroup}, Status: 204,
		Errors: []problem.Kind{problem.Malformed, problem.Unavailable},
	}
}}

// SetMember puts somebody into one.
var SetMember = Declaration{ID: "setMember", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/groups/{group}/members",
		Summary: "Put a colleague into a group, or take them out of it",
		Detail: "By the address of a registered colleague who has agreed to the statement in force, and who sees it " +
			"with their data and is told by mail. The answer is the same whoever it is. Clause 4.f.1.",
		Roles: identity.Administrators, Parameters: []Parameter{ofGroup},
		Body: Object(Must("email", TypedEmail()), Must("member", Boolean())), Status: 204,
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.TooMany, problem.Unavailable},
		Request: map[string]any{"email": "ben@example.com", "member": true},
	}
}}

// LeaveGroup takes oneself out of one.
var LeaveGroup = Declaration{ID: "leaveGroup", Function: "profile", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/me/groups/{group}",
		Summary: "Be in a group no more", Detail: "Whatever the id, the answer is the same. Clause 4.f.1.",
		Roles: identity.Members, WithoutConsent: true, Parameters: []Parameter{ofGroup}, Status: 204,
		Errors: []problem.Kind{problem.Malformed, problem.Unavailable},
	}
}}

// ListGroupZones shows which zones are kept for groups.
var ListGroupZones = Declaration{ID: "groupZones", Function: "building", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/locations/{location}/group-zones",
		Summary: "The zones of a location that are kept for groups", Roles: identity.Everyone,
		Detail:     "Each opens to all so many days before the day, at a time.",
		Parameters: []Parameter{ofLocation}, Status: 200, Answer: groupZones,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound}, Example: exampleGroupZone,
	}
}}

// KeepZone keeps one.
var KeepZone = Declaration{ID: "keepZone", Function: "building", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/floors/{floor}/zones/{zone}/groups",
		Summary: "Keep a zone for groups until a time before the day",
		Detail: "Who is in none of them can reserve there from then on, as 16:00 on the day before; without a group " +
			"it is everybody's. What others have reserved there stays theirs. The answer is all of the location's.",
		Roles: identity.Managers, Parameters: []Parameter{ofFloor, ofZone},
		Body:   Object(keptGroups, opensDays, opensAt),
		Status: 200, Answer: groupZones,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unacceptable,
			problem.Unavailable},
		Request: map[string]any{"groups": []any{exampleGroup}, "opens_days": 1, "opens_at": "16:00"},
		Example: exampleGroupZone,
	}
}}

var groupOperations = []Declaration{ListGroups, AddGroup, RenameGroup, RemoveGroup, SetMember, LeaveGroup,
	ListGroupZones,
	KeepZone}
