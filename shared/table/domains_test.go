package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestADomainBelongsToTheOneAccountThatProvedIt_3_d(t *testing.T) {
	s, other := newScene(t), newScene(t)
	claimed := secret.ID() + ".example"
	for _, each := range []scene{s, other} {
		read, err := each.Account(t.Context(), each.office.Business)
		require.NoError(t, err)
		to := read
		to.Domains = []string{each.domain, claimed}
		require.NoError(t, each.ChangeAccount(t.Context(), each.office.Business, read, to))
	}
	require.NoError(t, s.ProveDomain(t.Context(), s.office.Business, claimed, "iotspot-domain=a"))
	require.NoError(t, s.ProveDomain(t.Context(), s.office.Business, claimed, "iotspot-domain=a"),
		"again is the same")
	require.ErrorIs(t, other.ProveDomain(t.Context(), other.office.Business, claimed, "iotspot-domain=a"),
		table.ErrDomainTaken)
	require.ErrorIs(t, s.ProveDomain(t.Context(), s.office.Business, "unclaimed.example", "iotspot-domain=a"),
		table.ErrAbsent)

	proved, err := s.ProvedDomains(t.Context(), s.office.Business, []string{s.domain, claimed, "unclaimed.example"})
	require.NoError(t, err)
	require.ElementsMatch(t, []string{s.domain, claimed}, proved)
	proved, err = other.ProvedDomains(t.Context(), other.office.Business, []string{claimed})
	require.NoError(t, err)
	require.Empty(t, proved, "of another account nothing is told")
}

func TestAnAccountThatHasProvedNoDomainIsToldFromOneThatIsNotThere(t *testing.T) {
	s := newScene(t)
	has, err := s.HasProvedDomain(t.Context(), s.office.Business)
	require.NoError(t, err)
	require.True(t, has)
	s.db.Delete(t, privacy.Directory, "domain#"+s.domain, "domain")
	has, err = s.HasProvedDomain(t.Context(), s.office.Business)
	require.NoError(t, err)
	require.False(t, has)
	_, err = s.HasProvedDomain(t.Context(), secret.ID())
	require.ErrorIs(t, err, table.ErrAbsent)
}
