package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/table"
)

func TestWhatIsOfferedOrAskedForHoldsItsSpotUntilItIsCancelled_4_f_3(t *testing.T) {
	for _, state := range []table.State{table.Offered, table.Asked} {
		s := newScene(t)
		ann, bob := s.somebody(t), s.somebody(t)
		b := s.books(ann, s.office.Desks[0], 9, 12)
		b.State, b.Until = state, s.db.Clock.Now().Unix()+900
		require.NoError(t, s.Reserve(t.Context(), 50, nil, b))
		require.NoError(t, s.Reserve(t.Context(), 50, nil, b), "the same again is the same")
		held, mine := s.sheet(t, s.office.Desks[0]).Holdings[b.ID], s.personSheet(t, ann)
		require.Equal(t, state, held.State)
		require.Equal(t, state, mine.Commitments[b.ID].State)
		require.Equal(t, b.Until, held.Until)
		require.Equal(t, b.Until, mine.Commitments[b.ID].Until)

		theirs := s.books(bob, s.office.Desks[0], 11, 13)
		require.ErrorIs(t, s.Reserve(t.Context(), 50, nil, theirs), table.ErrTaken)
		require.ErrorIs(t, s.Reserve(t.Context(), 50, nil, s.books(ann, s.office.Desks[1], 11, 13)), table.ErrOverlap)
		require.ErrorIs(t, s.CheckIn(t.Context(), b.Place, b.Day, b.ID, held, s.db.Clock.Now()), table.ErrRefused,
			"it is not theirs yet")
		require.NoError(t, s.Cancel(t.Context(), ann, mine, b.ID))
		require.NoError(t, s.Reserve(t.Context(), 50, nil, theirs))
	}
}
