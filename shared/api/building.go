package api

import (
	"fmt"
	"maps"
	"strings"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/sensor"
)

// Limits of what an account holds in one place; a floor is one item of at most 400 KB.
const (
	MaxLocations      = 500
	MaxFloors         = 90 // in a location
	MaxZones          = 200
	MaxSpots          = 1000 // on a floor
	MaxSensorsPerSpot = 8
)

const (
	exampleZone   = "pizxk2lfoqqgs4zb"
	exampleSensor = "24e124535b316056"
)

var (
	locationFields = func(field func(string, *Schema) Field) []Field {
		return []Field{
			field("name", Text(100)),
			field("address", Text(300).Described("3.b")),
			field("latitude", Number(-90, 90).Described("degrees (3.c)")),
			field("longitude", Number(-180, 180)),
			field("time_zone", Text(64).Described("IANA name, as Europe/Amsterdam")),
		}
	}
	settingFields = func(field func(string, *Schema) Field) []Field {
		return []Field{
			field("opens", ClockTime().Described("07:00 unless said otherwise")),
			field("closes", ClockTime().Described("19:00 unless said otherwise")),
			field("horizon_days", Integer(1, 366).Described("how many days ahead one may reserve: 60")),
			field("daily_quota", Integer(1, 20).Described("reservations that a person may have on a day: 4")),
			field("no_show_minutes", Integer(5, 240).Described("after its start a reservation without check-in is "+
				"released: 15")),
			field("vacant_minutes", Integer(5, 240).Described("after check-in a vacant spot is released: 30")),
			field("silent_minutes", Integer(5, 240).Described(silentMinutes())),
		}
	}

	locationSchema = Object(concat([]Field{Must("id", ID())}, locationFields(Must), settingFields(Must),
		[]Field{Must("workplaces", Integer(0, 1_000_000).Described("3.g")),
			Must("rooms", Integer(0, 1_000_000).Described("3.h")),
			Must("floors", List(Object(Must("id", ID()), Must("name", Text(100)), Must("level", level)),
				MaxFloors))})...)
	zoneSchema = Object(Must("id", ID()), Must("name", Text(100)), May("sector", Text(100)))
	spotFields = []Field{Must("id", ID()), Must("location", ID()), Must("floor", ID()), Must("name", Text(100)),
		Must("category", category),
		Must("type", spotTypes), May("zone", ID()), Must("x", place), Must("y", place), May("capacity", capacity),
		May("features", featureIDs), May("assigned", ID().Described("it is somebody's own workplace: a random mark, "+
			"which says nothing of whose, and is another with each assignment (4.f.1)")),
		Must("sensed", Boolean().Described("it has sensors")),
		May("sensors", List(Text(64), MaxSensorsPerSpot).Described("for who manages buildings"))}
	spotSchema   = Object(spotFields...)
	sharedSchema = Object(concat(spotFields, []Field{Must("share",
		URI().Described("the URL by which it is shared (10.share)"))})...)
	floorSchema = Object(Must("id", ID()), Must("location", ID()), Must("name", Text(100)), Must("level", level),
		Must("plan", Boolean().Described("there is an image of it")),
		Must("revision", Integer(0, 1_000_000_000).Described("counts the changes of its zones and spots")),
		May("plan_ratio", Number(1./2400, 2400).Described("the image's width by its height, so that spots can be "+
			"shown in their places before it comes; left out of images that were set before this was kept")),
		Must("zones", List(zoneSchema, MaxZones)), Must("spots", List(spotSchema, MaxSpots)),
		May("features", List(featureSchema, MaxFeatures).Described("the customer's own, "+
			"where one of the spots has any")))

	level    = Integer(-50, 200).Described("0 is the ground floor")
	place    = Number(0, 1).Described("from the plan's left or upper edge, 0, to its right or lower one, 1")
	category = Enum("workplace", "room")
	sensorID = Pattern("^([0-9A-Fa-f]{16}|[a-z0-9-]{4,64})$",
		"a DevEui of 16 hexadecimal digits, or 4 to 64 of a-z 0-9 -")
	models = Enum(sensor.Models...)

	exampleBuilding = map[string]any{"id": exampleLocation, "name": "Head office",
		"address":  "Keizersgracht 1, Amsterdam",
		"latitude": 52.3756, "longitude": 4.8884, "time_zone": "Europe/Amsterdam", "opens": "07:00",
		"closes": "19:00", "horizon_days": 60,
		"daily_quota": 4, "no_show_minutes": 15, "vacant_minutes": 30, "silent_minutes": 150, "workplaces": 1,
		"rooms":  0,
		"floors": []any{map[string]any{"id": exampleFloor, "name": "Third floor", "level": 3}}}
	exampleShared = with(exampleDesk, "share", "https://api.example/s/"+exampleSpot)
	exampleQuiet  = map[string]any{"id": exampleZone, "name": "Quiet", "sector": "North"}
	exampleDesk   = map[string]any{"id": exampleSpot, "location": exampleLocation, "floor": exampleFloor,
		"name": "3.14", "category": "workplace",
		"type": "desk", "zone": exampleZone, "x": 0.25, "y": 0.5, "sensed": true}
	examplePlan = map[string]any{"id": exampleFloor, "location": exampleLocation, "name": "Third floor", "level": 3,
		"plan": true, "plan_ratio": 1.5, "revision": 12,
		"zones": []any{exampleQuiet}, "spots": []any{exampleDesk}}

	ofLocation = Path("location", ID(), "the location")
	ofFloor    = Path("floor", ID(), "the floor")
	ofZone     = Path("zone", ID(), "the zone")
	ofSpot     = Path("spot", ID(), "the spot")
	ofSensor   = Path("sensor", sensorID, "hardware id: the DevEui of a LoRaWAN device, or the device's own id")
	orCancel   = Query("on_reservations", Enum("refuse", "cancel"),
		"what to do when somebody has a reservation there: refuse, which is meant when it is left out, or cancel it "+
			"and tell its owner by mail")
	orKeep = Query("on_reservations", Enum("refuse", "cancel", "keep"),
		"what to do when somebody has a reservation there: refuse, which is meant when it is left out, cancel it "+
			"and tell its owner by mail, or keep it where only a name, a zone or a level changes")

	changing = []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unacceptable,
		problem.Unavailable}
)

