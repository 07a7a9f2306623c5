package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

var colleagueFields = append(optional(asItIs),
	Must("colleague", ID()), Must("name", Text(200)), May("customer", Text(200)), May("email", Email()), linkedInURL,
	May("photo", Boolean()))

var exampleFound = map[string]any{"colleague": exampleUser, "name": "Ben Example", "customer": "Example B.V."}

// SearchColleagues finds colleagues by name.
var SearchColleagues = Declaration{ID: "searchColleagues", Function: "colleagues", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/colleagues",
		Summary: "Find colleagues by a part of their name",
		Detail: "Of each what they show, at most 20 (7.shield): by default the name and the customer. Who hides the " +
			"name (`4.a.1` in the `shield` of `PATCH /me`) is invisible altogether. That one searched is counted " +
			"for art. 5; what one searched for is not kept.",
		Roles: identity.Members,
		Parameters: []Parameter{
			MustQuery("name", Text(100), "a part of the name, in any case and without accents: two letters or more, "+
				"or one ideograph or syllable"),
			Query("location", ID(), "the location where you are, which counts the search; "+
				"left out, the account's first"),
		},
		Status: 200, Answer: Object(Must("colleagues", List(Object(colleagueFields...), 20)),
			Must("more", Boolean().Described("others match too"))),
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.Unavailable},
		Example: map[string]any{"colleagues": []any{exampleFound}, "more": false},
	}
}}

var colleaguePath = Path("colleague", ID(), "as found by searching")

var (
	presences = List(Object(Must("location", ID()), Must("location_name", Text(100)), Must("floor_name", Text(100)),
		May("zone_name", Text(100)),
		Must("spot", ID()), Must("spot_name", Text(100)), Must("from", ClockTime()), Must("to", ClockTime()),
		Must("present", Boolean())), 500)
	whereabouts = Object(append(colleagueFields[:len(colleagueFields):len(colleagueFields)],
		May("today", presences))...)
	examplePresences = []any{map[string]any{
		"location": exampleLocation, "location_name": "Head office", "floor_name": "Third floor",
		"zone_name": "Window side",
		"spot":      exampleSpot, "spot_name": "3.14", "from": "09:00", "to": "17:00", "present": true}}
	exampleThere = map[string]any{"colleague": exampleUser, "name": "Ben Example", "customer": "Example B.V.",
		"today": examplePresences}
)

// ShowColleague shows one of them, and where they are.
var ShowColleague = Declaration{ID: "colleague", Function: "colleagues", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/colleagues/{colleague}",
		Summary: "What a colleague shows, and where they are today",
		Detail: "`today` are the spots that the colleague has at this moment or later today, and whether they are " +
			"there (4.d.4). It is left out when there are none, " +
			"and when the colleague does not show it, which is the default.",
		Roles: identity.Members, Parameters: []Parameter{colleaguePath},
		Status: 200, Answer: whereabouts,
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.Unavailable},
		Example: exampleThere,
	}
}}

// WhoIsIn shows who is in a building.
var WhoIsIn = Declaration{ID: "whoIsIn", Function: "colleagues", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/locations/{location}/colleagues",
		Summary: "Which colleagues are in a building today, and where",
		Detail: "Those who show both name and presence (4.d.4), which nobody does by default, and who have a spot " +
			"there at this moment or later today: `present` when they have checked in, otherwise they are expected. " +
			"By name, oneself included, guests not; of each what `GET /colleagues/{colleague}` shows. At most 500; " +
			"with `more`, others are found by a part of their name. " +
			"That one looked is counted as a search for colleagues (art. 5).",
		Roles: identity.Members, Parameters: []Parameter{Path("location", ID(), "the building")},
		Status: 200,
		Answer: Object(Must("location", ID()), Must("name", Text(100)), Must("at", Instant()),
			Must("colleagues", List(whereabouts, 500)),
			Must("more", Boolean().Described("others are in too"))),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unavailable},
		Example: map[string]any{"location": exampleLocation, "name": "Head office", "at": "2026-11-23T09:30:00Z",
			"colleagues": []any{exampleThere},
			"more":       false},
	}
}}

// ColleaguePhoto shows their photo.
var ColleaguePhoto = Declaration{ID: "colleaguePhoto", Function: "colleagues", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/colleagues/{colleague}/photo",
		Summary: "A colleague's profile photo", Detail: "If the colleague shows it (4.b.6), " +
			"which is not the default. A JPEG.",
		Roles: identity.Members, Parameters: []Parameter{colleaguePath},
		Status: 200, Media: "image/jpeg", Errors: []problem.Kind{problem.Malformed, problem.NotFound,
			problem.Unavailable},
	}
}}

// EmergencyList shows where people are to those who look after them.
var EmergencyList = Declaration{ID: "emergencyList", Function: "colleagues", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/locations/{location}/emergency-list",
		Summary: "For emergency response officers: who is in the building now",
		Detail: "Every spot that is occupied now, by floor and zone, with a name where the person shows both name " +
			"and presence (4.d.4): what people hide stays hidden from officers too (7.shield). For who says to be " +
			"an officer (4.b.4) and has been confirmed by an administrator; to anyone else it is unknown. Looking " +
			"is counted as a search for colleagues (art. 5).",
		Roles: identity.Members, Parameters: []Parameter{Path("location", ID(), "the building")},
		Status: 200,
		Answer: Object(Must("location", ID()), Must("name", Text(100)), Must("at", Instant()),
			Must("occupied", List(Object(
				Must("floor_name", Text(100)), Must("level", Integer(-100, 1000)), May("zone_name", Text(100)),
				Must("spot", ID()), Must("spot_name", Text(100)),
				May("person", Text(200))), 50_000))),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unavailable},
		Example: map[string]any{"location": exampleLocation, "name": "Head office", "at": "2026-11-23T09:30:00Z",
			"occupied": []any{
				map[string]any{"floor_name": "Third floor", "level": 3, "zone_name": "Window side",
					"spot":      exampleSpot,
					"spot_name": "3.14", "person": "Ben Example"}}},
	}
}}

var colleagueOperations = []Declaration{SearchColleagues, ShowColleague, ColleaguePhoto, WhoIsIn, EmergencyList}
