package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

// AddSpot adds a spot.
var AddSpot = Declaration{ID: "addSpot", Function: "building", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/floors/{floor}/spots",
		Summary: "Add a workplace or a room to a floor",
		Detail: "A workplace is a desk or a seat; a room is a meeting room, a classroom or a treatment room. The " +
			"location's counts change in the same transaction. Clauses 3.f, 3.g, 3.h.",
		Roles: identity.Managers, Keyed: true, Parameters: []Parameter{ofFloor},
		Body: Object(Must("name", Text(100)), Must("category", category), Must("type", spotTypes), May("zone", ID()),
			Must("x", place), Must("y", place), May("capacity", capacity), May("features", featureIDs)),
		Status: 201, Answer: spotSchema, Errors: changing,
		Request: map[string]any{"name": "3.14", "category": "workplace", "type": "desk", "zone": exampleZone,
			"x": 0.25, "y": 0.5},
		Example: exampleDesk,
	}
}}

// GetSpot shows one.
var GetSpot = Declaration{ID: "spot", Function: "building", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/spots/{spot}",
		Summary: "A spot, as a shared link names it",
		Detail:  "The URL holds the spot's id alone and opens for users of the same business account only (10.share).",
		Roles:   identity.Everyone, Parameters: []Parameter{ofSpot}, Status: 200, Answer: sharedSchema,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound}, Example: exampleShared,
	}
}}

// ChangeSpot changes one.
var ChangeSpot = Declaration{ID: "changeSpot", Function: "building", Make: func() Operation {
	return Operation{
		Method: "PATCH", Path: "/spots/{spot}", Summary: "Change a spot",
		Detail: "What is left out stays. Its place on the plan, what it has and a room's capacity can be corrected " +
			"at any time; another name or zone takes a choice about its reservations, and of another category or " +
			"type they can't be kept.",
		Roles: identity.Managers, Parameters: []Parameter{ofSpot, orKeep},
		Body: Object(May("name", Text(100)), May("category", category), May("type", spotTypes),
			May("zone", Nullable(ID())), May("x", place), May("y", place), May("capacity", Nullable(capacity)),
			May("features", featureIDs)),
		Status: 200, Answer: spotSchema, Errors: changing, Request: map[string]any{"x": 0.25}, Example: exampleDesk,
	}
}}

// RemoveSpot removes one.
var RemoveSpot = Declaration{ID: "removeSpot", Function: "building", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/spots/{spot}",
		Summary: "Remove a spot and untie its sensors",
		Detail:  removalDetail, Roles: identity.Managers, Parameters: []Parameter{ofSpot, orCancel}, Status: 204,
		Errors: changing,
	}
}}

// TieSensor ties a sensor to a spot.
var TieSensor = Declaration{ID: "tieSensor", Function: "building", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/spots/{spot}/sensors/{sensor}",
		Summary: "Tie a sensor to a spot",
		Detail: "A sensor is allotted to the account when the operator lets it in. It watches one spot at a time: " +
			"tied to another spot it moves. One that is not allotted " +
			"to the account is refused without a word about whose it is.",
		Roles: identity.Managers, Parameters: []Parameter{ofSpot, ofSensor}, Body: Object(Must("model", models)),
		Status: 200, Answer: Object(Must("id", sensorID), Must("spot", ID()), Must("model", models)), Errors: changing,
		Request: map[string]any{"model": "milesight-vs341"},
		Example: map[string]any{"id": exampleSensor, "spot": exampleSpot, "model": "milesight-vs341"},
	}
}}

// UntieSensor takes it off.
var UntieSensor = Declaration{ID: "untieSensor", Function: "building", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/spots/{spot}/sensors/{sensor}",
		Summary: "Take a sensor off a spot",
		Detail:  "What it says from then on is put aside. It can be tied to another spot at once.",
		Roles:   identity.Managers, Parameters: []Parameter{ofSpot, ofSensor}, Status: 204, Errors: changing,
	}
}}

// ListSensors shows how a location's sensors are.
var ListSensors = Declaration{ID: "sensors", Function: "building", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/locations/{location}/sensors",
		Summary: "The sensors of a location: who is silent, how their batteries are, " +
			"and on which day each was heard last",
		Detail: "Silent ones first, then by battery, the emptiest first, then by floor and spot. A sensor is " +
			"`silent` that was heard no more for as long as its model and the location's `silent_minutes` give it, " +
			"or never. `heard_on` is a day and no hour, since the hour at which a desk's sensor spoke could tell " +
			"when somebody came; it is left out of one that was not heard since it was tied, as `battery` is of one " +
			"that does not tell it. In the last twenty minutes of a day who was heard " +
			"that day is not silent. Clause 4.d.4.",
		Roles: identity.Managers, Parameters: []Parameter{ofLocation}, Status: 200,
		Answer: Object(Must("sensors", List(Object(Must("id", sensorID), Must("model", Text(64)), Must("floor", ID()),
			Must("floor_name", Text(100)), Must("spot", ID()), Must("spot_name", Text(100)), Must("silent", Boolean()),
			May("heard_on", Date()), May("battery", Integer(0, 100).Described("per cent"))),
			MaxFloors*MaxSpots*MaxSensorsPerSpot))),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unavailable},
		Example: map[string]any{"sensors": []any{map[string]any{"id": exampleSensor, "model": "milesight-vs341",
			"floor": exampleFloor, "floor_name": "Third floor", "spot": exampleSpot, "spot_name": "3.14",
			"silent":   true,
			"heard_on": "2026-11-20", "battery": 12}}},
	}
}}

var spotOperations = []Declaration{AddSpot, GetSpot, ChangeSpot, RemoveSpot, TieSensor, UntieSensor, ListSensors}
