package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// employee is a member of the operator's staff with an agreement in force.
func (s scene) employee(t testing.TB) identity.Person {
	t.Helper()
	p := identity.Person{Business: identity.Operator, User: secret.ID()}
	require.NoError(t, s.AddStaff(t.Context(), table.Staff{Person: p, Name: "Sam", Email: "sam@operator.example"}))
	agreed := table.Agreement{Document: "NDA 7", On: today, Until: today.AddDays(30), RecordedBy: "Eve"}
	require.NoError(t, s.Agree(t.Context(), p, agreed, now))
	return p
}

func TestAnAgreementHoldsFromADayUntilADayOrUntilItIsWithdrawn_6_confidential(t *testing.T) {
	s := newScene(t)
	sam := s.employee(t)
	member, err := s.StaffMember(t.Context(), sam)
	require.NoError(t, err)
	require.True(t, member.MayLook(today))
	require.True(t, member.MayLook(today.AddDays(30)))
	require.False(t, member.MayLook(today.AddDays(31)))
	require.False(t, member.MayLook(today.AddDays(-1)))

	require.NoError(t, s.Withdraw(t.Context(), sam, now))
	member, err = s.StaffMember(t.Context(), sam)
	require.NoError(t, err)
	require.False(t, member.MayLook(today))
	require.NoError(t, s.Agree(t.Context(), sam, member.Agreement, now))
	member, err = s.StaffMember(t.Context(), sam)
	require.NoError(t, err)
	require.True(t, member.MayLook(today))
}

func TestAMemberOfStaffIsAddedOnceAndOfNobodyNothingIsKept_6_confidential(t *testing.T) {
	s := newScene(t)
	sam := s.employee(t)
	require.ErrorIs(t, s.AddStaff(t.Context(), table.Staff{Person: sam}), table.ErrKnown)
	nobody := identity.Person{Business: identity.Operator, User: secret.ID()}
	code := table.Code{Mark: "mark", AskedAt: now}
	require.ErrorIs(t, s.Agree(t.Context(), nobody, table.Agreement{}, now), table.ErrAbsent)
	require.ErrorIs(t, s.LetDisclose(t.Context(), nobody, true), table.ErrAbsent)
	require.ErrorIs(t, s.AskStaffCode(t.Context(), nobody, code), table.ErrRefused)
	shift := table.Shift{Person: nobody, Hash: "hash", Passkey: "key", Begun: now}
	require.ErrorIs(t, s.BeginShift(t.Context(), shift, 1, "mark", "next"), table.ErrRefused)
	require.ErrorIs(t, s.LetEnrol(t.Context(), nobody, "secret", now), table.ErrAbsent)
	require.ErrorIs(t, s.Enrol(t.Context(), shift, table.Passkey{ID: "key"}, "secret", "mark", "next"), table.ErrRefused)
	all, err := s.AllStaff(t.Context())
	require.NoError(t, err)
	for _, member := range all {
		require.NotEqual(t, nobody, member.Person)
	}
}
