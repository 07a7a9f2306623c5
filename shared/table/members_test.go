package table_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestAnAccountsPeopleAreListedAndWhoHidesTheirNameIsFoundByNobody_7_shield(t *testing.T) {
	s := newScene(t)
	ann, bob, waits := s.ann(t), s.ann(t), s.asks(t, "late@"+s.domain)
	gus := s.guest(t, ann.Person)
	hidden := map[privacy.Clause]any{"7.shield": []string{table.NameItem}}
	require.NoError(t, s.ChangeUser(t.Context(), bob.Person, hidden, false))
	require.Eventually(t, func() bool {
		roster, err1 := s.Roster(t.Context(), s.office.Business)
		members := roster.Members
		registered, err2 := s.Registered(t.Context(), s.office.Business)
		visiting, err3 := s.Visiting(t.Context(), s.office.Business)
		require.NoError(t, err1)
		require.NoError(t, err2)
		require.NoError(t, err3)
		return roster.Current && len(members) == 1 && members[0].Person == ann.Person && members[0].Name == ann.Name &&
			same(registered, ann.Person, bob.Person) && same(visiting, gus.Person, waits.Person)
	}, settles, time.Millisecond)
}

func same(found []identity.Person, wanted ...identity.Person) bool {
	return len(found) == len(wanted) && !slices.ContainsFunc(wanted, func(p identity.Person) bool {
		return !slices.Contains(found, p)
	})
}

func TestRegistrationsAreReadManyAtOnceAndThoseThatAreGoneAreMissing(t *testing.T) {
	s := newScene(t)
	ids := []string{secret.ID()}
	for range 101 {
		ids = append(ids, s.somebody(t).User)
	}
	found, err := s.UsersNow(t.Context(), s.office.Business, ids, "4.a.1")
	require.NoError(t, err)
	require.Len(t, found, 101)
	require.NotContains(t, found, ids[0])
}

func TestAnOfficerIsWhoSaysSoAndWhomTheCustomerConfirmed_4_b_4(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	officer := func() bool {
		user, err := s.User(t.Context(), ann.Person)
		require.NoError(t, err)
		return user.IsOfficer()
	}
	says := func(what bool) {
		require.NoError(t, s.ChangeUser(t.Context(), ann.Person, map[privacy.Clause]any{"4.b.4": what}, false))
	}
	says(true)
	require.False(t, officer())
	require.NoError(t, s.ConfirmOfficer(t.Context(), ann.Person, true))
	require.True(t, officer())
	says(false)
	says(true)
	require.False(t, officer(), "a confirmation does not come back by itself")
}