// silentMinutes says what the setting does beside the sensors' own rhythm.
func silentMinutes() string {
	own := make([]string, len(sensor.Models))
	for i, model := range sensor.Models {
		own[i] = fmt.Sprintf("%s %g", model, sensor.Model(model).Silence(0).Minutes())
	}
	return fmt.Sprintf("after which a silent sensor's spot is unknown, not free: %g. It only lengthens what a model "+
		"is given, two beats and a half of its maker's heartbeat (%s), and what a sensor that said nothing yet "+
		"today is given, as much as the slowest model", sensor.Silence(0).Minutes(), strings.Join(own, ", "))
}

const removalDetail = "When somebody has a reservation there, the answer is 409 and nothing changes, unless " +
	"`on_reservations` says otherwise. How many there are is told when they are of five people or more (art. 5), " +
	"whose they are never. A reservation that was being made in that moment is found by a second look a minute " +
	"later, cancelled, and its owner told."

// with is an example with one more member.
func with(example map[string]any, name string, value any) map[string]any {
	more := maps.Clone(example)
	more[name] = value
	return more
}

func concat(parts ...[]Field) []Field {
	var all []Field
	for _, part := range parts {
		all = append(all, part...)
	}
	return all
}

// ListLocations shows the account's locations.
var ListLocations = Declaration{ID: "locations", Function: "building", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/locations",
		Summary: "The business account's locations",
		Detail:  "All of them, each with its floors and its counts. Clauses 3.b to 3.h.",
		Roles:   identity.Everyone, Status: 200, Answer: Object(Must("locations", List(locationSchema, MaxLocations))),
		Example: map[string]any{"locations": []any{exampleBuilding}},
	}
}}

