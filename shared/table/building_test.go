package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestAMoveIntoAnotherZoneCountsFromTheNextDayOn_5_transactions(t *testing.T) {
	window := table.FloorSpot{Zone: "window"}
	moved := table.FloorSpot{Zone: "corridor"}.MovedFrom(window, today)
	require.Equal(t, "window", moved.ZoneOn(today))
	require.Equal(t, "corridor", moved.ZoneOn(today.AddDays(1)))
	back := table.FloorSpot{Zone: "window"}.MovedFrom(moved, today)
	require.Equal(t, "window", back.ZoneOn(today), "twice on one day")
	require.Equal(t, "window", back.ZoneOn(today.AddDays(1)))
}

func TestALocationHasReservationsUntilADayAfterItsHorizonOrTheOneItHad(t *testing.T) {
	l := table.Location{HorizonDays: 14}
	require.Equal(t, today.AddDays(15), l.LastReserved(today))
	l.ReservedUntil = today.AddDays(60)
	require.Equal(t, today.AddDays(60), l.LastReserved(today))
}

func TestTheFloorsToCloseAreThoseThereAreAndThoseRetiredEachOnce(t *testing.T) {
	open := table.OpenDays{Floors: []string{"b", "a"}, Retired: map[string]civil.Date{"c": today, "a": today}}
	require.Equal(t, []string{"b", "a", "c"}, open.AllFloors())
}

func TestAnAccountSeesItsOwnBuildingsAlone(t *testing.T) {
	s, other := newScene(t), newScene(t)
	locations, err := s.Locations(t.Context(), s.office.Business)
	require.NoError(t, err)
	require.Len(t, locations, 1)
	require.Equal(t, s.office.Location.ID, locations[0].ID)
	floors, err := s.Floors(t.Context(), s.office.Business)
	require.NoError(t, err)
	require.Len(t, floors, 1)
	require.Len(t, floors[0].Spots, 3)
	_, err = s.LocationNow(t.Context(), other.office.Business, s.office.Location.ID)
	require.ErrorIs(t, err, table.ErrAbsent)
	_, err = s.FloorNow(t.Context(), other.office.Business, s.office.Floor)
	require.ErrorIs(t, err, table.ErrAbsent)
	_, err = s.SpotNow(t.Context(), other.office.Business, s.office.Desks[0])
	require.ErrorIs(t, err, table.ErrAbsent)
	_, err = s.SpotNow(t.Context(), s.office.Business, secret.ID())
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestSearchesAreLookedForAtARemovedLocationUntilItIsClosed(t *testing.T) {
	s := newScene(t)
	l := s.emptyLocation(t)
	require.NoError(t, s.DeleteLocation(t.Context(), s.office.Business, l.ID, today))
	ids := func() []string {
		found, err := s.SearchedLocations(t.Context(), s.office.Business)
		require.NoError(t, err)
		var ids []string
		for _, location := range found {
			ids = append(ids, location.ID)
		}
		return ids
	}
	require.ElementsMatch(t, []string{s.office.Location.ID, l.ID}, ids())
	open, err := s.OpenDaysOf(t.Context(), l.ID)
	require.NoError(t, err)
	require.NoError(t, s.AdvanceOpenDays(t.Context(), open))
	require.NoError(t, s.ForgetOpenDays(t.Context(), l.ID))
	require.Equal(t, []string{s.office.Location.ID}, ids())
}
