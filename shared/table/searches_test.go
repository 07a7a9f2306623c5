package table_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestSearchesAndOpenedPagesAreCountedOfAPersonForTheDayAlone_5_transactions(t *testing.T) {
	s := newScene(t)
	ann, at, ends := s.somebody(t), s.office.Location.ID, today.End(s.zone())
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := s.CountSearch(t.Context(), ann, at, today, ends, table.SpotSearch); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	require.NoError(t, s.CountUse(t.Context(), ann, at, today, ends, "today", "Firefox"))
	found, err := s.SearchesOf(t.Context(), ann, at, today)
	require.NoError(t, err)
	require.Equal(t, table.Searches{User: ann.User, Spots: 8, DayEnds: ends.Unix(), Pages: map[string]int{"today": 1},
		Browsers: map[string]int{"Firefox": 1}}, found)

	s.at(ends)
	_, err = s.SearchesOf(t.Context(), ann, at, today)
	require.ErrorIs(t, err, table.ErrAbsent)
	past, err := s.PastSearches(t.Context(), s.office.Business, at, today)
	require.NoError(t, err)
	require.Len(t, past, 1, "the day's close sees them still")
}

// 25 are what DynamoDB deletes in one call.
func TestMoreSearchesThanOneCallDeletesAreClosedWithTheirDay_5_transactions(t *testing.T) {
	s := newScene(t)
	at, ends := s.office.Location.ID, today.End(s.zone())
	users := []string{secret.ID()} // gone already
	for range 26 {
		p := s.somebody(t)
		users = append(users, p.User)
		require.NoError(t, s.CountSearch(t.Context(), p, at, today, ends, table.ColleagueSearch))
	}
	require.NoError(t, s.CloseSearches(t.Context(), s.office.Business, at, today, users))
	past, err := s.PastSearches(t.Context(), s.office.Business, at, today)
	require.NoError(t, err)
	require.Empty(t, past)
}

func TestAnErasedPersonsSearchesAreForgotten_7_erase(t *testing.T) {
	s := newScene(t)
	ann, at := s.somebody(t), s.office.Location.ID
	require.NoError(t, s.CountSearch(t.Context(), ann, at, today, today.End(s.zone()), table.SpotSearch))
	for range 2 {
		require.NoError(t, s.ForgetSearches(t.Context(), ann, at, today))
	}
	_, err := s.SearchesOf(t.Context(), ann, at, today)
	require.ErrorIs(t, err, table.ErrAbsent)
}
