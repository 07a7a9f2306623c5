package scheduler_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/aws/scheduler"
)

func TestADailyFunctionIsStartedOnceWhenItsHourHasPassed(t *testing.T) {
	var clock enginetest.Clock
	clock.Set(time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC))
	var mu sync.Mutex
	var started []string
	s := &scheduler.Scheduler{Functions: []string{"minutely"}, Daily: []string{"daily"}, DailyAt: 150 * time.Minute,
		Now: clock.Now,
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