// AddLocation activates one.
var AddLocation = Declaration{ID: "addLocation", Function: "building", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/locations", Summary: "Add a location",
		Detail: "Its days are open from today in its own time zone. " +
			"Settings that are left out have their defaults. Clauses 3.b, 3.c.",
		Roles: identity.Managers, Keyed: true, Body: Object(concat(locationFields(Must), settingFields(May))...),
		Status: 201, Answer: locationSchema, Errors: []problem.Kind{problem.Malformed, problem.Conflict,
			problem.Unacceptable, problem.Unavailable},
		Request: map[string]any{"name": "Head office", "address": "Keizersgracht 1, Amsterdam", "latitude": 52.3756,
			"longitude": 4.8884,
			"time_zone": "Europe/Amsterdam", "opens": "07:00", "closes": "19:00", "horizon_days": 60},
		Example: exampleBuilding,
	}
}}

// GetLocation shows one.
var GetLocation = Declaration{ID: "location", Function: "building", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/locations/{location}",
		Summary: "One location, with its counts (3.g, 3.h)",
		Detail: "With the settings that hold for its reservations, its floors, and how many workplaces and rooms it " +
			"has " +
			"now.",
		Roles: identity.Everyone, Parameters: []Parameter{ofLocation}, Status: 200, Answer: locationSchema,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound}, Example: exampleBuilding,
	}
}}

// ChangeLocation changes one.
var ChangeLocation = Declaration{ID: "changeLocation", Function: "building", Make: func() Operation {
	return Operation{
		Method: "PATCH", Path: "/locations/{location}",
		Summary: "Change a location",
		Detail: "What is left out stays. Another time zone moves all hours, so it takes the same choice about " +
			"reservations as a removal. Reservations that were made under earlier hours or an earlier horizon stay.",
		Roles: identity.Managers, Parameters: []Parameter{ofLocation, orCancel},
		Body:   Object(concat(locationFields(May), settingFields(May))...),
		Status: 200, Answer: locationSchema, Errors: changing, Request: map[string]any{"closes": "20:00"},
		Example: exampleBuilding,
	}
}}

// RemoveLocation removes one.
var RemoveLocation = Declaration{ID: "removeLocation", Function: "building", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/locations/{location}",
		Summary: "Remove a location with all of its floors",
		Detail:  removalDetail, Roles: identity.Managers, Parameters: []Parameter{ofLocation, orCancel}, Status: 204,
		Errors: changing,
	}
}}

// AddFloor adds a floor.
var AddFloor = Declaration{ID: "addFloor", Function: "building", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/locations/{location}/floors",
		Summary: "Add a floor to a location",
		Detail:  "It has no spots yet. A location has at most 90 floors.",
		Roles:   identity.Managers, Keyed: true, Parameters: []Parameter{ofLocation},
		Body:   Object(Must("name", Text(100)), Must("level", level)),
		Status: 201, Answer: floorSchema, Errors: changing, Request: map[string]any{"name": "Third floor", "level": 3},
		Example: map[string]any{"id": exampleFloor, "location": exampleLocation, "name": "Third floor", "level": 3,
			"plan": false, "revision": 1, "zones": []any{}, "spots": []any{}},
	}
}}

// GetFloor shows one.
var GetFloor = Declaration{ID: "floor", Function: "building", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/floors/{floor}",
		Summary: "A floor with its zones and spots (3.e, 3.f)",
		Detail:  "Who manages buildings also sees which sensors are tied to each spot. What is free is asked apart.",
		Roles:   identity.Everyone, Tagged: true, Parameters: []Parameter{ofFloor}, Status: 200, Answer: floorSchema,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound}, Example: examplePlan,
	}
}}

// ChangeFloor changes its name or level.
var ChangeFloor = Declaration{ID: "changeFloor", Function: "building", Make: func() Operation {
	return Operation{
		Method: "PATCH", Path: "/floors/{floor}",
		Summary: "Change a floor's name or level",
		Detail:  "What is left out stays. Reservations are told the name, so a change takes a choice about them.",
		Roles:   identity.Managers, Parameters: []Parameter{ofFloor, orKeep},
		Body:   Object(May("name", Text(100)), May("level", level)),
		Status: 200, Answer: floorSchema, Errors: changing, Request: map[string]any{"name": "Third floor"},
		Example: examplePlan,
	}
}}

