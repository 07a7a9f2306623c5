package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/table"
)

func TestADayIsClosedWithWhatWasReadAndTellsOfWhoCameSince_4_d_4(t *testing.T) {
	s := newScene(t)
	ann, bob := s.somebody(t), s.somebody(t)
	s.reserved(t, ann, s.office.Desks[0], 9, 12)
	place := s.office.Place(s.office.Desks[0])
	read := s.sheet(t, s.office.Desks[0])
	s.reserved(t, bob, s.office.Desks[0], 13, 14)
	_, err := s.CloseSpotSheet(t.Context(), place, today, read)
	require.ErrorIs(t, err, table.ErrRefused)

	s.at(today.End(s.zone()))
	past, err := s.PastFloorDay(t.Context(), s.office.Business, s.office.Location.ID, s.office.Floor, today)
	require.NoError(t, err)
	require.Len(t, past, 1)
	seen := past[0]
	seen.Holdings = read.Holdings
	unseen, err := s.CloseSpotSheet(t.Context(), place, today, seen)
	require.NoError(t, err)
	require.Equal(t, []string{bob.User}, unseen)
	unseen, err = s.CloseSpotSheet(t.Context(), place, today, seen)
	require.NoError(t, err)
	require.Empty(t, unseen, "it is gone already")
	require.NoError(t, s.ClosePersonSheets(t.Context(), s.office.Business, s.office.Location.ID, today,
		[]string{ann.User, bob.User}))
	require.Nil(t, s.raw(t, "agenda", table.PersonPartition(ann), "day#"+string(today)+"#"+s.office.Location.ID))
}

func TestADamagedSheetIsClosedToo(t *testing.T) {
	s := newScene(t)
	place := s.office.Place(s.office.Desks[0])
	pk := s.office.Business + "#" + s.office.Location.ID + "#" + s.office.Floor + "#" + string(today)
	s.db.Put(t, "agenda", pk, "spot#"+place.Spot, map[string]any{"taken": "no set", "ttl": now.Unix()})
	past, err := s.PastFloorDay(t.Context(), s.office.Business, s.office.Location.ID, s.office.Floor, today)
	require.NoError(t, err)
	require.True(t, past[0].Damaged)
	_, err = s.CloseSpotSheet(t.Context(), place, today, past[0])
	require.NoError(t, err)
	require.Nil(t, s.raw(t, "agenda", pk, "spot#"+place.Spot))
}

func TestALocationsDaysAreClosedOneAfterTheOtherAndEachOnce(t *testing.T) {
	s := newScene(t)
	open := table.OpenDays{Location: s.office.Location.ID, Business: s.office.Business, Zone: s.zone(),
		OpenFrom: today,
		Floors:   []string{s.office.Floor}, Retired: map[string]civil.Date{"gone": today, "going": today.AddDays(1)}}
	s.db.Open(t, open)
	require.NoError(t, s.AdvanceOpenDays(t.Context(), open))
	require.ErrorIs(t, s.AdvanceOpenDays(t.Context(), open), table.ErrRefused, "another run was first")
	next, err := s.OpenDaysOf(t.Context(), s.office.Location.ID)
	require.NoError(t, err)
	require.Equal(t, open.Next().OpenFrom, next.OpenFrom)
	require.Equal(t, map[string]civil.Date{"going": today.AddDays(1)}, next.Retired)
	require.Equal(t, open.Next().Retired, next.Retired)
	elsewhere := next
	elsewhere.Zone = zone(t, "Asia/Tokyo")
	require.ErrorIs(t, s.AdvanceOpenDays(t.Context(), elsewhere), table.ErrRefused)
	all, err := s.OpenLocations(t.Context())
	require.NoError(t, err)
	require.Contains(t, all, next)
}
