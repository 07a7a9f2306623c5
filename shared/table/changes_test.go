package table_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// moves changes a booking as the sheets are now.
func (s scene) moves(t testing.TB, from, to table.Booking) error {
	t.Helper()
	person := s.personSheet(t, from.Person)
	return s.Move(t.Context(), person, s.sheet(t, to.Place.Spot), person.Commitments[from.ID], to, nil)
}

func TestAMovedReservationHasItsNewTimesAndFreesTheOldOnes(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	b := s.reserved(t, ann, s.office.Desks[0], 9, 12)
	later := b
	later.Interval = s.hours(11, 14)
	require.NoError(t, s.moves(t, b, later))
	require.ElementsMatch(t, later.Interval.Quarters(), s.sheet(t, s.office.Desks[0]).Taken)

	away := later
	away.Place = s.office.Place(s.office.Desks[1])
	require.NoError(t, s.moves(t, later, away))
	require.Empty(t, s.sheet(t, s.office.Desks[0]).Taken)
	require.Empty(t, s.sheet(t, s.office.Desks[0]).Holdings)
	require.Equal(t, away.Interval, s.sheet(t, s.office.Desks[1]).Holdings[b.ID].Interval())
	require.ElementsMatch(t, away.Interval.Quarters(), s.personSheet(t, ann).Taken)
}

func TestAReservationMovesOntoNobodyElsesTimesNorOverItsPersonsOwn(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	b := s.reserved(t, ann, s.office.Desks[0], 9, 12)
	s.reserved(t, s.somebody(t), s.office.Desks[0], 12, 13)
	s.reserved(t, ann, s.office.Desks[1], 14, 15)
	for what, c := range map[string]struct {
		from, to int
		why      error
	}{
		"into somebody's hour": {9, 13, table.ErrTaken},
		"over another of ann":  {13, 15, table.ErrOverlap},
	} {
		to := b
		to.Interval = s.hours(c.from, c.to)
		require.ErrorIs(t, s.moves(t, b, to), c.why, what)
		require.Equal(t, b.Interval, s.sheet(t, s.office.Desks[0]).Holdings[b.ID].Interval(), what)
	}
}

func TestAMoveThatWasReadBeforeAnotherChangeIsRefused(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	b := s.reserved(t, ann, s.office.Desks[0], 9, 12)
	person, spot := s.personSheet(t, ann), s.sheet(t, s.office.Desks[0])
	s.reserved(t, s.somebody(t), s.office.Desks[0], 13, 14)
	to := b
	to.Interval = s.hours(9, 11)
	require.ErrorIs(t, s.Move(t.Context(), person, spot, person.Commitments[b.ID], to, nil), table.ErrRefused)
}

func TestACheckedInReservationKeepsItsBeginningAndItsSpot(t *testing.T) {
	s := newScene(t)
	b := s.reserved(t, s.somebody(t), s.office.Desks[0], 9, 12)
	held := s.sheet(t, s.office.Desks[0]).Holdings[b.ID]
	require.NoError(t, s.CheckIn(t.Context(), b.Place, today, b.ID, held, now))
	require.ErrorIs(t, s.CheckIn(t.Context(), b.Place, today, b.ID, held, now), table.ErrRefused)

	earlier, elsewhere, longer := b, b, b
	earlier.Interval, longer.Interval = s.hours(8, 12), s.hours(9, 14)
	elsewhere.Place = s.office.Place(s.office.Desks[1])
	require.ErrorIs(t, s.moves(t, b, earlier), table.ErrRefused)
	require.ErrorIs(t, s.moves(t, b, elsewhere), table.ErrRefused)
	require.NoError(t, s.moves(t, b, longer))
}

