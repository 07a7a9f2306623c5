package presence_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func (s *scene) walkUp(t *testing.T, who identity.Caller, until civil.ClockTime) (booking.Reservation, error) {
	t.Helper()
	return s.door.WalkUp(t.Context(), who, presence.WalkUpInput{Spot: s.Desks[0], Until: until, Key: secret.ID()})
}

// Clause 4.d.4.
func TestCheckingInByHandIsPossibleFromAQuarterOfAnHourBeforeUntilTheEndAndAgainIsTheSame(t *testing.T) {
	s := morning(t)
	who := s.Person(t)
	id := presence.OwnInput{Reservation: s.reserve(t, who, "09:00", "12:00")}
	s.clock("08:44:59")
	_, err := s.door.CheckIn(t.Context(), who, id)
	refusal := kind(t, err, problem.Unacceptable)
	require.Contains(t, refusal.Fields[0].Accepted, "2026-11-23 at 08:45")
	s.clock("08:45")
	once, err := s.door.CheckIn(t.Context(), who, id)
	require.NoError(t, err)
	require.Equal(t, table.CheckedIn, once.State)
	require.Equal(t, civil.ClockTime("09:00"), once.From)
	before := s.dump(t)
	s.clock("08:50")
	twice, err := s.door.CheckIn(t.Context(), who, id)
	require.NoError(t, err)
	require.Equal(t, once, twice)
	require.Equal(t, before, s.dump(t))

	other := presence.OwnInput{Reservation: s.reserve(t, who, "12:00", "13:00")}
	s.clock("13:00")
	_, err = s.door.CheckIn(t.Context(), who, other)
	kind(t, err, problem.Conflict)
}

func TestWhatIsGivenBackIsFreeAtOnce_4_d_2(t *testing.T) {
	s := morning(t)
	who := s.Person(t)
	id := presence.OwnInput{Reservation: s.reserve(t, who, "09:00", "12:00")}
	_, err := s.door.Release(t.Context(), who, id)
	kind(t, err, problem.Conflict)
	s.clock("09:10")
	_, err = s.door.CheckIn(t.Context(), who, id)
	require.NoError(t, err)
	s.clock("10:07")
	for range 2 {
		released, err := s.door.Release(t.Context(), who, id)
		require.NoError(t, err)
		require.Equal(t, table.Released, released.State)
	}
	own, err := s.db.Tables().PersonSheet(t.Context(), who.Person, today, s.Location.ID)
	require.NoError(t, err)
	for _, c := range own.Commitments {
		require.Equal(t, table.Released, c.State, "on the person's sheet as on the spot's")
	}
	made, err := s.walkUp(t, s.Person(t), "")
	require.NoError(t, err)
	require.Equal(t, civil.ClockTime("10:00"), made.From)
	_, err = s.door.CheckIn(t.Context(), who, id)
	kind(t, err, problem.Conflict)
}

func TestOtherPeoplesReservationsLookLikeUnknownOnes(t *testing.T) {
	s := morning(t)
	owner, stranger := s.Person(t), s.db.NewOffice(t, "Europe/Amsterdam", 1).Person(t)
	id := s.reserve(t, owner, "09:00", "12:00")
	unknown := "20261123-" + secret.ID() + "-" + secret.ID()
	before := s.dump(t)
	s.clock("09:05")
	for _, caller := range []identity.Caller{s.Person(t), stranger} {
		for _, use := range []func(identity.Caller, string) error{
			func(c identity.Caller, id string) error {
				_, err := s.door.CheckIn(t.Context(), c, presence.OwnInput{Reservation: id})
				return err
			},
			func(c identity.Caller, id string) error {
				_, err := s.door.Release(t.Context(), c, presence.OwnInput{Reservation: id})
				return err
			},
		} {
			s.meter.Reset()
			foreign := use(caller, id)
			calls := s.meter.Reset()
			require.Equal(t, use(caller, unknown), foreign)
			kind(t, foreign, problem.NotFound)
			require.Equal(t, s.meter.Usage(), calls, "the same calls too")
			kind(t, use(caller, "20261123"), problem.NotFound)
		}
	}
	_, err := s.door.WalkUp(t.Context(), stranger, presence.WalkUpInput{Spot: s.Desks[0], Key: "12345678"})
	kind(t, err, problem.NotFound)
	require.Equal(t, before, s.dump(t))
}

