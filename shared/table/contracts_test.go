package table_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/table"
)

// administrator is a member who administers the account.
func (s scene) administrator(t testing.TB) table.User {
	t.Helper()
	ann := s.ann(t)
	require.NoError(t, s.ChangeRole(t.Context(), ann, identity.Administrator))
	ann.Role = identity.Administrator
	return ann
}

func (s scene) contractEnd(t testing.TB) (table.ContractEnd, bool) {
	t.Helper()
	ends, err := s.ContractEnds(t.Context())
	require.NoError(t, err)
	at := slices.IndexFunc(ends, func(end table.ContractEnd) bool { return end.Business == s.office.Business })
	if at < 0 {
		return table.ContractEnd{}, false
	}
	return ends[at], true
}

func TestAContractEndsForAnAdministratorAloneAndFromThenOnNobodyComesIn(t *testing.T) {
	s := newScene(t)
	ann, bob, waits := s.administrator(t), s.ann(t), s.asks(t, "late@"+s.domain)
	read, err := s.Account(t.Context(), s.office.Business)
	require.NoError(t, err)
	require.ErrorIs(t, s.EndContract(t.Context(), bob.Person, read, now), table.ErrGone)
	outdated := read
	outdated.LegalName = "Acme"
	require.ErrorIs(t, s.EndContract(t.Context(), ann.Person, outdated, now), table.ErrChanged)
	_, ended := s.contractEnd(t)
	require.False(t, ended)

	require.NoError(t, s.EndContract(t.Context(), ann.Person, read, now))
	end, ended := s.contractEnd(t)
	require.True(t, ended)
	require.Equal(t, table.ContractEnd{Business: s.office.Business, AskedAt: now.Unix(), LegalName: "Acme B.V.",
		Zone: s.zone()}, end)
	ids, err := s.Ended(t.Context())
	require.NoError(t, err)
	require.Contains(t, ids, s.office.Business)
	require.ErrorIs(t, s.Confirm(t.Context(), waits, s.newcomer(waits), s.domain, "request"), table.ErrNoAccess)
	_, err = s.DomainOwner(t.Context(), s.domain)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestTheCustomersNameGoesFromTheJobWhenAllMailsAreSent(t *testing.T) {
	s := newScene(t)
	ann := s.administrator(t)
	read, err := s.Account(t.Context(), s.office.Business)
	require.NoError(t, err)
	require.NoError(t, s.EndContract(t.Context(), ann.Person, read, now))
	require.NoError(t, s.ContractEmptied(t.Context(), s.office.Business))
	end, _ := s.contractEnd(t)
	require.True(t, end.Emptied)
	require.Empty(t, end.LegalName)
	require.NoError(t, s.ContractOver(t.Context(), s.office.Business))
	require.NoError(t, s.ContractEmptied(t.Context(), s.office.Business), "a late step brings no job back")
	_, ended := s.contractEnd(t)
	require.False(t, ended)
}

func TestAContractEndIsRepeatedSilentlyWhetherOrNotARestoreBroughtTheAccountBack(t *testing.T) {
	s := newScene(t)
	for range 2 {
		end, err := s.RepeatContractEnd(t.Context(), s.office.Business, now)
		require.NoError(t, err)
		require.True(t, end.Silent)
		_, err = s.Account(t.Context(), s.office.Business)
		require.ErrorIs(t, err, table.ErrAbsent)
	}
}
