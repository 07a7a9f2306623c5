package trigger_test

import (
	"context"
	"encoding/json"
	"testing"

	lambdaevents "github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/trigger"
)

// FuzzEvent: an event reaches its use case only when its detail has exactly the members of the contract.
func FuzzEvent(f *testing.F) {
	for _, detail := range []string{`{"business":"b","user":"u"}`, `{"business":"b"}`,
		`{"business":"b","user":"u","more":1}`, `null`, `[]`, ``, `{`,
		`{"business":null,"user":"u"}`, `{"Business":"b","user":"u"}`, `{"business":"b","business":"c","user":"u"}`,
		`{"business":"b","user":"u"} {}`} {
		f.Add([]byte(detail))
	}
	f.Fuzz(func(t *testing.T, detail []byte) {
		var taken *events.ErasureRequested
		use := func(_ context.Context, event events.ErasureRequested) error {
			taken = &event
			return nil
		}
		start, err := json.Marshal(lambdaevents.EventBridgeEvent{Source: events.Source,
			DetailType: events.ErasureRequestedType, Detail: detail})
		if err != nil {
			return // no JSON comes from the bus
		}
		_, err = trigger.Handle(trigger.Event(use))(t.Context(), start)
		if err != nil {
			require.Nil(t, taken)
			return
		}
		var members map[string]any
		require.NoError(t, json.Unmarshal(detail, &members))
		require.Contains(t, members, "business")
		require.Contains(t, members, "user")
	})
}

// FuzzStart: whatever starts a function, it is one of its triggers or an error.
func FuzzStart(f *testing.F) {
	for _, payload := range []string{`{"source":"aws.s3","detail-type":"Object Created","detail":{"object":{"key":"a"}}}`,
		`{}`, ``, `{"detail-type":"x"}`, events.ScheduleInput,
		`{"source":"aws.s3","detail-type":"Object Created","detail":{"object":{"key":""}}}`,
		`{"source":"aws.scheduler","detail-type":"Scheduled Event","detail":"{}"}`,
		`{"source":"other","detail-type":"Object Created","detail":{"object":{"key":"a"}}}`} {
		f.Add([]byte(payload))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		name, steps := "", 0
		handle := trigger.Handle(trigger.ObjectAndSchedule(
			func(_ context.Context, key string) error { name = key; return nil },
			func(context.Context) error { steps++; return nil }))
		_, err := handle(t.Context(), payload)
		require.Equal(t, err == nil, name != "" || steps == 1)
	})
}
