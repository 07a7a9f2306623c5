package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestACancellationIsKeptUntilItIsToldOrTheDayEnds_4_d_2(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	told := table.Cancellation{Reservation: secret.ID(), Spot: s.office.Desks[0], At: now.Unix()}
	require.NoError(t, s.AddCancellation(t.Context(), ann, "one", told, today.End(s.zone())))
	require.NoError(t, s.AddCancellation(t.Context(), ann, "two", told, today.End(s.zone())))
	kept, err := s.Cancellation(t.Context(), ann, "one")
	require.NoError(t, err)
	require.Equal(t, told, kept)
	require.NoError(t, s.RemoveCancellation(t.Context(), ann, "one"))
	_, err = s.Cancellation(t.Context(), ann, "one")
	require.ErrorIs(t, err, table.ErrAbsent)
	s.at(today.End(s.zone()))
	_, err = s.Cancellation(t.Context(), ann, "two")
	require.ErrorIs(t, err, table.ErrAbsent)

	nobody := identity.Person{Business: s.office.Business, User: secret.ID()}
	require.ErrorIs(t, s.AddCancellation(t.Context(), nobody, "one", told, today.End(s.zone())), table.ErrGone)
}
