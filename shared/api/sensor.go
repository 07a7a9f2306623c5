package api

import "github.com/iotspot/iotspot/shared/problem"

// SensorEvent takes what Disruptive Technologies' cloud sends of its sensors.
var SensorEvent = Declaration{ID: "sensorEvent", Function: "sensor-event", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/sensor-events",
		Summary: "An event of a sensor of Disruptive Technologies, as their data connector sends it",
		Detail: "For the data connectors of Disruptive Technologies' cloud, not for the app. Each event is signed " +
			"with the secret that the operator gave the connectors, and is good for an hour; one that is not is " +
			"answered with 401 and changes nothing. An event that is taken is read a moment later: it checks in " +
			"whose spot it is, and what can't be read is put aside for the operator. " +
			"The same event again changes nothing. Clause 4.d.4.",
		Parameters: []Parameter{Header("X-Dt-Signature", Text(2048),
			"a JSON Web Token (HS256) with a checksum of the body")},
		Content: &Content{Types: []string{"application/json"}, MaxBytes: MaxBody},
		Status:  204,
		Errors:  []problem.Kind{problem.Malformed, problem.Unauthorised, problem.TooLarge, problem.Unavailable},
	}
}}

var sensorOperations = []Declaration{SensorEvent}
