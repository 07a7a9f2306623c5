package business_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
)

type items = map[privacy.Clause]any

// changes is what somebody says of themselves, and hides.
func (f *fixture) changes(who identity.Caller, changed items) {
	f.t.Helper()
	require.NoError(f.t, f.desk.Tables.ChangeUser(f.t.Context(), who.Person, changed, false))
}

func (f *fixture) roles(who identity.Caller) []business.RoleHolder {
	f.t.Helper()
	list, err := f.desk.Roles(f.t.Context(), who, struct{}{})
	require.NoError(f.t, err)
	return list.People
}

func (f *fixture) officers(who identity.Caller) []business.Officer {
	f.t.Helper()
	list, err := f.desk.Officers(f.t.Context(), who, struct{}{})
	require.NoError(f.t, err)
	return list.Officers
}

func TestAnAdministratorSeesWhoHasARoleAsFarAsTheyShowIt_4_d_1_7_shield(t *testing.T) {
	f := start(t)
	ann, ben := f.open("ann@example.com", "example.com"), f.caller(f.register("ben@example.com"))
	f.register("cas@example.com") // who has none
	f.open("eve@example.org", "example.org")
	require.Len(t, f.roles(ann), 1, "oneself")
	_, err := f.desk.Name(t.Context(), ann, business.RoleInput{Email: "ben@example.com", Role: identity.Manager})
	require.NoError(t, err)
	people := f.roles(ann)
	require.Len(t, people, 2)
	require.Equal(t, []any{"Ann Example", identity.Administrator, "Ben", identity.Manager, ben.User},
		[]any{people[0].Name, people[0].Role, people[1].Name, people[1].Role, people[1].Colleague})
	for _, item := range []string{"4.a.1", "4.d.1"} {
		f.changes(ben, items{"7.shield": []string{item}})
		require.Len(t, f.roles(ann), 1, "who hides %s", item)
	}
	f.changes(ben, items{"7.shield": []string{}})
	require.Len(t, f.roles(ann), 2)
}

func TestAnAdministratorSeesWhoSaysToBeAnOfficerOnceTheyShowItAndFirstWhoIsToBeConfirmed_4_b_4_7_shield(t *testing.T) {
	f := start(t)
	ann, ben := f.open("ann@example.com", "example.com"), f.caller(f.register("ben@example.com"))
	f.changes(ben, items{"4.b.4": true})
	require.Empty(t, f.officers(ann), "by default it is not shown")
	f.changes(ben, items{"7.shield": []string{}})
	cas := f.caller(f.register("cas@example.com"))
	f.changes(cas, items{"4.b.4": false, "7.shield": []string{}})
	require.Len(t, f.officers(ann), 1, "not who says to be none")
	f.changes(cas, items{"4.b.4": true})
	_, err := f.desk.ConfirmColleague(t.Context(), ann,
		business.ColleagueOfficer{Colleague: ben.User, Confirmed: true})
	require.NoError(t, err)
	require.Equal(t, "ben@example.com", f.mail.Sent()[len(f.mail.Sent())-1].To, "who is confirmed is told")
	list := f.officers(ann)
	require.Len(t, list, 2)
	require.Equal(t, []any{cas.User, false, ben.User, true},
		[]any{list[0].Colleague, list[0].Confirmed, list[1].Colleague, list[1].Confirmed})
	f.changes(ben, items{"7.shield": []string{"4.b.4"}})
	require.Len(t, f.officers(ann), 1, "and no longer")
}

func TestSomebodyOfAListIsGivenARoleAndWhoHidesTheirNameOrIsElsewhereIsUnknown_7_shield_8_security(t *testing.T) {
	f := start(t)
	ann, ben := f.open("ann@example.com", "example.com"), f.caller(f.register("ben@example.com"))
	eve := f.open("eve@example.org", "example.org")
	_, err := f.desk.NameColleague(t.Context(), ann, business.ColleagueRole{Colleague: ben.User,
		Role: identity.Manager})
	require.NoError(t, err)
	require.Equal(t, identity.Manager, f.roles(ann)[1].Role)
	f.changes(ben, items{"7.shield": []string{"4.a.1"}})
	sent, before, counted := len(f.mail.Sent()), f.dumpUncounted(), f.dump()
	for _, id := range []string{ben.User, eve.User, "aaaaaaaaaaaaaaaa"} {
		_, err = f.desk.NameColleague(t.Context(), ann, business.ColleagueRole{Colleague: id, Role: identity.User})
		requireProblem(t, problem.NotFound, err)
		_, err = f.desk.ConfirmColleague(t.Context(), ann, business.ColleagueOfficer{Colleague: id, Confirmed: true})
		requireProblem(t, problem.NotFound, err)
	}
	require.Len(t, f.mail.Sent(), sent)
	require.Equal(t, before, f.dumpUncounted())
	require.NotEqual(t, counted, f.dump(), "guessing ids is counted as naming addresses is")
	_, err = f.desk.NameColleague(t.Context(), ann, business.ColleagueRole{Colleague: ann.User, Role: identity.User})
	requireProblem(t, problem.Conflict, err) // the last administrator

}