// Clauses 4.d.2 and 4.d.4.
func TestSittingDownAtAFreeSpotClaimsItUntilSomebodyElseHasIt(t *testing.T) {
	s := morning(t)
	s.reserve(t, s.Person(t), "12:00", "14:00")
	s.clock("09:07")
	who := s.Person(t)
	made, err := s.walkUp(t, who, "")
	require.NoError(t, err)
	require.Equal(t, []any{civil.ClockTime("09:00"), civil.ClockTime("12:00"), table.CheckedIn},
		[]any{made.From, made.To, made.State})
	held := s.holding(t, made.ID)
	require.True(t, held.WalkUp)
	require.Equal(t, at("09:07").Unix(), held.CheckedInAt)

	_, err = s.walkUp(t, s.Person(t), "")
	require.Equal(t, civil.ClockTime("14:00"), kind(t, err, problem.Conflict).Extra["free_from"])
	s.clock("14:03")
	_, err = s.walkUp(t, s.Person(t), "24:00")
	require.NoError(t, err)
}

func TestAWalkUpAsksForNoMoreThanThereIs(t *testing.T) {
	s := morning(t, func(l *table.Location) { l.Opens, l.Closes, l.DailyQuota = "08:00", "18:00", 1 })
	s.reserve(t, s.Person(t), "12:00", "14:00")
	who := s.Person(t)
	_, err := s.walkUp(t, who, "12:15")
	require.Equal(t, civil.ClockTime("12:00"), kind(t, err, problem.Conflict).Extra["free_until"])
	for _, until := range []civil.ClockTime{"08:30", "07:00", "18:15", "24:00", "09:07", "noon"} {
		_, err = s.walkUp(t, who, until)
		kind(t, err, problem.Unacceptable)
	}
	s.clock("07:59")
	_, err = s.walkUp(t, who, "")
	kind(t, err, problem.Unacceptable)
	s.clock("18:00")
	_, err = s.walkUp(t, who, "")
	kind(t, err, problem.Unacceptable)

	s.clock("15:00")
	made, err := s.walkUp(t, who, "")
	require.NoError(t, err)
	require.Equal(t, civil.ClockTime("18:00"), made.To)
	_, err = s.door.WalkUp(t.Context(), who, presence.WalkUpInput{Spot: s.Desks[1], Key: secret.ID()})
	kind(t, err, problem.Conflict)
	_, err = s.door.WalkUp(t.Context(), who, presence.WalkUpInput{Spot: s.Room, Key: secret.ID()})
	kind(t, err, problem.TooMany)
}

func TestAWalkUpEndsWhereTheNextWorkplaceOfTheSamePersonBegins(t *testing.T) {
	s := morning(t)
	who := s.Person(t)
	s.reserve(t, who, "11:00", "12:00")
	made, err := s.door.WalkUp(t.Context(), who, presence.WalkUpInput{Spot: s.Desks[1], Key: secret.ID()})
	require.NoError(t, err)
	require.Equal(t, civil.ClockTime("11:00"), made.To)
}

func TestARepeatedWalkUpIsTheSameOneAlsoWhenTimeHasGoneBy(t *testing.T) {
	s := morning(t)
	who, in := s.Person(t), presence.WalkUpInput{Spot: s.Desks[0], Key: "sit-here-1"}
	once, err := s.door.WalkUp(t.Context(), who, in)
	require.NoError(t, err)
	before := s.dump(t)
	s.clock("09:20")
	twice, err := s.door.WalkUp(t.Context(), who, in)
	require.NoError(t, err)
	require.Equal(t, once, twice)
	in.Spot = s.Desks[1]
	_, err = s.door.WalkUp(t.Context(), who, in)
	kind(t, err, problem.Conflict)
	require.Equal(t, before, s.dump(t))
}

func TestOfManyWhoSitDownAtOnceOneHasTheSpot(t *testing.T) {
	s := morning(t)
	var all sync.WaitGroup
	var mu sync.Mutex
	had := 0
	for i := range 30 {
		who := s.Person(t)
		all.Go(func() {
			_, err := s.door.WalkUp(t.Context(), who, presence.WalkUpInput{Spot: s.Desks[0],
				Key: fmt.Sprintf("volley-%02d", i)})
			if err == nil {
				mu.Lock()
				had++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	require.Equal(t, 1, had)
	require.Len(t, s.sheet(t).Holdings, 1)
}
