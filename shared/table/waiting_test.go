package table_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestTheSameRequestAgainWaitsSinceItsFirstTime(t *testing.T) {
	s := newScene(t)
	r := s.asks(t, secret.ID()+"@"+s.domain)
	again := r
	again.AskedAt = now.Add(time.Minute)
	since, err := s.AskRegistration(t.Context(), again, entries(r.Email))
	require.NoError(t, err)
	require.Equal(t, now, since)

	s.at(now.Add(time.Hour))
	again.AskedAt = now.Add(time.Hour)
	since, err = s.AskRegistration(t.Context(), again, entries(r.Email))
	require.NoError(t, err, "one that is past its deadline is in nobody's way, whether or not it has been removed")
	require.Equal(t, again.AskedAt, since)
}

func TestWhatWaitsIsFoundAndForgottenByItsAddress_7_view_7_erase(t *testing.T) {
	s := newScene(t)
	email := secret.ID() + "@" + s.domain
	first, second := s.asks(t, email), s.asks(t, email)
	found, err := s.WaitingFor(t.Context(), entries(email), identity.Person{})
	require.NoError(t, err)
	var names []string
	for _, kept := range found {
		names = append(names, kept.Item.Name)
	}
	require.ElementsMatch(t, []string{privacy.Waiting.Name, privacy.Waiting.Name, privacy.Registration.Name,
		privacy.Registration.Name}, names)

	require.NoError(t, s.ForgetEntry(t.Context(), entries(email), first.Person))
	require.NoError(t, s.ForgetWaiting(t.Context(), entries(email), now.Add(-time.Second)))
	_, err = s.Registration(t.Context(), second.Person)
	require.NoError(t, err, "it was asked for later")
	require.NoError(t, s.ForgetWaiting(t.Context(), entries(email), now))
	_, err = s.Registration(t.Context(), second.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
	found, err = s.WaitingFor(t.Context(), entries(email), identity.Person{})
	require.NoError(t, err)
	require.Empty(t, found)
}
