package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
)

func TestTheDaysOfASpotThatAreAskedForAreThoseOnWhichThereIsSomething(t *testing.T) {
	s := newScene(t)
	b := s.books(s.somebody(t), s.office.Desks[0], 9, 12)
	require.NoError(t, s.Reserve(t.Context(), 50, nil, b, s.aDayLater(b)))
	var days []civil.Date
	for n := range 90 {
		days = append(days, today.AddDays(n))
	}
	sheets, err := s.SpotDays(t.Context(), b.Place, days)
	require.NoError(t, err)
	require.Len(t, sheets, 2)
	require.Contains(t, sheets[today].Holdings, b.ID)

	s.at(today.End(s.zone()))
	sheets, err = s.SpotDays(t.Context(), b.Place, days)
	require.NoError(t, err)
	require.NotContains(t, sheets, today, "a day that has ended is not shown")
	require.Contains(t, sheets, today.AddDays(1))
	none, err := s.SpotDays(t.Context(), s.office.Place(s.office.Desks[1]), days)
	require.NoError(t, err)
	require.Empty(t, none)
}
