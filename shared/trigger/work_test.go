package trigger_test

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/trigger"
)

func TestWorkIsDoneInStepsUntilThereIsNoMore(t *testing.T) {
	for _, name := range []string{"contract-ended", "minute"} {
		payload, err := os.ReadFile("../../events/payloads/" + name + ".json")
		require.NoError(t, err)
		steps := 0
		handler := trigger.EventAndWorkHandler[events.ContractEnded](func(context.Context) (bool,
			error) {
			steps++
			return false, nil
		}, time.Hour)
		require.NoError(t, handler(t.Context(), payload))
		require.Equal(t, 1, steps, "an hour of steps ends with the first that finds nothing to do")
	}
}

func TestAStepThatFailsIsToldAndAnEventOfAnotherTypeStartsNone(t *testing.T) {
	steps := 0
	handler := trigger.EventAndWorkHandler[events.ContractEnded](func(context.Context) (bool,
		error) {
		steps++
		return false, errors.New("down")
	}, 0)
	require.Error(t, handler(t.Context(), []byte("{}")))
	payload, err := os.ReadFile("../../events/payloads/erasure-requested.json")
	require.NoError(t, err)
	require.Error(t, handler(t.Context(), payload))
	require.Equal(t, 1, steps)
}
