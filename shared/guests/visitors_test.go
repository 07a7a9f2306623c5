package guests_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/guests"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// 4.d.3
func TestAnAdministratorSeesAndEndsAGuestWhoseInviterIsGone(t *testing.T) {
	s := begin(t)
	guest, pass := s.invite(t)
	visitors := guests.Visitors{Tables: s.tables, Leave: s.counter()}
	administrator := identity.Caller{Person: identity.Person{Business: s.Business, User: "administratoraaa"},
		Role: identity.Administrator}
	user, err := s.tables.User(t.Context(), s.noor.Person)
	require.NoError(t, err)
	require.NoError(t, s.tables.Unregister(t.Context(), user,
		identity.Email(member).Entries(s.desk.Keys[secret.Addresses])))

	seen, err := visitors.List(t.Context(), administrator, struct{}{})
	require.NoError(t, err)
	require.Len(t, seen.Visitors, 1)
	one := seen.Visitors[0]
	require.Equal(t, guests.Visitor{ID: one.ID, Name: gusName, Location: s.Location.ID, First: "2026-11-23",
		Last: "2026-11-24", KeptUntil: guest.KeptUntil}, one)
	require.NotEqual(t, guest.ID, one.ID, "the id leads to nobody who invited the guest")
	require.NotContains(t, fmt.Sprint(seen), s.noor.User)

	for _, id := range []string{"nobodyaaaaaaaaaa", s.noor.User, guest.ID} {
		_, err = visitors.End(t.Context(), administrator, guests.VisitorInput{Visitor: id})
		require.Equal(t, problem.Unknown(), err)
	}
	elsewhere := identity.Caller{Person: identity.Person{Business: "elsewhereaaaaaaa", User: "administratoraaa"}}
	_, err = visitors.End(t.Context(), elsewhere, guests.VisitorInput{Visitor: one.ID})
	require.Equal(t, problem.Unknown(), err)
	s.resolve(t, pass)

	_, err = visitors.End(t.Context(), administrator, guests.VisitorInput{Visitor: one.ID})
	require.NoError(t, err)
	_, err = bearertest.Caller(t.Context(), s.gate, pass)
	requireKind(t, problem.Unauthorised, err)
	s.complete(t)
	seen, err = visitors.List(t.Context(), administrator, struct{}{})
	require.NoError(t, err)
	require.Empty(t, seen.Visitors)
}

func TestAnAdministratorDoesNotSeeANameThatAGuestHides_7_shield(t *testing.T) {
	s := begin(t)
	_, pass := s.invite(t)
	hides := []string{"4.a.1"}
	require.NoError(t, s.tables.ChangeGuest(t.Context(), s.resolve(t, pass).Person, table.GuestChange{Shield: &hides},
		s.db.Clock.Now()))
	seen, err := guests.Visitors{Tables: s.tables}.List(t.Context(), s.noor, struct{}{})
	require.NoError(t, err)
	require.Len(t, seen.Visitors, 1)
	require.Empty(t, seen.Visitors[0].Name)
}

func TestNobodyInvitesThemselvesForLongerThanThreeMonths_4_d_3(t *testing.T) {
	s := begin(t)
	today := civil.Date("2026-11-22")
	for _, c := range []struct {
		first, last int // days from today
		fits        bool
	}{{0, 0, true}, {0, 92, true}, {92, 92, true}, {91, 92, true}, {0, 93, false}, {92, 93, false},
		{93, 93, false}, {365, 365, false}, {-1, 0, false}, {5, 4, false}} {
		in := s.input()
		in.First, in.Last, in.Key = today.AddDays(c.first), today.AddDays(c.last), fmt.Sprint("inviting-", c)
		_, err := s.desk.Invite(t.Context(), s.noor, in)
		if c.fits {
			require.NoError(t, err, c)
		} else {
			requireKind(t, problem.Unacceptable, err)
		}
	}
}