func TestAReleaseFreesWhatIsLeftOfTheTimeAndOneThatComesAgainDoesNothing(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	b := s.reserved(t, ann, s.office.Desks[0], 9, 12)
	held := s.sheet(t, s.office.Desks[0]).Holdings[b.ID]
	at := today.Start(s.zone()).Add(10 * time.Hour)
	release := func() error {
		return s.Release(t.Context(), ann, b.Place, today, b.ID, held, at, table.NoShow)
	}
	require.NoError(t, release())
	require.ErrorIs(t, release(), table.ErrRefused)
	require.ElementsMatch(t, s.hours(9, 10).Quarters(), s.sheet(t, s.office.Desks[0]).Taken)
	require.Equal(t, table.NoShow, s.sheet(t, s.office.Desks[0]).Holdings[b.ID].State)
	require.NoError(t, s.Reserve(t.Context(), 50, nil, s.books(s.somebody(t), s.office.Desks[0], 10, 12)))
}

func TestASpotIsNotReleasedAsVacantOfWhichASensorSaysOtherwiseByNow(t *testing.T) {
	s, sensor := newScene(t), secret.ID()
	ann := s.somebody(t)
	b := s.reserved(t, ann, s.office.Desks[0], 9, 12)
	held := s.sheet(t, s.office.Desks[0]).Holdings[b.ID]
	said := table.Occupancy{Occupied: true, Since: now.Unix(), Heard: now.Unix(), Counter: 1}
	require.NoError(t, s.Sense(t.Context(), b.Place, today, b.DayEnds, sensor, said, nil))
	err := s.Release(t.Context(), ann, b.Place, today, b.ID, held, now, table.Released, sensor)
	require.ErrorIs(t, err, table.ErrRefused)
	require.Equal(t, table.Reserved, s.sheet(t, s.office.Desks[0]).Holdings[b.ID].State)
}

func TestACheckInThatIsTakenBackLeavesTheReservationAsItWas_7_rectify(t *testing.T) {
	s := newScene(t)
	b := s.reserved(t, s.somebody(t), s.office.Desks[0], 9, 12)
	before := s.sheet(t, s.office.Desks[0]).Holdings[b.ID]
	require.NoError(t, s.CheckIn(t.Context(), b.Place, today, b.ID, before, now))
	require.NoError(t, s.Retract(t.Context(), b.Place, today, b.ID, before))
	require.ErrorIs(t, s.Retract(t.Context(), b.Place, today, b.ID, before), table.ErrRefused)
	before.ByHand = true
	require.Equal(t, before, s.sheet(t, s.office.Desks[0]).Holdings[b.ID])
}

func TestASensorsLaterMessageStandsAndChecksInWhoseSpotItIs_4_d_4(t *testing.T) {
	s, sensor := newScene(t), secret.ID()
	b := s.reserved(t, s.somebody(t), s.office.Desks[0], 9, 12)
	held := s.sheet(t, s.office.Desks[0]).Holdings[b.ID]
	says := func(heard, counter int64, occupied bool, arrival *table.Arrival) error {
		return s.Sense(t.Context(), b.Place, today, b.DayEnds, sensor, table.Occupancy{Occupied: occupied,
			Since: heard, Heard: heard, Counter: counter}, arrival)
	}
	arrival := &table.Arrival{ID: b.ID, Held: held, At: now}
	require.NoError(t, says(100, 7, true, arrival))
	require.ErrorIs(t, says(100, 6, false, nil), table.ErrRefused, "an earlier one of the same second")
	require.ErrorIs(t, says(99, 9, false, nil), table.ErrRefused, "an earlier one")
	require.ErrorIs(t, says(101, 8, true, arrival), table.ErrRefused, "the person is checked in already")
	require.NoError(t, says(100, 7, true, nil), "the same again")

	sheet := s.sheet(t, s.office.Desks[0])
	require.Equal(t, table.CheckedIn, sheet.Holdings[b.ID].State)
	require.Equal(t, now.Unix(), sheet.Holdings[b.ID].CheckedInAt)
	require.True(t, sheet.Occupancy[sensor].Occupied)
}
