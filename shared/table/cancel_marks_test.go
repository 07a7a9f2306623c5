package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhatSomebodyCancelledIsRecognisedByWhoKnowsThemAndByNothingStored_4_d_2(t *testing.T) {
	s := newScene(t)
	ann, bob := s.somebody(t), s.somebody(t)
	b := s.reserved(t, ann, s.office.Desks[0], 9, 12)
	require.NoError(t, s.Cancel(t.Context(), ann, s.personSheet(t, ann), b.ID))

	marks, err := s.CancelMarks(t.Context(), ann)
	require.NoError(t, err)
	require.Len(t, marks, 1)
	require.Equal(t, b.Place, marks[0].Place)
	require.Equal(t, b.DayEnds.UTC(), marks[0].Ends.UTC())
	marks, err = s.CancelMarks(t.Context(), bob)
	require.NoError(t, err)
	require.Empty(t, marks)

	require.NoError(t, s.ForgetCancelMarks(t.Context(), ann))
	marks, err = s.CancelMarks(t.Context(), ann)
	require.NoError(t, err)
	require.Empty(t, marks)
	require.NoError(t, s.Reserve(t.Context(), 50, nil, b), "nothing remembers it any more")
}
