package table_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/table"
)

// due are the items of the index whose deadline is in a minute.
func (s scene) due(t testing.TB, minute int64) (found []table.Expiring) {
	t.Helper()
	for shard := range table.ExpiryShards(minute) {
		some, err := s.ExpiringIn(t.Context(), minute, shard)
		require.NoError(t, err)
		found = append(found, some...)
	}
	return found
}

func TestTheIndexFindsAnItemByItsDeadlineAndItGoesWhenThatHasPassedAndNotSooner(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	asked := now.Add(7*time.Hour + 11*time.Minute) // a minute of its own
	require.NoError(t, s.AddLink(t.Context(), ann, "hash", table.Link{}, asked))
	deadline := asked.AddDate(0, 0, 7)
	var found []table.Expiring
	require.Eventually(t, func() bool {
		found = s.due(t, deadline.Unix()/60)
		return len(found) == 1
	}, settles, time.Millisecond)
	require.Equal(t, deadline.Unix(), found[0].Due)
	require.False(t, found[0].DueBy(deadline.Add(-time.Second)))
	require.True(t, found[0].DueBy(deadline))

	s.at(deadline.Add(-time.Second))
	_, err := s.RemoveExpired(t.Context(), found[0])
	require.ErrorIs(t, err, table.ErrRefused)
	s.at(deadline.Add(3 * time.Second))
	late, err := s.RemoveExpired(t.Context(), found[0])
	require.NoError(t, err)
	require.Equal(t, 3*time.Second, late)
	_, err = s.RemoveExpired(t.Context(), found[0])
	require.ErrorIs(t, err, table.ErrRefused)
	require.Eventually(t, func() bool { return len(s.due(t, deadline.Unix()/60)) == 0 }, settles, time.Millisecond)
}

func TestAWalkThroughTheWholeIndexFindsWhatIsDueBeforeAMinute(t *testing.T) {
	s := newScene(t)
	long := now.AddDate(-10, 0, 0)
	require.NoError(t, s.AddLink(t.Context(), s.somebody(t), "hash", table.Link{}, long))
	deadline := long.AddDate(0, 0, 7)
	before := func(minute int64) (found []table.Expiring) {
		for number := range 3 {
			for segment := (table.Segment{Number: number, Segments: 3}); !segment.Done; {
				some, err := s.ExpiringBefore(t.Context(), minute, &segment)
				require.NoError(t, err)
				found = append(found, some...)
			}
		}
		return found
	}
	require.Eventually(t, func() bool { return len(before(deadline.Unix()/60+1)) == 1 }, settles, time.Millisecond)
	require.Empty(t, before(deadline.Unix()/60))
	_, err := s.RemoveExpired(t.Context(), before(deadline.Unix()/60 + 1)[0])
	require.NoError(t, err)
}

func TestTheMarkOfTheSweepOnlyMovesOn(t *testing.T) {
	s := newScene(t)
	require.NoError(t, s.MarkSwept(t.Context(), 100))
	require.NoError(t, s.MarkWalk(t.Context(), 90, 3))
	require.NoError(t, s.MarkWalk(t.Context(), 90, 2), "another run is further")
	mark, err := s.Swept(t.Context())
	require.NoError(t, err)
	require.Equal(t, table.Swept{Minute: 100, Walk: 90, Part: 3}, mark)
	require.NoError(t, s.MarkSwept(t.Context(), 99))
	require.NoError(t, s.MarkSwept(t.Context(), 101))
	mark, err = s.Swept(t.Context())
	require.NoError(t, err)
	require.Equal(t, table.Swept{Minute: 101}, mark, "a walk has ended")
}
