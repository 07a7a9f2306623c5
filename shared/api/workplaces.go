package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

const exampleMark = "kfzxa2lomnxw6ytb"

var (
	whose = Enum("yours", "theirs", "released").Described("it is somebody's own workplace (4.f.1): yours, a " +
		"colleague's, who is not named and has not given the day free, or given free")
	workplace = Path("workplace", ID(), "a workplace of your own")
	spanBody  = []Field{Must("from", Date()), Must("to", Date().Described("included; at most 100 days after from"))}
	spanQuery = []Parameter{MustQuery("from", Date(), "first date"),
		MustQuery("to", Date(), "last date, at most 100 days later")}
	spans     = List(Date(), 2000)
	takenBack = Object(Must("taken_back", spans), Must("kept",
		spans.Described("somebody has it by then, and nobody is named")))

	exampleTakenBack = map[string]any{"taken_back": []any{"2026-11-24"}, "kept": []any{"2026-11-25"}}
)

// AssignSpot makes a workplace somebody's own.
var AssignSpot = Declaration{ID: "assignSpot", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/spots/{spot}/holder",
		Summary: "Make a workplace somebody's own",
		Detail: "By the address of a registered colleague who has agreed to the statement in force. The answer is " +
			"the same whoever it is, and so is the plan: it calls the spot assigned, and to whom is seen by that " +
			"colleague alone. Of an address with one of the account's domains that nobody has, the spot is assigned " +
			"to nobody; of one with another domain it is refused. Whose it was before has it no more. What others " +
			"have reserved there stays theirs. Both are told by mail. Clause 4.f.1.",
		Roles: identity.Administrators, Parameters: []Parameter{ofSpot}, Body: Object(Must("email", TypedEmail())),
		Status: 204, Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable, problem.TooMany,
			problem.Unavailable},
		Request: map[string]any{"email": "ben@example.com"},
	}
}}

// UnassignSpot ends it.
var UnassignSpot = Declaration{ID: "unassignSpot", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/spots/{spot}/holder",
		Summary: "Make a workplace nobody's own any more",
		Detail: "At once; what its holder has reserved stays, and they are told by mail. " +
			"A repeat has no effect. Clause 4.f.1.",
		Roles: identity.Administrators, Parameters: []Parameter{ofSpot}, Status: 204,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unavailable},
	}
}}

// ShowWorkplaces shows what is one's own.
var ShowWorkplaces = Declaration{ID: "workplaces", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/me/workplaces",
		Summary: "Your own workplaces, the days for which you gave them free, and those on which you are away",
		Detail:  "Nobody else sees this. Clauses 4.f.1, 4.f.2.",
		Roles:   identity.Members, Status: 200,
		Answer: Object(Must("workplaces", List(Object(Must("spot", ID()), Must("name", Text(100)), Must("floor", ID()),
			Must("floor_name", Text(100)), Must("location", ID()), Must("location_name", Text(100)),
			Must("given_on", Date().Described("in UTC")), Must("released", spans)), 2000)), Must("away", spans)),
		Errors: []problem.Kind{problem.Unavailable},
		Example: map[string]any{"workplaces": []any{map[string]any{"spot": exampleSpot, "name": "3.14",
			"floor": exampleFloor, "floor_name": "Third floor", "location": exampleLocation,
			"location_name": "Head office", "given_on": "2026-11-20", "released": []any{"2026-11-24"}}},
			"away": []any{"2026-11-24"}},
	}
}}

// FreeWorkplace gives one's own workplace free.
var FreeWorkplace = Declaration{ID: "releaseWorkplace", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/me/workplaces/{workplace}/released",
		Summary: "Give your own workplace free on a range of dates",
		Detail: "Both dates are included, as far ahead as the location lets spots be reserved. Anybody can reserve " +
			"it then. A repeat has no effect. Clause 4.f.2.",
		Roles: identity.Members, Parameters: []Parameter{workplace}, Body: Object(spanBody...), Status: 200,
		Answer:  Object(Must("released", spans)),
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable, problem.Unavailable},
		Request: map[string]any{"from": "2026-11-24", "to": "2026-11-25"},
		Example: map[string]any{"released": []any{"2026-11-24", "2026-11-25"}},
	}
}}

// TakeBackWorkplace takes it back.
var TakeBackWorkplace = Declaration{ID: "takeBackWorkplace", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/me/workplaces/{workplace}/released",
		Summary: "Take your own workplace back on a range of dates",
		Detail: "But for the dates on which somebody has reserved it by then: these are `kept` as they are. A " +
			"repeat has no effect. Clause 4.f.2.",
		Roles: identity.Members, Parameters: append([]Parameter{workplace}, spanQuery...), Status: 200,
		Answer:  takenBack,
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable, problem.Unavailable},
		Example: exampleTakenBack,
	}
}}

// EndWorkplace gives it up for good.
var EndWorkplace = Declaration{ID: "endWorkplace", Function: "profile", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/me/workplaces/{workplace}",
		Summary: "Give your own workplace up",
		Detail:  "It is nobody's from then on. Whatever the spot, the answer is the same. Clause 4.f.1.",
		Roles:   identity.Members, WithoutConsent: true, Parameters: []Parameter{workplace}, Status: 204,
		Errors: []problem.Kind{problem.Malformed, problem.Unavailable},
	}
}}

// GoAway says that one is not there.
var GoAway = Declaration{ID: "goAway", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/me/away",
		Summary: "Say on which days you are away",
		Detail: "Your own workplaces are given free then: at once as far ahead as they can be reserved, and further " +
			"on when that day can be; with `cancel` your reservations of those days are cancelled, but for those " +
			"that you are checked in at. Nothing is suggested to you for those days. Nobody else sees it, and each " +
			"day is gone when it ends. Clause 4.f.2.",
		Roles:  identity.Members,
		Body:   Object(append(spanBody, May("cancel", Boolean()))...),
		Status: 200, Answer: Object(Must("released", List(Object(Must("spot", ID()), Must("date", Date())), 2000)),
			Must("cancelled", Integer(0, 2000)), Must("kept", Integer(0, 2000))),
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable, problem.Unavailable},
		Request: map[string]any{"from": "2026-11-24", "to": "2026-11-24", "cancel": true},
		Example: map[string]any{"released": []any{map[string]any{"spot": exampleSpot, "date": "2026-11-24"}},
			"cancelled": 1, "kept": 0},
	}
}}

// EndAway takes that back.
var EndAway = Declaration{ID: "endAway", Function: "booking", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/me/away",
		Summary: "Say that you are there after all",
		Detail: "Your own workplaces are yours again on those days, but where somebody has reserved them by then. A " +
			"repeat has no effect. Clause 4.f.2.",
		Roles: identity.Members, Parameters: spanQuery, Status: 200, Answer: takenBack,
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable, problem.Unavailable},
		Example: exampleTakenBack,
	}
}}

var workplaceOperations = []Declaration{AssignSpot, UnassignSpot, ShowWorkplaces, FreeWorkplace, TakeBackWorkplace,
	EndWorkplace, GoAway, EndAway}
