package table_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestAFloorsDayIsItsSheetsAndNoneOfAnotherDay(t *testing.T) {
	s := newScene(t)
	b := s.reserved(t, s.somebody(t), s.office.Desks[0], 9, 12)
	require.NoError(t, s.Reserve(t.Context(), 50, nil, s.aDayLater(s.books(s.somebody(t), s.office.Desks[1], 9, 12))))
	sheets, err := s.FloorDayNow(t.Context(), s.office.Business, s.office.Location.ID, s.office.Floor, today)
	require.NoError(t, err)
	require.Len(t, sheets, 1)
	require.Equal(t, s.office.Desks[0], sheets[0].Spot)
	require.Equal(t, b.Interval, sheets[0].Holdings[b.ID].Interval())
	require.Equal(t, b.DayEnds.Unix(), sheets[0].DayEnds)
}

func TestAPersonsDaysAreThoseBetweenTwoDatesBothIncluded(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	b := s.books(ann, s.office.Desks[0], 9, 12)
	for range 4 {
		require.NoError(t, s.Reserve(t.Context(), 50, nil, b))
		b = s.aDayLater(b)
	}
	sheets, err := s.PersonDays(t.Context(), ann, today.AddDays(1), today.AddDays(2))
	require.NoError(t, err)
	require.Len(t, sheets, 2)
	require.Equal(t, today.AddDays(1), sheets[0].Day)
	require.Equal(t, today.AddDays(2), sheets[1].Day)
	all, err := s.AllDays(t.Context(), ann)
	require.NoError(t, err)
	require.Len(t, all, 4)
}

func TestAReservationsIdLeadsToItsSheetsAndNothingElseDoes(t *testing.T) {
	id := table.ReservationID{Day: today, Location: secret.ID(), Key: secret.ID()}
	read, err := table.ParseReservationID(id.String())
	require.NoError(t, err)
	require.Equal(t, id, read)
	for _, no := range []string{"", "20261125", id.String() + "-", "20261131" + id.String()[8:], "x" + id.String()} {
		_, err := table.ParseReservationID(no)
		require.ErrorIs(t, err, table.ErrAbsent, no)
	}
}

func TestSomebodyIsAwaitedFromTheBeginningOrFromALaterBooking(t *testing.T) {
	from := civil.QuarterOf(now)
	require.Equal(t, now, table.Holding{From: from}.Awaited())
	require.Equal(t, now, table.Holding{From: from, BookedAt: now.Add(-time.Hour).Unix()}.Awaited())
	require.Equal(t, now.Add(time.Minute), table.Holding{From: from, BookedAt: now.Add(time.Minute).Unix()}.Awaited())
}
