package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/stack"
)

// broken can't publish.
type broken struct{ machine }

func (broken) Publish(context.Context, string, []byte) error { return errors.New("no broker") }

// 4.d.4 7.overview 7.erase
func TestTheShortStoryIsLivedInTheLocalStackAndLeavesNothingAlsoWhereAStepFails(t *testing.T) {
	s, err := stack.Start(t.Context(), stack.Options{Engine: enginetest.URL(t)})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	hands := machine{console: s.Console, mqtt: s.MQTT}
	out := &bytes.Buffer{}
	require.NoError(t, smoke(t.Context(), s.API, "smoke.example", hands, out), out)
	require.Equal(t, 9, strings.Count(out.String(), "\n"), out)
	require.ErrorContains(t, smoke(t.Context(), s.API, "broken.example", broken{hands}, out), "no broker")
	require.Eventually(t, func() bool {
		require.NoError(t, s.Move(time.Hour))
		has, err := s.HasData(t.Context())
		return err == nil && !has
	}, 2*time.Minute, time.Second, "both accounts are gone")
	require.Empty(t, s.DeadLetters())
}

func TestTheStoryIsLivedByDayWheneverItIsLived(t *testing.T) {
	for hour := range 24 {
		now := time.Date(2026, 11, 27, hour, 59, 0, 0, time.UTC)
		zone, err := daytime(now)
		require.NoError(t, err, now)
		require.Equal(t, zone.In(now).Day(), zone.In(now.Add(2*time.Hour)).Day())
	}
}
