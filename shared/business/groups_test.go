package business_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/problem"
)

func TestACustomerNamesItsGroupsAndNobodyLearnsWhoIsInThem_4_f_1(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	eve := f.open("eve@example.org", "example.org")
	ben := f.caller(f.register("ben@example.com"))
	group, err := f.desk.AddGroup(t.Context(), ann, business.AddGroup{IdempotencyKey: "the-one-key",
		Name: " Research "})
	require.NoError(t, err)
	again, err := f.desk.AddGroup(t.Context(), ann, business.AddGroup{IdempotencyKey: "the-one-key",
		Name: "Research"})
	require.NoError(t, err)
	require.Equal(t, group, again)
	_, err = f.desk.AddGroup(t.Context(), ann, business.AddGroup{IdempotencyKey: "another-key", Name: "RESEARCH"})
	requireProblem(t, problem.Conflict, err)
	_, err = f.desk.RenameGroup(t.Context(), ann, business.RenameGroup{Group: group.ID, Name: "Development"})
	require.NoError(t, err)
	_, err = f.desk.AddGroup(t.Context(), ann, business.AddGroup{IdempotencyKey: "the-one-key", Name: "Research"})
	requireProblem(t, problem.Conflict, err)
	_, err = f.desk.RenameGroup(t.Context(), eve, business.RenameGroup{Group: group.ID, Name: "Mine"})
	requireProblem(t, problem.NotFound, err)

	for _, member := range []bool{true, false} {
		for _, email := range []string{"nobody@example.com", "eve@example.org", "ben@example.com"} {
			before := f.dumpUncounted()
			_, err := f.desk.SetMember(t.Context(), ann,
				business.MemberInput{Group: group.ID, Email: email, Member: member})
			require.NoError(t, err)
			require.Equal(t, email[0] != 'b', before == f.dumpUncounted(), email)
		}
		in, err := f.desk.Tables.InGroups(t.Context(), ben.Person)
		require.NoError(t, err)
		require.Equal(t, member, len(in) == 1)
	}
	list, err := f.desk.Groups(t.Context(), ann, struct{}{})
	require.NoError(t, err)
	require.Equal(t, business.Groups{Groups: []business.Group{{ID: group.ID, Name: "Development"}}}, list)
	for range 2 {
		_, err = f.desk.RemoveGroup(t.Context(), ann, business.GroupInput{Group: group.ID})
		require.NoError(t, err)
	}
	_, err = f.desk.SetMember(t.Context(), ann, business.MemberInput{Group: group.ID, Email: "ben@example.com",
		Member: true})
	requireProblem(t, problem.NotFound, err)
}
