package presence_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// missed is a no-show: reserved from nine to twelve, released at a quarter past nine, and it is twenty to ten.
func missed(t *testing.T, s *scene, who identity.Caller) presence.OwnInput {
	t.Helper()
	id := presence.OwnInput{Reservation: s.reserve(t, who, "09:00", "12:00")}
	s.clock("09:15")
	require.NoError(t, s.watch.Round(t.Context()))
	s.clock("09:40")
	return id
}

func (s *scene) book(t *testing.T, who identity.Caller, spot string, from, to civil.ClockTime) error {
	t.Helper()
	desk := bookingtest.New(s.db.Tables(), s.db.Clock.Now)
	_, err := desk.Reserve(t.Context(), who, booking.ReserveInput{Spot: spot, Key: secret.ID(),
		Period: booking.Period{Date: today, From: from, To: to}})
	return err
}

func TestWhoComesAfterTheReleaseGetsTheSpotBackWhereNobodyHasHadIt_4_d_4(t *testing.T) {
	s := morning(t)
	who := s.Person(t)
	id := missed(t, s, who)
	back, err := s.door.CheckIn(t.Context(), who, id)
	require.NoError(t, err)
	require.Equal(t, table.CheckedIn, back.State)
	kind(t, s.book(t, s.Person(t), s.Desks[0], "11:00", "12:00"), problem.Conflict)
	kind(t, s.book(t, who, s.Desks[1], "11:00", "12:00"), problem.Conflict)

	before := s.dump(t)
	again, err := s.door.CheckIn(t.Context(), who, id)
	require.NoError(t, err)
	require.Equal(t, back, again)
	require.Equal(t, before, s.dump(t))

	s.clock("10:00")
	_, err = s.door.Release(t.Context(), who, id)
	require.NoError(t, err)
	require.NoError(t, s.book(t, who, s.Desks[0], "11:00", "12:00"), "it is free again")
}

func TestANoShowIsNotGivenBackWhereSomebodyHasTheSpotOrItsPersonAnother_4_d_4(t *testing.T) {
	s := morning(t)
	who := s.Person(t)
	id := missed(t, s, who)
	require.NoError(t, s.book(t, s.Person(t), s.Desks[0], "11:00", "12:00"))
	before := s.dump(t)
	_, err := s.door.CheckIn(t.Context(), who, id)
	kind(t, err, problem.Conflict)
	require.Equal(t, before, s.dump(t))

	s = morning(t)
	who = s.Person(t)
	id = missed(t, s, who)
	require.NoError(t, s.book(t, who, s.Desks[1], "11:00", "12:00"))
	_, err = s.door.CheckIn(t.Context(), who, id)
	kind(t, err, problem.Conflict)
	s.clock("12:00")
	_, err = s.door.CheckIn(t.Context(), who, id)
	kind(t, err, problem.Conflict)
}

func TestOfWhoComesBackAndWhoReservesMeanwhileOneHasTheSpot_4_d_4(t *testing.T) {
	for range 5 {
		s := morning(t)
		who, other := s.Person(t), s.Person(t)
		id := missed(t, s, who)
		var wait sync.WaitGroup
		var came, booked error
		wait.Go(func() { _, came = s.door.CheckIn(t.Context(), who, id) })
		wait.Go(func() { booked = s.book(t, other, s.Desks[0], "10:00", "12:00") })
		wait.Wait()
		require.True(t, (came == nil) != (booked == nil), "%v, %v", came, booked)
	}
}
