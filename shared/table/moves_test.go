package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/table"
)

func TestAChangeOfZoneClearsTheSheetsOfTheEarlierZoneAlone(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	s.reserved(t, ann, s.office.Desks[0], 9, 12)
	ends := today.End(s.zone())
	require.NoError(t, s.CountSearch(t.Context(), ann, s.office.Location.ID, today, ends, table.SpotSearch))
	place := s.office.Place(s.office.Desks[0])
	require.ErrorIs(t, s.ClearSpotSheet(t.Context(), place, today, ends), table.ErrRefused,
		"it ends when its day does")
	require.ErrorIs(t, s.ClearPersonSheet(t.Context(), ann, today, s.office.Location.ID, ends), table.ErrRefused)
	require.NoError(t, s.ClearSearches(t.Context(), ann, s.office.Location.ID, today, ends))

	elsewhere := today.End(zone(t, "Asia/Tokyo"))
	require.NoError(t, s.ClearSpotSheet(t.Context(), place, today, elsewhere))
	require.NoError(t, s.ClearPersonSheet(t.Context(), ann, today, s.office.Location.ID, elsewhere))
	require.NoError(t, s.ClearSearches(t.Context(), ann, s.office.Location.ID, today, elsewhere))
	require.Empty(t, s.sheet(t, s.office.Desks[0]).Holdings)
	_, err := s.SearchesOf(t.Context(), ann, s.office.Location.ID, today)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestAMoveIsDoneOnceAndNotWhenTheZoneWasChangedAgain(t *testing.T) {
	s := newScene(t)
	was, err := s.OpenDaysOf(t.Context(), s.office.Location.ID)
	require.NoError(t, err)
	is := was.Moved(zone(t, "Asia/Tokyo"), today, today.AddDays(60), now)
	l, err := s.LocationNow(t.Context(), s.office.Business, s.office.Location.ID)
	require.NoError(t, err)
	l.Zone = is.Zone
	require.NoError(t, s.UpdateLocation(t.Context(), s.office.Business, l, was, is))
	require.ErrorIs(t, s.UpdateLocation(t.Context(), s.office.Business, l, was, is), table.ErrChanged)
	other := is
	other.Move = &table.Move{At: is.Move.At + 1}
	require.ErrorIs(t, s.MoveDone(t.Context(), other), table.ErrRefused)
	require.NoError(t, s.MoveDone(t.Context(), is))
	require.ErrorIs(t, s.MoveDone(t.Context(), is), table.ErrRefused)
}

func TestASecondMoveClearsAsFarAsTheFirstOneWould(t *testing.T) {
	open := table.OpenDays{OpenFrom: today}
	first := open.Moved(zone(t, "Asia/Tokyo"), today.AddDays(1), today.AddDays(90), now)
	require.Equal(t, today, first.OpenFrom, "a day that is not closed stays open")
	second := first.Moved(zone(t, "Europe/Paris"), today, today.AddDays(30), now)
	require.Equal(t, today.AddDays(90), second.Move.Until)
}
