package erasure_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// 7.erase, 6.confidential
func TestAnAdministratorEndsWhoHasLeftAndIsAnsweredTheSameWhoeverItIs(t *testing.T) {
	s := begin(t)
	administrator := identity.Caller{Person: identity.Person{Business: s.Business, User: "administratoraaa"},
		Role: identity.Administrator}
	ends := func(caller identity.Caller, email string) erasure.Accepted {
		accepted, err := s.desk(&enginetest.Faults{}).EndLeaver(t.Context(), caller, erasure.LeaverInput{Email: email})
		require.NoError(t, err, email)
		return accepted
	}
	elsewhere := identity.Caller{Person: identity.Person{Business: "elsewhereaaaaaaa", User: "administratoraaa"}}
	nobody := ends(administrator, "nobody@customer.example")
	require.Equal(t, nobody, ends(elsewhere, address), "another customer's")
	_, err := s.db.Tables().User(t.Context(), s.noor.Person)
	require.NoError(t, err)

	require.Equal(t, nobody, ends(administrator, " "+address+" "))
	require.Equal(t, nobody, ends(administrator, address), "again")
	_, err = s.db.Tables().User(t.Context(), s.noor.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestNobodyEndsThemselvesAsALeaverNorIsTheLastAdministratorEnded(t *testing.T) {
	s := begin(t)
	_, err := s.desk(&enginetest.Faults{}).EndLeaver(t.Context(), s.noor, erasure.LeaverInput{Email: address})
	var refusal *problem.Error
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, problem.Conflict, refusal.Kind)
	_, err = s.db.Tables().User(t.Context(), s.noor.Person)
	require.NoError(t, err)
}
