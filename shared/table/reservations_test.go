package table_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestOfManyWhoReserveOneSpotAtOnceExactlyOneHasIt(t *testing.T) {
	s := newScene(t)
	var have atomic.Int64
	var all sync.WaitGroup
	for range 16 {
		b := s.books(s.somebody(t), s.office.Desks[0], 9, 17)
		all.Go(func() {
			switch err := s.Reserve(t.Context(), 50, nil, b); {
			case err == nil:
				have.Add(1)
			case !errors.Is(err, table.ErrTaken):
				t.Error(err)
			}
		})
	}
	all.Wait()
	require.EqualValues(t, 1, have.Load())
	require.Len(t, s.sheet(t, s.office.Desks[0]).Holdings, 1)
}

// Transactions that meet on one item conflict where the engine is DynamoDB itself, though what they want does not
// overlap; they are repeated until each has come through.
func TestManyWhoReserveNeighbouringTimesOfOneSpotAllHaveThem(t *testing.T) {
	s := newScene(t)
	var all sync.WaitGroup
	for hour := range 12 {
		b := s.books(s.somebody(t), s.office.Desks[0], hour, hour+1)
		all.Go(func() {
			if err := s.Reserve(t.Context(), 50, nil, b); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	sheet := s.sheet(t, s.office.Desks[0])
	require.Len(t, sheet.Holdings, 12)
	require.Len(t, sheet.Taken, 12*4)
}

func TestAReservationSaysWhyItIsRefusedAndNothingOfItIsWritten(t *testing.T) {
	s := newScene(t)
	ann, bob := s.somebody(t), s.somebody(t)
	s.reserved(t, ann, s.office.Desks[0], 9, 12)
	nobody := identity.Person{Business: s.office.Business, User: secret.ID()}
	for what, c := range map[string]struct {
		quota int
		of    table.Booking
		why   error
	}{
		"the spot is taken":             {50, s.books(bob, s.office.Desks[0], 11, 13), table.ErrTaken},
		"the person has a workplace":    {50, s.books(ann, s.office.Desks[1], 11, 13), table.ErrOverlap},
		"the quota is used up":          {1, s.books(ann, s.office.Desks[1], 13, 14), table.ErrQuota},
		"the person is not registered":  {50, s.books(nobody, s.office.Desks[1], 9, 12), table.ErrGone},
		"a room's quota is used up too": {1, s.books(ann, s.office.Room, 9, 10), table.ErrQuota},
	} {
		require.ErrorIs(t, s.Reserve(t.Context(), c.quota, nil, c.of), c.why, what)
		require.NotContains(t, s.sheet(t, c.of.Place.Spot).Holdings, c.of.ID, what)
	}
	require.NoError(t, s.Reserve(t.Context(), 50, nil, s.books(bob, s.office.Desks[0], 12, 15)),
		"half-open intervals meet")
	require.NoError(t, s.Reserve(t.Context(), 50, nil, s.books(ann, s.office.Room, 9, 12)),
		"a room stands beside a workplace")
}

func TestReservationsOfSeveralDaysAreMadeAllTogetherOrNotAtAll(t *testing.T) {
	s := newScene(t)
	ann, bob := s.somebody(t), s.somebody(t)
	require.NoError(t, s.Reserve(t.Context(), 50, nil, s.aDayLater(s.books(bob, s.office.Desks[0], 9, 12))))
	free := s.books(ann, s.office.Desks[0], 9, 12)
	require.ErrorIs(t, s.Reserve(t.Context(), 50, nil, free, s.aDayLater(free)), table.ErrTaken)
	require.Empty(t, s.sheet(t, s.office.Desks[0]).Holdings)
	_, err := s.PersonSheet(t.Context(), ann, today, s.office.Location.ID)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestTheSameReservationAgainIsTheSameAndItsIdIsOfNothingElse(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	b := s.reserved(t, ann, s.office.Desks[0], 9, 12)
	require.NoError(t, s.Reserve(t.Context(), 50, nil, b))
	require.Equal(t, 1, s.personSheet(t, ann).Count)

	other := b
	other.Interval = s.hours(13, 14)
	require.ErrorIs(t, s.Reserve(t.Context(), 50, nil, other), table.ErrKeyReused)

	require.NoError(t, s.Cancel(t.Context(), ann, s.personSheet(t, ann), b.ID))
	require.ErrorIs(t, s.Reserve(t.Context(), 50, nil, b), table.ErrKeyReused, "a cancelled one does not come back")
}

// 104 quarters are the longest day that any zone has; the condition has 208 operators of the 300 that DynamoDB takes.
func TestTheLongestDayOfAnyZoneIsReservedInOneCondition(t *testing.T) {
	s := newScene(t)
	b := s.books(s.somebody(t), s.office.Desks[0], 0, 26)
	require.Len(t, b.Interval.Quarters(), 104)
	require.NoError(t, s.Reserve(t.Context(), 50, nil, b))
	late := s.books(s.somebody(t), s.office.Desks[0], 25, 26)
	require.ErrorIs(t, s.Reserve(t.Context(), 50, nil, late), table.ErrTaken)
}

func TestAReservationIsKeptUntilItsDayEndsAndIsReadNoLonger_4_d_4(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	s.reserved(t, ann, s.office.Desks[0], 9, 12)
	s.at(today.End(s.zone()))
	require.Empty(t, s.sheet(t, s.office.Desks[0]).Holdings)
	_, err := s.PersonSheet(t.Context(), ann, today, s.office.Location.ID)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestACancelledReservationFreesItsSpotAndLeavesNoSheetThatNamesThePerson_4_d_2(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	first, second := s.reserved(t, ann, s.office.Desks[0], 9, 12), s.reserved(t, ann, s.office.Desks[0], 13, 14)
	read := s.personSheet(t, ann)
	require.NoError(t, s.Cancel(t.Context(), ann, read, first.ID))
	require.ErrorIs(t, s.Cancel(t.Context(), ann, read, first.ID), table.ErrRefused, "it is not as it was read")

	left := s.personSheet(t, ann)
	require.Equal(t, 1, left.Count)
	require.ElementsMatch(t, second.Interval.Quarters(), left.Taken)
	require.NoError(t, s.Cancel(t.Context(), ann, left, second.ID))
	require.Nil(t, s.raw(t, "agenda", table.PersonPartition(ann), "day#"+string(today)+"#"+s.office.Location.ID))
	require.Empty(t, s.sheet(t, s.office.Desks[0]).Taken)
	require.NoError(t, s.Reserve(t.Context(), 50, nil, s.books(s.somebody(t), s.office.Desks[0], 9, 14)))
}

func TestAGuestReservesOnTheDaysAndAtTheLocationOfTheirPassAlone_4_d_3(t *testing.T) {
	s := newScene(t)
	gus := s.guest(t, s.somebody(t))
	b := s.books(gus.Person, s.office.Desks[0], 9, 12)
	b.Guest = true
	require.NoError(t, s.Reserve(t.Context(), 50, nil, b))

	require.ErrorIs(t, s.Reserve(t.Context(), 50, nil, s.aDayLater(b)), table.ErrNotPermitted)

	require.NoError(t, s.EndGuest(t.Context(), gus.Person, now.Add(time.Minute)))
	again := s.books(gus.Person, s.office.Desks[1], 13, 14)
	again.Guest = true
	require.ErrorIs(t, s.Reserve(t.Context(), 50, nil, again), table.ErrGone)
}