// RemoveFloor removes one.
var RemoveFloor = Declaration{ID: "removeFloor", Function: "building", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/floors/{floor}",
		Summary: "Remove a floor with its spots",
		Detail:  removalDetail, Roles: identity.Managers, Parameters: []Parameter{ofFloor, orCancel}, Status: 204,
		Errors: changing,
	}
}}

// SetPlan, ReadPlan and RemovePlan are about the image of a floor.
var SetPlan = Declaration{ID: "setPlan", Function: "floor-plan", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/floors/{floor}/plan",
		Summary: "Set the image of a floor",
		Detail: "JPEG, PNG or WebP of at most 4 MB and 32 million pixels (3.e). It is drawn anew within 2400 × 2400 " +
			"pixels, " +
			"so that nothing hidden in the file survives; of the one before no version stays.",
		Roles: identity.Managers, Parameters: []Parameter{ofFloor},
		Content: &Content{Types: []string{"image/jpeg", "image/png", "image/webp"}, MaxBytes: 4 << 20},
		Status:  204, Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.TooLarge,
			problem.Unavailable},
	}
}}

// ReadPlan shows it.
var ReadPlan = Declaration{ID: "plan", Function: "floor-plan", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/floors/{floor}/plan",
		Summary: "The image of a floor",
		Detail: "A JPEG, for those of the same business account, with an ETag. It may be cached on the device alone " +
			"(9.cache). The floor's `version` changes with it.",
		Tagged: true,
		Roles:  identity.Everyone, Parameters: []Parameter{ofFloor}, Status: 200, Media: "image/jpeg",
		Cache:  "private, max-age=3600",
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unavailable},
	}
}}

// RemovePlan takes it away.
var RemovePlan = Declaration{ID: "removePlan", Function: "floor-plan", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/floors/{floor}/plan",
		Summary: "Remove the image of a floor",
		Detail:  "With all its versions, at once. It also goes with its floor, its location and the contract (3.e).",
		Roles:   identity.Managers, Parameters: []Parameter{ofFloor}, Status: 204,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unavailable},
	}
}}

// AddZone adds a zone.
var AddZone = Declaration{ID: "addZone", Function: "building", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/floors/{floor}/zones",
		Summary: "Add a zone to a floor",
		Detail:  "A sector is a name that zones share.", Roles: identity.Managers, Keyed: true,
		Parameters: []Parameter{ofFloor},
		Body:       Object(Must("name", Text(100)), May("sector", Text(100))),
		Status:     201, Answer: zoneSchema, Errors: changing,
		Request: map[string]any{"name": "Quiet", "sector": "North"},
		Example: exampleQuiet,
	}
}}

// ChangeZone changes one.
var ChangeZone = Declaration{ID: "changeZone", Function: "building", Make: func() Operation {
	return Operation{
		Method: "PATCH", Path: "/floors/{floor}/zones/{zone}",
		Summary: "Change a zone's name or sector",
		Detail:  "What is left out stays; a sector of null takes the zone out of its sector.",
		Roles:   identity.Managers, Parameters: []Parameter{ofFloor, ofZone, orKeep},
		Body:   Object(May("name", Text(100)), May("sector", Nullable(Text(100)))),
		Status: 200, Answer: zoneSchema, Errors: changing, Request: map[string]any{"sector": nil},
		Example: map[string]any{"id": exampleZone, "name": "Quiet"},
	}
}}

// RemoveZone removes one.
var RemoveZone = Declaration{ID: "removeZone", Function: "building", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/floors/{floor}/zones/{zone}",
		Summary: "Remove a zone; its spots stay on the floor",
		Detail:  "They are in no zone then.",
		Roles:   identity.Managers, Parameters: []Parameter{ofFloor, ofZone, orKeep}, Status: 204, Errors: changing,
	}
}}

var buildingOperations = []Declaration{
	ListLocations, AddLocation, GetLocation, ChangeLocation, RemoveLocation, AddFloor, GetFloor, ChangeFloor,
	RemoveFloor, SetPlan, ReadPlan, RemovePlan, AddZone, ChangeZone, RemoveZone, TryLayout, SaveLayout,
}
