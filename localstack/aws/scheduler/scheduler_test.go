package scheduler_test

import (
	"encoding/json"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/aws/scheduler"
	"github.com/iotspot/iotspot/shared/catalog"
)

func anything(catalog.Edge) error { return nil }

func TestADailyFunctionIsStartedOnceWhenItsHourHasPassed(t *testing.T) {
	var clock enginetest.Clock
	clock.Set(time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC))
	var mu sync.Mutex
	var started []string
	s := &scheduler.Scheduler{Functions: []string{"minutely"}, Daily: []string{"daily"}, DailyAt: 150 * time.Minute,
		Now: clock.Now, Let: anything,
		Invoke: func(function string, _ []byte) ([]byte, error) {
			mu.Lock()
			defer mu.Unlock()
			started = append(started, function)
			return nil, nil
		}}
	s.Start()
	t.Cleanup(s.Close)
	for _, step := range []struct {
		move  time.Duration
		daily bool
	}{{time.Hour, false}, {30 * time.Minute, true}, {0, false}, {20 * time.Hour, false}, {4 * time.Hour, true},
		{96 * time.Hour, true}, {time.Minute, false}} {
		clock.Move(step.move)
		mu.Lock()
		started = nil
		mu.Unlock()
		require.NoError(t, s.Tick())
		require.Equal(t, step.daily, slices.Contains(started, "daily"), "%s", clock.Now())
		require.Contains(t, started, "minutely")
	}
}

// The documented notification of a schedule without an input; ours have one.
func TestAFunctionIsStartedWithTheInputOrWithWhatTheServiceSendsWithoutOne(t *testing.T) {
	var got []string
	s := &scheduler.Scheduler{Functions: []string{"erasure"}, Now: time.Now, Let: anything,
		Invoke: func(_ string, payload []byte) ([]byte, error) { got = append(got, string(payload)); return nil, nil }}
	require.NoError(t, s.Tick())
	s.Input = events.ScheduleInput
	require.NoError(t, s.Tick())
	require.Equal(t, events.ScheduleInput, got[1])

	var sent, documented map[string]any
	require.NoError(t, json.Unmarshal([]byte(got[0]), &sent))
	text, err := os.ReadFile("../../../events/payloads/scheduler-without-input.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &documented))
	for name, value := range documented {
		require.IsType(t, value, sent[name], name)
	}
	require.Len(t, sent, len(documented))
	for _, name := range []string{"version", "detail-type", "source", "detail"} {
		require.Equal(t, documented[name], sent[name], name)
	}
}
