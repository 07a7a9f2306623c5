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
		handle := trigger.EventHandler(func(_ context.Context,
			event events.ErasureRequested) error {
			taken = &event
			return nil
		})
		err := handle(t.Context(), lambdaevents.EventBridgeEvent{Source: events.Source,
			DetailType: events.ErasureRequestedType, Detail: detail})
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

// FuzzObject: whatever arrives at a function for objects, it is the arrival of one with a name, a minute, or an
// error.
func FuzzObject(f *testing.F) {
	for _, payload := range []string{`{"source":"aws.s3","detail-type":"Object Created","detail":{"object":{"key":"a"}}}`, `{}`, ``, `{"detail-type":"x"}`,
		`{"source":"aws.s3","detail-type":"Object Created","detail":{"object":{"key":""}}}`,
		`{"source":"other","detail-type":"Object Created","detail":{"object":{"key":"a"}}}`} {
		f.Add([]byte(payload))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		name, minutes := "", 0
		handle := trigger.ObjectAndMinuteHandler(func(_ context.Context, key string) error { name = key; return nil },
			func(context.Context) error { minutes++; return nil })
		err := handle(t.Context(), payload)
		require.Equal(t, err == nil, name != "" || minutes == 1)
	})
}
