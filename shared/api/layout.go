package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

// Limits of a layout.
const (
	MaxLayout = 512 << 10 // bytes: 1,000 spots with names of common length, several times over
	MaxTaken  = 500       // stretches that are listed
)

var (
	drawnID = Pattern("^[A-Za-z0-9_-]{8,64}$", "8 to 64 of A-Z a-z 0-9 _ -: the id that the floor has of it, or "+
		"for what "+
		"is new a key of your own, the same when repeating")
	layoutFields = []Field{
		Must("revision", Integer(1, 1_000_000_000).Described("of the floor that was drawn upon")),
		Must("zones", List(Object(Must("id", drawnID), Must("name", Text(100)), May("sector", Text(100))), MaxZones)),
		Must("spots", List(Object(Must("id", drawnID), Must("name", Text(100)), Must("category", category),
			Must("type", spotTypes), May("zone", drawnID.Described("the id of one of these zones")), Must("x", place),
			Must("y", place), May("capacity", capacity), May("features", featureIDs)), MaxSpots)),
	}
	takenSchema = Object(Must("spot", ID()), Must("name", Text(100)), Must("date", Date()), Must("from", ClockTime()),
		Must("to", ClockTime()))
	exampleLayout = map[string]any{"revision": 12, "zones": []any{exampleQuiet}, "spots": []any{
		map[string]any{"id": exampleSpot, "name": "3.14", "category": "workplace", "type": "desk",
			"zone": exampleZone,
			"x":    0.25, "y": 0.5},
		map[string]any{"id": "my-new-desk", "name": "3.15", "category": "workplace", "type": "desk", "x": 0.3,
			"y": 0.5}}}
)

const layoutDetail = "The zones and spots that the floor is to have, all of them: what is left out goes, and what " +
	"is new " +
	"has a key of yours for an id. Spots name their zone by its id here. Sensors stay as they are; somebody's own " +
	"workplace can't go before that is ended. When somebody changed the floor since `revision`, the answer is 409 " +
	"with the floor as it is now in `floor`."

// TryLayout says what saving a layout would do.
var TryLayout = Declaration{ID: "tryLayout", Function: "building", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/floors/{floor}/layout/trial",
		Summary: "What saving a floor as it was drawn would do",
		Detail: layoutDetail +
			" Nothing is changed. `taken` is when the spots whose reservations would be cancelled are taken, as " +
			"their plans show anybody, and `more` that there is more than is listed. How many reservations there " +
			"are is told when they are of five people or more (art. 5), whose they are never.",
		Roles: identity.Managers, Parameters: []Parameter{ofFloor}, Body: Object(layoutFields...), MaxBytes: MaxLayout,
		Status: 200,
		Answer: Object(Must("added", Integer(0, MaxSpots)), Must("changed", Integer(0, MaxSpots)),
			Must("removed", Integer(0, MaxSpots)),
			Must("taken", List(takenSchema, MaxTaken)),
			Must("more", Boolean()), May("reservations", Integer(0, 1_000_000))),
		Errors: append([]problem.Kind{problem.TooLarge}, changing...), Request: exampleLayout,
		Example: map[string]any{"added": 1, "changed": 0, "removed": 1, "more": false, "taken": []any{
			map[string]any{"spot": exampleSpot, "name": "3.16", "date": "2026-11-24", "from": "09:00",
				"to": "12:00"}}},
	}
}}

// SaveLayout saves one.
var SaveLayout = Declaration{ID: "saveLayout", Function: "building", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/floors/{floor}/layout",
		Summary: "Save a floor as it was drawn",
		Detail: layoutDetail + " What is moved or renamed keeps its reservations; those of what goes or becomes " +
			"something else take a choice. A floor of many spots is saved in parts, each with the location's counts " +
			"(3.g, 3.h); cut off half-way, the same request again with the same key saves the rest.",
		Roles: identity.Managers, Keyed: true, Parameters: []Parameter{ofFloor, orCancel},
		Body:     Object(layoutFields...),
		MaxBytes: MaxLayout, Status: 200, Answer: floorSchema,
		Errors: append([]problem.Kind{problem.TooLarge}, changing...), Request: exampleLayout, Example: examplePlan,
	}
}}
