package table_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestTheLastMailIsClaimedByOneCallerWithinAWhile(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	for _, c := range []struct {
		after time.Duration
		mine  bool
	}{{0, true}, {time.Second, false}, {59 * time.Second, false}, {time.Minute, true}} {
		s.at(now.Add(c.after))
		mine, err := s.Tell(t.Context(), ann, time.Minute)
		require.NoError(t, err)
		require.Equal(t, c.mine, mine, c.after)
	}
}

func TestWhoLeavesWithTheContractIsFoundUntilNothingIsLeftOfThem(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	gus := s.guest(t, ann.Person).Person
	moved := ann
	moved.Email = "another@" + s.domain
	require.ErrorIs(t, s.Leave(t.Context(), moved, entries(ann.Email)), table.ErrRefused)
	require.NoError(t, s.Leave(t.Context(), ann, entries(ann.Email)))
	require.NoError(t, s.Leave(t.Context(), ann, entries(ann.Email)))
	require.NoError(t, s.GuestLeaves(t.Context(), gus))
	require.NoError(t, s.GuestLeaves(t.Context(), gus), "who is no guest is left alone")
	require.NoError(t, s.Clear(t.Context(), ann.Person))
	require.Eventually(t, func() bool {
		visiting, err := s.Visiting(t.Context(), s.office.Business)
		require.NoError(t, err)
		return same(visiting, ann.Person, gus)
	}, settles, time.Millisecond)
	require.NoError(t, s.Forget(t.Context(), ann.Person))
	kept, err := s.AllOf(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Empty(t, kept)
}

func TestNothingOfABusinessAccountIsLeftAndNothingOfAnotherIsTouched(t *testing.T) {
	s, other := newScene(t), newScene(t)
	s.office.Tie(t, s.office.Desks[0], secret.ID(), "milesight-vs341")
	s.db.Delete(t, "directory", "domain#"+s.domain, "domain") // as the contract's end did
	kept := other.reserved(t, other.somebody(t), other.office.Desks[0], 9, 12)
	ann := s.somebody(t)
	s.reserved(t, ann, s.office.Desks[0], 9, 12)
	require.NoError(t, s.CountSearch(t.Context(), ann, s.office.Location.ID, today, today.End(s.zone()),
		table.SpotSearch))
	premises, sensors, err := s.Premises(t.Context(), s.office.Business)
	require.NoError(t, err)
	require.Len(t, premises, 1)
	require.Len(t, sensors, 1)
	require.NoError(t, s.CloseDays(t.Context(), premises))
	require.NoError(t, s.ClearPremises(t.Context(), s.office.Business, premises, sensors))
	require.NoError(t, s.Forget(t.Context(), ann))
	require.NoError(t, s.ClearBusiness(t.Context(), s.office.Business, sensors))

	require.False(t, strings.Contains(s.db.Text(t), s.office.Business))
	require.Contains(t, other.sheet(t, other.office.Desks[0]).Holdings, kept.ID)
	_, err = other.OpenDaysOf(t.Context(), other.office.Location.ID)
	require.NoError(t, err)
}
