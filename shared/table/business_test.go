package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// opens asks for a business account under an address.
func (s scene) opens(t testing.TB, email string) table.Opening {
	t.Helper()
	o := table.Opening{Person: identity.Person{Business: secret.ID(), User: secret.ID()}, Name: "Ann", Email: email,
		Account:  &table.Account{LegalName: "Acme B.V.", Domains: []string{s.domain}, Zone: s.zone()},
		Language: "en", ConsentVersion: "1", AskedAt: now, Hash: "hash of the code"}
	_, err := s.AskOpening(t.Context(), o, entries(email))
	require.NoError(t, err)
	return o
}

func (s scene) confirms(t testing.TB, o table.Opening, request string) error {
	t.Helper()
	n := table.Newcomer{User: o.User(), Address: entries(o.Email), Session: s.beginning(o.User())}
	return s.OpenAccount(t.Context(), o, n, now, request)
}

func TestABusinessAccountOpensOnceWithItsFirstAdministratorAndClaimsItsDomainsOnly_2_consent(t *testing.T) {
	s := newScene(t)
	o := s.opens(t, secret.ID()+"@b.example")
	tried, err := s.TryOpening(t.Context(), o.Person)
	require.NoError(t, err)
	require.NoError(t, s.confirms(t, tried, "request"))
	require.ErrorIs(t, s.confirms(t, o, "another"), table.ErrUsed)

	account, err := s.Account(t.Context(), o.Person.Business)
	require.NoError(t, err)
	require.Equal(t, 1, account.Users)
	require.Equal(t, 1, account.Administrators)
	owner, err := s.DomainOwner(t.Context(), s.domain)
	require.NoError(t, err)
	require.Equal(t, s.office.Business, owner, "who proved it keeps it")
	require.ErrorIs(t, s.confirms(t, s.opens(t, o.Email), "request"), table.ErrKnown, "the address is somebody's")
}

func TestAnAccountChangesAsItWasReadOrNotAtAll_3_d(t *testing.T) {
	s := newScene(t)
	read, err := s.Account(t.Context(), s.office.Business)
	require.NoError(t, err)
	to := read
	to.LegalName, to.Domains = "Acme N.V.", []string{"new.example"}
	require.NoError(t, s.ChangeAccount(t.Context(), s.office.Business, read, to))
	require.ErrorIs(t, s.ChangeAccount(t.Context(), s.office.Business, read, to), table.ErrChanged)
	_, err = s.DomainOwner(t.Context(), s.domain)
	require.ErrorIs(t, err, table.ErrAbsent, "a domain that is given up is free for others")
	zone, err := s.AccountZone(t.Context(), s.office.Business)
	require.NoError(t, err)
	require.Equal(t, s.zone(), zone)
}

func TestOneAdministratorAlwaysStays(t *testing.T) {
	s := newScene(t)
	ann, bob := s.ann(t), s.ann(t)
	require.NoError(t, s.ChangeRole(t.Context(), ann, identity.Administrator))
	require.ErrorIs(t, s.ChangeRole(t.Context(), ann, identity.Manager), table.ErrChanged,
		"her role is another by now")
	ann.Role = identity.Administrator
	require.ErrorIs(t, s.ChangeRole(t.Context(), ann, identity.User), table.ErrLastAdministrator)
	require.NoError(t, s.ChangeRole(t.Context(), bob, identity.Administrator))
	require.NoError(t, s.ChangeRole(t.Context(), ann, identity.User))
	account, err := s.Account(t.Context(), s.office.Business)
	require.NoError(t, err)
	require.Equal(t, 1, account.Administrators)
}
