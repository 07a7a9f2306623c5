package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

// Limits of what spots can have.
const (
	MaxFeatures = 40 // that a customer tells apart, and that a spot has
	MaxCapacity = 10_000
)

var (
	capacity   = Integer(1, MaxCapacity).Described("the people that a room is for")
	featureID  = Integer(1, 1_000_000)
	featureIDs = List(featureID, MaxFeatures).Described("what it has, by the numbers of the customer's own features")
	// featureList is a filter: the numbers of features, parted by commas.
	featureList = Pattern("^[1-9][0-9]{0,5}(,[1-9][0-9]{0,5}){0,39}$", "the numbers of features, parted by commas")

	featureSchema  = Object(Must("id", featureID), Must("name", Text(60)))
	featuresSchema = Object(Must("features", List(featureSchema, MaxFeatures)))
	exampleLoop    = map[string]any{"id": 3, "name": "Hearing loop"}
)

// ListFeatures shows what spots can have.
var ListFeatures = Declaration{ID: "features", Function: "building", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/features",
		Summary: "What spots can have, by the customer's own names",
		Detail: "As two screens, a hearing loop, step-free. What somebody looks for is used in the request that " +
			"asks for it and kept nowhere. Clause 3.e.",
		Roles: identity.Everyone, Status: 200, Answer: featuresSchema,
		Example: map[string]any{"features": []any{exampleLoop}},
	}
}}

// SetFeatures replaces that.
var SetFeatures = Declaration{ID: "setFeatures", Function: "building", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/features", Summary: "Set what spots can have",
		Detail: "All of it, in place of what was there: one with its number is renamed, one without a number is " +
			"new. What is left out is no feature of any spot any more, and its number is never given again.",
		Roles:  identity.Managers,
		Body:   Object(Must("features", List(Object(May("id", featureID), Must("name", Text(60))), MaxFeatures))),
		Status: 200, Answer: featuresSchema, Errors: []problem.Kind{problem.Malformed, problem.Unacceptable,
			problem.Unavailable},
		Request: map[string]any{"features": []any{exampleLoop, map[string]any{"name": "Two screens"}}},
		Example: map[string]any{"features": []any{exampleLoop, map[string]any{"id": 4, "name": "Two screens"}}},
	}
}}

var featureOperations = []Declaration{ListFeatures, SetFeatures}
