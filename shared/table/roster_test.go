package table_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

func (s scene) roster(t *testing.T) table.Roster {
	t.Helper()
	roster, err := s.Roster(t.Context(), s.office.Business)
	require.NoError(t, err)
	return roster
}

func (s scene) corrects(t *testing.T, p identity.Person, what map[privacy.Clause]any) {
	t.Helper()
	require.NoError(t, s.ChangeUser(t.Context(), p, what, false))
}

func TestTheRosterSaysAtOnceWhatARegistrationSays_7_shield(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t).Person
	for _, c := range []struct {
		shield []string
		wanted *table.Member
	}{
		{nil, &table.Member{ShowsCustomer: true}},
		{[]string{}, &table.Member{ShowsCustomer: true, ShowsPresence: true, ShowsMore: true}},
		{[]string{"4.d.1"}, &table.Member{ShowsPresence: true, ShowsMore: true}},
		{allBut("4.a.1", "4.d.4"), &table.Member{ShowsPresence: true}},
		{allBut("4.a.1"), &table.Member{}},
		{allBut("4.a.1", "4.d.1"), &table.Member{ShowsCustomer: true}},
		{[]string{"4.a.1"}, nil},
	} {
		name := "Ann who hides " + strings.Join(c.shield, " ")
		change := map[privacy.Clause]any{"4.a.1": name, "7.shield": nil}
		if c.shield != nil {
			change["7.shield"] = c.shield
		}
		s.corrects(t, ann, change)
		var wanted []table.Member
		if c.wanted != nil {
			c.wanted.Person, c.wanted.Name = ann, name
			wanted = []table.Member{*c.wanted}
		}
		require.Equal(t, table.Roster{Customer: "Acme B.V.", Members: wanted, Current: true}, s.roster(t))
	}
}

// allBut hides every item but these.
func allBut(shown ...string) []string {
	var hidden []string
	for _, item := range privacy.Hideable() {
		if !slices.Contains(shown, string(item)) {
			hidden = append(hidden, string(item))
		}
	}
	return hidden
}

func TestWhoLeavesIsOnNoRosterAndALateChangeBringsNobodyBack_7_erase(t *testing.T) {
	s := newScene(t)
	ann, ben, eve := s.ann(t), s.ann(t), s.ann(t)
	require.NoError(t, s.BeginErasure(t.Context(), leaving(ann, now)))
	require.NoError(t, s.Unregister(t.Context(), ben, entries(ben.Email)))
	require.ErrorIs(t, s.ChangeUser(t.Context(), ann.Person, map[privacy.Clause]any{"4.a.1": "Ann"}, false),
		table.ErrAbsent)
	roster := s.roster(t)
	require.True(t, roster.Current)
	require.Len(t, roster.Members, 1)
	require.Equal(t, eve.Person, roster.Members[0].Person)
	for _, item := range s.db.Dump(t, privacy.Directory) {
		for _, gone := range []table.User{ann, ben} {
			require.NotContains(t, fmt.Sprint(enginetest.Plain(item)), gone.Person.User)
		}
	}
	s.db.Delete(t, privacy.Directory, "b#"+s.office.Business, "account") // the contract has ended
	require.ErrorIs(t, s.ChangeUser(t.Context(), eve.Person, map[privacy.Clause]any{"4.a.1": "Eve"}, false),
		table.ErrAbsent)
}

func TestChangesAtOneMomentAreAllOnTheRoster_7_shield(t *testing.T) {
	s := newScene(t)
	var all sync.WaitGroup
	wanted := map[identity.Person]string{}
	for i := range 12 {
		who, name := s.ann(t).Person, fmt.Sprintf("Ann the %dth", i)
		wanted[who] = name
		all.Go(func() { s.corrects(t, who, map[privacy.Clause]any{"4.a.1": name}) })
	}
	all.Wait()
	roster := s.roster(t)
	require.True(t, roster.Current)
	found := map[identity.Person]string{}
	for _, m := range roster.Members {
		found[m.Person] = m.Name
	}
	require.Equal(t, wanted, found)
}

func TestARosterThatAnEarlierReleaseLeftIsMendedAndReadFromTheIndexUntilThen(t *testing.T) {
	s := newScene(t)
	ann, gone, other := s.ann(t).Person, s.ann(t).Person, s.ann(t).Person
	unlisted := s.office.Unlisted(t).Person
	before := map[string]any{"business": unlisted.Business, table.MemberKey: table.MemberOf(unlisted),
		"name": "Ben Unlisted", "shield": allBut("4.a.1")}
	s.db.Put(t, privacy.Directory, table.PersonPartition(unlisted), "user", before)
	require.Eventually(t, func() bool {
		roster := s.roster(t)
		return !roster.Current && slices.Contains(roster.Members, table.Member{Person: unlisted, Name: "Ben Unlisted"})
	}, settles, time.Millisecond)

	// What an instance of that release does beside this one: it forgets the roster.
	s.db.Delete(t, privacy.Directory, table.PersonPartition(gone), "user")
	s.db.Count(t, s.office.Business, -1)
	before["name"], before[table.MemberKey] = "Otto Else", table.MemberOf(other)
	s.db.Put(t, privacy.Directory, table.PersonPartition(other), "user", before)
	for range 2 {
		require.NoError(t, s.MendRoster(t.Context(), s.office.Business))
	}
	var names []string
	roster := s.roster(t)
	require.True(t, roster.Current, "three of three that the account counts")
	for _, m := range roster.Members {
		names = append(names, m.Name)
		require.NotEqual(t, gone, m.Person)
		require.Equal(t, m.Person == ann, m.ShowsCustomer)
	}
	require.ElementsMatch(t, []string{"Ann", "Ben Unlisted", "Otto Else"}, names)
}

func TestACorrectionThatARestoreRepeatsIsOnTheRosterToo_7_shield(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t).Person
	for what, now := range map[string]any{"name": "Anne", "shield": []any{"4.d.1"}} {
		require.NoError(t, s.CorrectAgain(t.Context(), table.Correction{Person: ann, What: what, Now: now}, nil))
	}
	require.Equal(t, []table.Member{{Person: ann, Name: "Anne", ShowsPresence: true, ShowsMore: true}},
		s.roster(t).Members)
	require.NoError(t, s.CorrectAgain(t.Context(), table.Correction{Person: ann, What: "shield", Now: []any{}}, nil))
	require.True(t, s.roster(t).Members[0].ShowsCustomer, "they hide nothing, which is not to have chosen nothing")
	require.True(t, s.roster(t).Members[0].ShowsMore)
	require.NoError(t, s.CorrectAgain(t.Context(), table.Correction{Person: ann, What: "shield"}, nil))
	require.Equal(t, []table.Member{{Person: ann, Name: "Anne", ShowsCustomer: true}}, s.roster(t).Members)
}
