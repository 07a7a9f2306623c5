package table_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestOfManyAttemptsAtOnceExactlyTheMostAreLetThrough(t *testing.T) {
	s, of := newScene(t), secret.ID()
	var through atomic.Int64
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			switch err := s.Attempt(t.Context(), of, "codes", now, 5); {
			case err == nil:
				through.Add(1)
			case !errors.Is(err, table.ErrRefused):
				t.Error(err)
			}
		})
	}
	all.Wait()
	require.EqualValues(t, 5, through.Load())
	require.NoError(t, s.Attempt(t.Context(), of, "mails", now, 5), "another thing is counted by itself")
	require.NoError(t, s.Attempt(t.Context(), secret.ID(), "codes", now, 5), "and so is somebody else")
}

func TestWhatIsCountedGoesWhenItsHourEnds(t *testing.T) {
	s, of := newScene(t), secret.ID()
	require.NoError(t, s.Attempt(t.Context(), of, "codes", now, 5))
	gone, err := s.Attempts(t.Context(), of)
	require.NoError(t, err)
	require.Equal(t, []time.Time{now.Add(time.Hour)}, gone)

	s.at(now.Add(time.Hour))
	gone, err = s.Attempts(t.Context(), of)
	require.NoError(t, err)
	require.Empty(t, gone)
	there, err := s.Attempted(t.Context(), of, "codes")
	require.NoError(t, err)
	require.False(t, there)
}

func TestAllThatIsCountedOfSomebodyIsForgotten(t *testing.T) {
	s, of := newScene(t), secret.ID()
	require.NoError(t, s.Attempt(t.Context(), of, "codes", now, 5))
	require.NoError(t, s.Attempt(t.Context(), of, "mails", now, 5))
	s.at(now.Add(time.Hour)) // past its deadline or not
	require.NoError(t, s.ForgetAttempts(t.Context(), of))
	require.Nil(t, s.raw(t, "agenda", "attempts#"+of, "attempts#codes"))
	require.Nil(t, s.raw(t, "agenda", "attempts#"+of, "attempts#mails"))
}
