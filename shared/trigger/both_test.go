package trigger_test

import (
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/trigger"
)

func TestOneFunctionTellsItsEventFromItsSchedule(t *testing.T) {
	var seen []events.ErasureRequested
	steps := 0
	handler := trigger.EventAndMinuteHandler(
		func(_ context.Context, e events.ErasureRequested) error { seen = append(seen, e); return nil },
		func(context.Context) error { steps++; return nil }, 0)
	for _, name := range []string{"erasure-requested", "minute"} {
		payload, err := os.ReadFile("../../events/payloads/" + name + ".json")
		require.NoError(t, err)
		require.NoError(t, handler(t.Context(), payload))
	}
	require.Equal(t, []events.ErasureRequested{{Business: "bbbbbbbbbbbbbbbb", User: "uuuuuuuuuuuuuuuu"}}, seen)
	require.Equal(t, 1, steps)
}
