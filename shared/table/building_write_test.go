package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// emptyLocation is another location of the account, without floors.
func (s scene) emptyLocation(t testing.TB) table.Location {
	t.Helper()
	l := s.office.Location
	l.ID = secret.ID()
	require.NoError(t, s.CreateLocation(t.Context(), s.office.Business, l, today))
	l, err := s.LocationNow(t.Context(), s.office.Business, l.ID)
	require.NoError(t, err)
	return l
}

// floorOf is a new floor of a location.
func (s scene) floorOf(t testing.TB, l table.Location) table.Floor {
	t.Helper()
	f := table.Floor{ID: secret.ID(), Location: l.ID, Site: l.Site(), Name: "First", Level: 1}
	require.NoError(t, s.CreateFloor(t.Context(), s.office.Business, f))
	f, err := s.FloorNow(t.Context(), s.office.Business, f.ID)
	require.NoError(t, err)
	return f
}

func TestALocationIsMadeOnceAndOfAnAccountThatIsThere(t *testing.T) {
	s := newScene(t)
	l := s.emptyLocation(t)
	require.ErrorIs(t, s.CreateLocation(t.Context(), s.office.Business, l, today), table.ErrChanged)
	l.ID = secret.ID()
	require.ErrorIs(t, s.CreateLocation(t.Context(), secret.ID(), l, today), table.ErrChanged)
	_, err := s.OpenDaysOf(t.Context(), l.ID)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestALocationsSettingsReachItsFloorsOrNothingChanges(t *testing.T) {
	s := newScene(t)
	l := s.emptyLocation(t)
	f := s.floorOf(t, l)
	open, err := s.OpenDaysOf(t.Context(), l.ID)
	require.NoError(t, err)
	read, err := s.LocationNow(t.Context(), s.office.Business, l.ID)
	require.NoError(t, err)
	changed := read
	changed.Opens = "08:00"
	require.NoError(t, s.UpdateLocation(t.Context(), s.office.Business, changed, open, open))
	floor, err := s.FloorNow(t.Context(), s.office.Business, f.ID)
	require.NoError(t, err)
	require.EqualValues(t, "08:00", floor.Site.Opens)

	l.Name = "as it was before it had a floor"
	require.ErrorIs(t, s.UpdateLocation(t.Context(), s.office.Business, l, open, open), table.ErrChanged)
	late := table.Floor{ID: secret.ID(), Location: l.ID, Site: read.Site()}
	require.ErrorIs(t, s.CreateFloor(t.Context(), s.office.Business, late), table.ErrChanged, "of other hours")
}

func TestAFloorIsRenamedMarkedAndRemovedAsItWasRead(t *testing.T) {
	s := newScene(t)
	l := s.emptyLocation(t)
	f := s.floorOf(t, l)
	f.Name = "Ground"
	require.NoError(t, s.RenameFloor(t.Context(), s.office.Business, f))
	l, err := s.LocationNow(t.Context(), s.office.Business, l.ID)
	require.NoError(t, err)
	require.Equal(t, "Ground", l.Floors[f.ID].Name)
	require.NoError(t, s.SetPlan(t.Context(), s.office.Business, f.Location, f.ID, "mark", 1.5))
	require.ErrorIs(t, s.SetPlan(t.Context(), s.office.Business, f.Location, secret.ID(), "mark", 1.5), table.ErrAbsent)
	has, err := s.WithPlan(t.Context(), s.office.Business, []string{f.ID, s.office.Floor, secret.ID()})
	require.NoError(t, err)
	require.Equal(t, map[string]bool{f.ID: true, s.office.Floor: false}, has)

	require.ErrorIs(t, s.DeleteLocation(t.Context(), s.office.Business, l.ID, today), table.ErrChanged,
		"it has a floor")
	outdated := f
	outdated.Version++
	require.ErrorIs(t, s.DeleteFloor(t.Context(), s.office.Business, outdated, today), table.ErrChanged)
	require.NoError(t, s.DeleteFloor(t.Context(), s.office.Business, f, today))
	open, err := s.OpenDaysOf(t.Context(), l.ID)
	require.NoError(t, err)
	require.Empty(t, open.Floors)
	require.Equal(t, today, open.Retired[f.ID])
	require.NoError(t, s.DeleteLocation(t.Context(), s.office.Business, l.ID, today))
	require.ErrorIs(t, s.ForgetOpenDays(t.Context(), l.ID), table.ErrChanged, "its last day is not closed")
}

func TestADevicesModelChangesWhileItStaysWhereItIs(t *testing.T) {
	s, hardware := newScene(t), secret.ID()
	s.office.Tie(t, s.office.Desks[0], hardware, "milesight-vs341")
	found, err := s.DevicesAt(t.Context(), s.office.Business, []string{hardware, secret.ID()})
	require.NoError(t, err)
	require.Len(t, found.Tied, 1)
	sensor := found.Tied[hardware]
	sensor.Model = "elsys"
	require.NoError(t, s.RenameModel(t.Context(), sensor))
	sensor.Spot = s.office.Desks[1]
	require.ErrorIs(t, s.RenameModel(t.Context(), sensor), table.ErrChanged)
	none, err := s.DevicesAt(t.Context(), s.office.Business, nil)
	require.NoError(t, err)
	require.Empty(t, none.Tied)
}
