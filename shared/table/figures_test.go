package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/table"
)

func TestTheFiguresOfADayArePutOnceAndNotOnceTheyWereGivenUp_5_transactions(t *testing.T) {
	s := newScene(t)
	open, err := s.OpenDaysOf(t.Context(), s.office.Location.ID)
	require.NoError(t, err)
	first := table.Figures{Searches: map[string]int{"spots": 5}}
	require.NoError(t, s.PutFigures(t.Context(), open, first))
	require.ErrorIs(t, s.PutFigures(t.Context(), open, table.Figures{}), table.ErrRefused)
	require.NoError(t, s.AdvanceOpenDays(t.Context(), open))
	require.ErrorIs(t, s.PutFigures(t.Context(), open, first), table.ErrRefused, "the day is closed")
	next := open.Next()
	require.NoError(t, s.SetUncounted(t.Context(), s.office.Location.ID, next.OpenFrom))
	require.ErrorIs(t, s.PutFigures(t.Context(), next, first), table.ErrRefused)

	found, err := s.FiguresBetween(t.Context(), s.office.Business, s.office.Location.ID, today.AddDays(-7), today)
	require.NoError(t, err)
	require.Equal(t, []table.DayFigures{{Day: today, Figures: first}}, found)
	require.NoError(t, s.ForgetFigures(t.Context(), []string{s.office.Business}))
	found, err = s.FiguresBetween(t.Context(), s.office.Business, s.office.Location.ID, today, today)
	require.NoError(t, err)
	require.Empty(t, found)
}

func TestFiguresWithNothingInThemAreEmpty(t *testing.T) {
	require.True(t, table.Figures{}.Empty())
	require.False(t, table.Figures{Browsers: map[string]int{"Firefox": 5}}.Empty())
}
