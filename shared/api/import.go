package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

var importedFields = []Field{Must("locations", Integer(0, 500)), Must("floors", Integer(0, 10_000)),
	Must("zones", Integer(0, 10_000)), Must("spots", Integer(0, 10_000)), Must("sensors", Integer(0, 10_000))}

// importFile is a building in a file. One that is wrong throughout costs as much as one that is loaded.
var importFile = &Content{Types: []string{"text/csv", "application/json", "application/octet-stream",
	"application/vnd.ms-excel"}, MaxBytes: 4 << 20}

// Import loads buildings from one file.
var Import = Declaration{ID: "import", Function: "import", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/business-account/import",
		Summary: "Load locations, floors, zones, spots and sensors from one file",
		Detail: "CSV with a header (commas, semicolons or tabs), or a JSON array of objects, with these columns in " +
			"any order: location, address, latitude, longitude, time_zone, opens, closes, horizon_days, " +
			"daily_quota, no_show_minutes, vacant_minutes, silent_minutes, floor, level, zone, sector, spot, " +
			"category, type, x, y, sensor, model. One row is one spot; what a location or floor has need be said in " +
			"one of its rows only. A file with faults changes nothing, and each line that is wrong is named with " +
			"what is accepted, up to a hundred. What the account has is known by its names, so the same file again " +
			"changes nothing, and after a 503 it goes on where it was. Clauses 3.b to 3.h. The file is in UTF-8; " +
			"sent as application/octet-stream, or as application/vnd.ms-excel, by which name browsers on Windows " +
			"send CSV, also in UTF-16 with a byte order mark.",
		Roles: identity.Managers, Keyed: true,
		Parameters: []Parameter{Query("on_reservations", Enum("refuse", "cancel", "keep"),
			"what to do about reservations of a spot that gets another type or zone: refuse the file, cancel them "+
				"and tell their owners by mail, or keep them where only the zone changes")},
		Content: importFile,
		Status:  200,
		Answer:  Object(importedFields...),
		Errors:  []problem.Kind{problem.Malformed, problem.TooLarge, problem.Unavailable},
		Example: map[string]any{"locations": 1, "floors": 40, "zones": 80, "spots": 4000, "sensors": 4000},
	}
}}

// MaxPreviewed is how many changes of a file are listed.
const MaxPreviewed = 500

// TryImport says what loading a file would change.
var TryImport = Declaration{ID: "tryImport", Function: "import", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/business-account/import/trial",
		Summary: "What loading a file would change",
		Detail: "Nothing is changed. A file with faults is refused as when it is loaded, each at its line. " +
			"`changes` are what its lines make, or make different and in which columns, up to 500, and " +
			"`more_changes` that there are others; the numbers are those that loading the file answers. `taken` is " +
			"when spots are taken that get another type or zone, as their plans show anybody: about their " +
			"reservations there is a choice when the file is loaded. How many there are is told when they are of " +
			"five people or more (art. 5), whose they are never.",
		Roles:   identity.Managers,
		Content: importFile,
		Status:  200,
		Answer: Object(concat(importedFields, []Field{
			Must("changes", List(Object(Must("line", Integer(1, 1<<30)),
				Must("what", Enum("location", "floor", "zone", "spot")), Must("new", Boolean()),
				Must("name", Text(100)),
				May("within", Text(100).Described("the floor, or of a floor the location")),
				May("columns", List(Text(40), 30))), MaxPreviewed)),
			Must("more_changes", Boolean()), Must("taken", List(takenSchema, MaxTaken)), Must("more", Boolean()),
			May("reservations", Integer(0, 1_000_000))})...),
		Errors: []problem.Kind{problem.Malformed, problem.TooLarge, problem.Unavailable},
		Example: map[string]any{"locations": 0, "floors": 0, "zones": 0, "spots": 1, "sensors": 0, "changes": []any{
			map[string]any{"line": 2, "what": "spot", "new": false, "name": "3.14", "within": "Third floor",
				"columns": []any{"type"}}}, "more_changes": false, "taken": []any{}, "more": false},
	}
}}

var importOperations = []Declaration{Import, TryImport}
