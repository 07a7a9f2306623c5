package presence_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/table"
)

// free asserts that somebody else can have the first desk.
func (s *scene) free(t *testing.T) {
	t.Helper()
	_, err := s.door.WalkUp(t.Context(), s.Person(t), presence.WalkUpInput{Spot: s.Desks[0], Key: "somebody-else"})
	require.NoError(t, err)
}

// Clause 4.d.2.
func TestWhoDoesNotComeLosesTheSpotToOthers(t *testing.T) {
	s := morning(t)
	who := s.Person(t)
	id := s.reserve(t, who, "09:00", "12:00")
	s.round(t, "09:14")
	require.Equal(t, table.Reserved, s.state(t, id))
	s.round(t, "09:15")
	require.Equal(t, table.NoShow, s.state(t, id))
	require.Equal(t, map[string]int{"no-show": 1}, s.counts)
	s.round(t, "09:16")
	require.Equal(t, map[string]int{"no-show": 1}, s.counts, "once")
	sheet, err := s.db.Tables().PersonSheet(t.Context(), who.Person, today, s.Location.ID)
	require.NoError(t, err)
	require.Equal(t, civil.Quarters{quarter("09:00")}, sheet.Taken,
		"what has passed; for the rest they can have another workplace themselves")
	s.free(t)
}

// Clause 4.d.4.
func TestWhoLeavesForGoodIsReleasedAndWhoComesBackIsNot(t *testing.T) {
	s := morning(t)
	id := s.reserve(t, s.Person(t), "09:00", "17:00")
	s.sensed(t, true, "09:02", 1)
	s.sensed(t, false, "12:00", 2) // lunch
	s.round(t, "12:29")
	s.sensed(t, true, "12:30", 3)
	s.round(t, "12:40")
	require.Equal(t, table.CheckedIn, s.state(t, id))
	s.sensed(t, false, "15:00", 4)
	s.round(t, "15:29")
	require.Equal(t, table.CheckedIn, s.state(t, id))
	s.round(t, "15:30")
	require.Equal(t, table.Released, s.state(t, id))
	require.Equal(t, map[string]int{"vacated": 1}, s.counts)
	s.free(t)
}

func TestASilentSensorReleasesNobody(t *testing.T) {
	s := morning(t)
	id := s.reserve(t, s.Person(t), "09:00", "17:00")
	s.sensed(t, true, "09:02", 1)
	s.Tie(t, s.Desks[0], "second-1", "own")
	s.sensed(t, false, "12:00", 2)
	s.round(t, "12:31")
	require.Equal(t, table.CheckedIn, s.state(t, id), "the second sensor of the desk has said nothing today")
	s.round(t, "15:21")
	require.Equal(t, table.CheckedIn, s.state(t, id), "and by now neither is heard")
}

func TestWhoSitsThereSinceBeforeTheReservationIsCheckedInWithoutAnotherMessage(t *testing.T) {
	s := morning(t)
	s.sensed(t, true, "08:35", 1)
	id := s.reserve(t, s.Person(t), "09:00", "12:00")
	s.round(t, "08:44")
	require.Equal(t, table.Reserved, s.state(t, id))
	s.round(t, "08:46")
	require.Equal(t, table.CheckedIn, s.state(t, id))
	require.Equal(t, map[string]int{"arrive": 1}, s.counts)
}

func TestTheLocationsOwnMinutesCount(t *testing.T) {
	s := morning(t, func(l *table.Location) { l.NoShowMinutes, l.VacantMinutes = 5, 10 })
	first, second := s.reserve(t, s.Person(t), "09:00", "10:00"), s.reserve(t, s.Person(t), "10:00", "12:00")
	s.round(t, "09:05")
	require.Equal(t, table.NoShow, s.state(t, first))
	s.sensed(t, true, "10:01", 1)
	s.sensed(t, false, "10:20", 2)
	s.round(t, "10:30")
	require.Equal(t, table.Released, s.state(t, second))
}

func TestTwoWatchesAtOnceReleaseOnce(t *testing.T) {
	s := morning(t)
	var people []identity.Caller
	for range 8 {
		people = append(people, s.Person(t))
	}
	var ids []string
	for i, who := range people {
		from, to := []string{"09:00", "09:15", "09:30", "09:45", "10:00", "10:15", "10:30", "10:45", "11:00"}[i],
			[]string{"09:15", "09:30", "09:45", "10:00", "10:15", "10:30", "10:45", "11:00"}[i]
		ids = append(ids, s.reserve(t, who, civil.ClockTime(from), civil.ClockTime(to)))
	}
	s.clock("11:00")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { require.NoError(t, s.watch.Round(t.Context())) })
	}
	all.Wait()
	for _, id := range ids {
		require.Equal(t, table.NoShow, s.state(t, id))
	}
	require.Equal(t, 8, s.counts["no-show"])
}

// One floor that fails doesn't keep another waiting.
func TestAFaultAtOneFloorLeavesTheOthersWatched(t *testing.T) {
	s := morning(t)
	id := s.reserve(t, s.Person(t), "09:00", "12:00")
	elsewhere := s.db.NewOffice(t, "Europe/Lisbon", 1)
	elsewhere.Open(t, today)
	s.clock("09:20")
	for call := 2; call <= 4; call++ { // the reads of the locations and their floors
		broken := s.watch
		broken.Tables = s.db.Faulty(&enginetest.Faults{At: call})
		require.ErrorIs(t, broken.Round(t.Context()), enginetest.ErrFault)
	}
	require.NoError(t, s.watch.Round(t.Context()))
	require.Equal(t, table.NoShow, s.state(t, id))
}

// A person who was erased leaves nothing to be done, and nobody is written down again.
func TestAnErasedPersonsReservationIsNotBroughtBack(t *testing.T) {
	s := morning(t)
	s.reserve(t, s.Person(t), "09:00", "12:00")
	s.dropSheet(t)
	s.round(t, "09:20")
	require.Empty(t, s.sheet(t).Holdings)
	require.Empty(t, s.counts)
}

// What a quiet minute costs: one read of the list, one of the location, one Query of the floor.
func TestAQuietRoundIsOneQueryAFloor(t *testing.T) {
	s := morning(t)
	s.reserve(t, s.Person(t), "09:00", "12:00")
	s.meter.Reset()
	s.round(t, "08:40")
	require.Equal(t, enginetest.Usage{Calls: []string{"Query", "GetItem", "Query"}, Read: 1.5, InARow: 3},
		s.meter.Usage())
}
