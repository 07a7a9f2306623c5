package table_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func (s scene) waits(t testing.TB, user table.User, email string) {
	t.Helper()
	require.NoError(t, s.AskAddress(t.Context(), user.Person, table.NewAddress{Email: email, Hash: "hash of a code"},
		now))
}

func TestANewAddressWaitsForTheTriesAndTheHourOfItsCode_4_a_2(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	s.waits(t, ann, "new@"+s.domain)
	for range table.MaxTries {
		waiting, err := s.TryAddress(t.Context(), ann.Person)
		require.NoError(t, err)
		require.Equal(t, "new@"+s.domain, waiting.Email)
	}
	_, err := s.TryAddress(t.Context(), ann.Person)
	require.ErrorIs(t, err, table.ErrAbsent)

	s.waits(t, ann, "other@"+s.domain)
	s.at(now.Add(time.Hour))
	_, err = s.TryAddress(t.Context(), ann.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
	_, err = s.AddressWaiting(t.Context(), ann.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestNobodyWhoIsNotRegisteredCanAskForAnAddress_4_a_2(t *testing.T) {
	s := newScene(t)
	nobody := identity.Person{Business: s.office.Business, User: secret.ID()}
	err := s.AskAddress(t.Context(), nobody, table.NewAddress{Email: "new@" + s.domain}, now)
	require.ErrorIs(t, err, table.ErrRefused)
	require.Nil(t, s.raw(t, "agenda", table.PersonPartition(nobody), "newaddress"))
}

func TestAMovedAddressLeadsToItsPersonAndTheOldOneToNobody_7_rectify(t *testing.T) {
	s := newScene(t)
	ann, email := s.ann(t), "ann.new@"+s.domain
	s.waits(t, ann, email)
	require.NoError(t, s.MoveAddress(t.Context(), ann, entries(ann.Email), entries(email), email, s.domain))

	found, err := s.PersonAt(t.Context(), entries(email))
	require.NoError(t, err)
	require.Equal(t, ann.Person, found)
	_, err = s.PersonAt(t.Context(), entries(ann.Email))
	require.ErrorIs(t, err, table.ErrAbsent)
	_, err = s.AddressWaiting(t.Context(), ann.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestAnAddressMovesToNobodyElsesAndToNoOtherDomain_4_a_2(t *testing.T) {
	s := newScene(t)
	ann, bob := s.ann(t), s.ann(t)
	outdated := ann
	outdated.Email = "older@" + s.domain
	for what, move := range map[string]func() error{
		"somebody's address": func() error {
			return s.MoveAddress(t.Context(), ann, entries(ann.Email), entries(bob.Email), bob.Email, s.domain)
		},
		"a domain that the account has not proved": func() error {
			return s.MoveAddress(t.Context(), ann, entries(ann.Email), entries("a@b.example"), "a@b.example", "b.example")
		},
		"an address that was changed meanwhile": func() error {
			return s.MoveAddress(t.Context(), outdated, entries(ann.Email), entries("x@"+s.domain), "x@"+s.domain, s.domain)
		},
	} {
		require.ErrorIs(t, move(), table.ErrRefused, what)
		found, err := s.PersonAt(t.Context(), entries(ann.Email))
		require.NoError(t, err, what)
		require.Equal(t, ann.Person, found, what)
	}
}

func TestAnAddressThatDiffersInItsCapitalsAloneStaysTheSameWayToItsPerson_4_a_2(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	same := entries(ann.Email)
	require.NoError(t, s.MoveAddress(t.Context(), ann, same, same, "A"+ann.Email[1:], s.domain))
	found, err := s.PersonAt(t.Context(), same)
	require.NoError(t, err)
	require.Equal(t, ann.Person, found)
}

// changing stands for the hashes of an address while the deployment's keys are changed, the new one first.
func changing(email string) identity.Entries {
	return append(identity.Entries{"new hash of " + email}, entries(email)...)
}

func TestWhileKeysAreChangedAnAddressIsOnePersonsUnderEachOfThem_4_a_2(t *testing.T) {
	s := newScene(t)
	ann, bob := s.ann(t), s.ann(t)
	found, err := s.PersonAt(t.Context(), changing(ann.Email))
	require.NoError(t, err)
	require.Equal(t, ann.Person, found)
	err = s.MoveAddress(t.Context(), bob, entries(bob.Email), changing(ann.Email), ann.Email, s.domain)
	require.ErrorIs(t, err, table.ErrRefused, "it is Ann's under the other key")

	moved := ann
	moved.Email = "older@" + s.domain
	require.NoError(t, s.RenewAddress(t.Context(), moved, changing(ann.Email)))
	_, err = s.PersonAt(t.Context(), changing(ann.Email)[:1])
	require.ErrorIs(t, err, table.ErrAbsent, "it is not the address that was read")

	for range 2 { // again is the same
		require.NoError(t, s.RenewAddress(t.Context(), ann, changing(ann.Email)))
		found, err = s.PersonAt(t.Context(), changing(ann.Email)[:1])
		require.NoError(t, err)
		require.Equal(t, ann.Person, found)
		_, err = s.PersonAt(t.Context(), entries(ann.Email))
		require.ErrorIs(t, err, table.ErrAbsent)
	}
}
