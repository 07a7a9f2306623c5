package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestALookIsRecordedWithWhomItWasAtBeforeAnythingIsShown_6_confidential(t *testing.T) {
	s := newScene(t)
	sam, ann := s.employee(t), s.somebody(t)
	gus := s.guest(t, ann).Person
	look := table.Look{ID: secret.ID(), By: "Sam", Reason: "a ticket", LookedAt: now}
	for _, at := range []identity.Person{ann, gus} {
		require.NoError(t, s.RecordLook(t.Context(), sam, at, look))
		require.NoError(t, s.RecordLook(t.Context(), sam, at, look), "the same look again is the same record")
		require.NotNil(t, s.raw(t, "agenda", table.PersonPartition(at), "look#"+look.ID))
	}
	require.NoError(t, s.RecordAccountLook(t.Context(), sam, s.office.Business, look))
	looks, err := s.AccountLooks(t.Context(), s.office.Business)
	require.NoError(t, err)
	require.Len(t, looks, 1)
	require.Equal(t, "Sam", looks[0].By)
}

func TestNobodyLooksWithoutAnAgreementNorAtNobody_6_confidential(t *testing.T) {
	s := newScene(t)
	sam, ann := s.employee(t), s.somebody(t)
	look := table.Look{ID: secret.ID(), LookedAt: now}
	nobody := identity.Person{Business: s.office.Business, User: secret.ID()}
	require.ErrorIs(t, s.RecordLook(t.Context(), sam, nobody, look), table.ErrAbsent)
	late := look
	late.LookedAt = now.AddDate(0, 0, 31)
	require.ErrorIs(t, s.RecordLook(t.Context(), sam, ann, late), table.ErrNotStaff)
	require.NoError(t, s.Withdraw(t.Context(), sam, now))
	require.ErrorIs(t, s.RecordLook(t.Context(), sam, ann, look), table.ErrNotStaff)
	require.Nil(t, s.raw(t, "agenda", table.PersonPartition(ann), "look#"+look.ID))
}

func TestADisclosureNeedsTheGrantForIt_5_disclosure(t *testing.T) {
	s := newScene(t)
	sam, ann := s.employee(t), s.somebody(t)
	until := now.AddDate(0, 1, 0)
	d := table.Disclosure{ID: secret.ID(), By: "Sam", Ground: "a warrant", DisclosedAt: now, HiddenUntil: &until}
	require.ErrorIs(t, s.RecordDisclosure(t.Context(), sam, ann, d), table.ErrNotStaff)
	require.NoError(t, s.LetDisclose(t.Context(), sam, true))
	require.NoError(t, s.RecordDisclosure(t.Context(), sam, ann, d))
	require.NotNil(t, s.raw(t, "agenda", table.PersonPartition(ann), "disclosure#"+d.ID))
}
