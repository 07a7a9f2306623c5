package lambda

import (
	"encoding/json"
	"time"

	"github.com/iotspot/iotspot/localstack/protocol"
)

// Tries is how often Lambda invokes a function asynchronously before it gives an event up.
const Tries = 3

// FailureRecord is what Lambda sends to a function's destination on failure, here a queue, about an event in JSON that
// it gave up.
func FailureRecord(function string, event []byte, reason string, at time.Time) []byte {
	record, err := json.Marshal(map[string]any{
		"version": "1.0", "timestamp": at.UTC().Format("2006-01-02T15:04:05.000Z"),
		"requestContext": map[string]any{"requestId": protocol.ID(),
			"functionArn": protocol.ARN("lambda", "function:"+function+":$LATEST"),
			"condition":   "RetriesExhausted", "approximateInvokeCount": Tries},
		"requestPayload": json.RawMessage(event),
		"responseContext": map[string]any{"statusCode": 200, "executedVersion": "$LATEST",
			"functionError": "Unhandled"},
		"responsePayload": FunctionError{Type: "Unhandled", Message: reason},
	})
	if err != nil {
		panic(err) // the event was sent as JSON
	}
	return record
}
