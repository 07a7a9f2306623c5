package table_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestAConfirmedRegistrationIsAUserWhoIsCountedAndNothingOfTheRequestStays_2_consent(t *testing.T) {
	s := newScene(t)
	r := s.asks(t, secret.ID()+"@"+s.domain)
	require.NoError(t, s.Confirm(t.Context(), r, s.newcomer(r), s.domain, "request"))
	user, err := s.User(t.Context(), r.Person)
	require.NoError(t, err)
	require.Equal(t, r.Email, user.Email)
	require.Equal(t, "1", user.ConsentVersion)
	kept, counted := s.db.Users(t, s.office.Business)
	require.Equal(t, 1, kept)
	require.Equal(t, counted, kept, "3.i")

	left, err := s.Registration(t.Context(), r.Person)
	require.NoError(t, err)
	require.Equal(t, table.Registration{Person: r.Person, AskedAt: r.AskedAt, Hash: r.Hash, UsedBy: "request"}, left)
}

func TestARegistrationSaysWhyItIsNotConfirmedAndNothingIsWritten(t *testing.T) {
	s := newScene(t)
	known, erased := s.ann(t), s.asks(t, secret.ID()+"@"+s.domain)
	s.db.Erased(t, erased.Person)
	used := s.asks(t, secret.ID()+"@"+s.domain)
	require.NoError(t, s.Confirm(t.Context(), used, s.newcomer(used), s.domain, "request"))
	twice := s.asks(t, known.Email)
	other := s.asks(t, secret.ID()+"@other.example")
	before, _ := s.db.Users(t, s.office.Business)
	for what, c := range map[string]struct {
		r      table.Registration
		domain string
		why    error
	}{
		"the code was used":          {used, s.domain, table.ErrUsed},
		"the address is somebody's":  {twice, s.domain, table.ErrKnown},
		"it was erased within a day": {erased, s.domain, table.ErrErased},
		"the domain is not proved":   {other, "other.example", table.ErrNoAccess},
	} {
		require.ErrorIs(t, s.Confirm(t.Context(), c.r, s.newcomer(c.r), c.domain, "another request"), c.why, what)
	}
	after, counted := s.db.Users(t, s.office.Business)
	require.Equal(t, before, after)
	require.Equal(t, counted, after)
}

func TestARegistrationThatWaitsHasFiveTriesAndAnHour(t *testing.T) {
	s := newScene(t)
	r := s.asks(t, secret.ID()+"@"+s.domain)
	for range table.MaxTries {
		tried, err := s.TryRegistration(t.Context(), r.Person)
		require.NoError(t, err)
		require.Equal(t, r.Email, tried.Email)
	}
	_, err := s.TryRegistration(t.Context(), r.Person)
	require.ErrorIs(t, err, table.ErrAbsent)

	late := s.asks(t, secret.ID()+"@"+s.domain)
	s.at(now.Add(time.Hour))
	_, err = s.TryRegistration(t.Context(), late.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
	_, err = s.TryRegistration(t.Context(), identity.Person{Business: s.office.Business, User: secret.ID()})
	require.ErrorIs(t, err, table.ErrAbsent)
}
