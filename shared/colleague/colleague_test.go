package colleague_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/colleague"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

func TestByDefaultColleaguesSeeNoMoreThanTheNameAndTheCustomer_7_shield(t *testing.T) {
	h := newHouse(t)
	ann, ben := h.member(t, "Ann Example"), h.member(t, "Ben Example")
	h.complete(t, ben)
	h.sits(t, ben, h.Desks[0])
	wanted := map[string]any{"colleague": ben.User, "name": "Ben Example", "customer": "Example B.V."}
	seen, err := h.show(t, ann, ben)
	require.NoError(t, err)
	require.Equal(t, wanted, members(t, seen))
	require.Equal(t, []any{wanted}, members(t, h.search(t, ann, "ben"))["colleagues"])
	_, err = h.finder.Photo(t.Context(), ann, colleague.ColleagueInput{Colleague: ben.User})
	requireUnknown(t, err)

	ann.Role = identity.Administrator
	seen, err = h.show(t, ann, ben)
	require.NoError(t, err)
	require.Equal(t, wanted, members(t, seen), "an administrator sees what colleagues see")
}

func TestEachItemIsShownAloneAndHiddenAtOnce_7_shield(t *testing.T) {
	h := newHouse(t)
	ann, ben := h.member(t, "Ann Example"), h.member(t, "Ben Example")
	h.complete(t, ben)
	for _, one := range all() {
		h.change(t, ben, changes{"7.shield": allBut("4.a.1", string(one.item))})
		seen, err := h.show(t, ann, ben)
		require.NoError(t, err)
		found := members(t, seen)
		delete(found, "linkedin_url") // the same as the identifier (10.login)
		require.Len(t, found, 3, "%s: %v", one.item, found)
		require.Contains(t, found, one.member)
	}
	h.change(t, ben, changes{"7.shield": allBut("4.a.1", "4.b.6")})
	picture, err := h.finder.Photo(t.Context(), ann, colleague.ColleagueInput{Colleague: ben.User})
	require.NoError(t, err)
	require.Equal(t, "picture", string(picture))
}

func TestWhoWantsToBeInvisibleIsNeitherFoundNorShownByAnyWay_7_shield(t *testing.T) {
	h := newHouse(t)
	ann, ben := h.member(t, "Ann Example"), h.member(t, "Ben Example")
	h.complete(t, ben)
	h.sits(t, ben, h.Desks[0])
	require.Equal(t, []string{"Ben Example"}, h.names(t, ann, "ben"))
	h.change(t, ben, changes{"7.shield": []string{"4.a.1"}})
	require.Empty(t, h.names(t, ann, "ben"))
	_, err := h.show(t, ann, ben)
	requireUnknown(t, err)
	_, err = h.finder.Photo(t.Context(), ann, colleague.ColleagueInput{Colleague: ben.User})
	requireUnknown(t, err)
	found, err := h.tables.Roster(t.Context(), h.Business)
	require.NoError(t, err)
	require.True(t, found.Current)
	require.Len(t, found.Members, 1)
	require.Equal(t, "Ann Example", found.Members[0].Name)

	h.change(t, ben, changes{"7.shield": nil})
	require.Equal(t, []string{"Ben Example"}, h.names(t, ann, "ben"))
}

func TestARosterThatIsReadAMomentBehindShowsNobodyWhoHidesTheirNameByNow_7_shield(t *testing.T) {
	h := newHouse(t)
	ann, ben := h.member(t, "Ann Example"), h.member(t, "Ben Example")
	lag := &enginetest.Lag{}
	h.finder.Tables = h.db.Lagging(lag)
	require.Equal(t, []string{"Ben Example"}, h.names(t, ann, "ben"))
	lag.Freeze(true)
	h.change(t, ben, changes{"7.shield": []string{"4.a.1"}})
	require.Empty(t, h.names(t, ann, "ben"))
	h.change(t, ben, changes{"7.shield": nil, "4.a.1": "Bea Example"})
	require.Empty(t, h.names(t, ann, "ben"), "nor what a name was before")
	require.Equal(t, []string{"Bea Example"}, h.names(t, ann, "bea"))
	h.change(t, ben, changes{"7.shield": []string{"4.d.1"}})
	require.Empty(t, h.search(t, ann, "bea").Colleagues[0].Customer)
}

func TestAnIndexThatIsBehindShowsNobodyWhoHidesTheirNameByNow_7_shield(t *testing.T) {
	h := newHouse(t)
	ann, ben := h.member(t, "Ann Example"), h.member(t, "Ben Example")
	h.Unlisted(t)
	lag := &enginetest.Lag{}
	h.finder.Tables = h.db.Lagging(lag)
	require.Equal(t, []string{"Ben Example"}, h.names(t, ann, "ben"))
	lag.Freeze(true)
	h.change(t, ben, changes{"7.shield": []string{"4.a.1"}})
	roster, err := h.finder.Tables.Roster(t.Context(), h.Business)
	require.NoError(t, err)
	require.False(t, roster.Current)
	require.Len(t, roster.Members, 3, "the index still shows the name")
	require.Empty(t, h.names(t, ann, "ben"))
	h.change(t, ben, changes{"7.shield": nil, "4.a.1": "Bea Example"})
	require.Empty(t, h.names(t, ann, "ben"), "nor what a name was before")
}

func TestEverybodyRegisteredIsListedAlsoWhoIsInvisible_3_i(t *testing.T) {
	h := newHouse(t)
	other := houseIn(t, h.db)
	ann, ben := h.member(t, "Ann Example"), h.member(t, "Ben Example")
	other.member(t, "Eve Elsewhere")
	h.change(t, ben, changes{"7.shield": []string{"4.a.1"}})
	listed, err := h.tables.Registered(t.Context(), h.Business)
	require.NoError(t, err)
	require.ElementsMatch(t, []identity.Person{ann.Person, ben.Person}, listed)
}

func TestAnotherCustomersPeopleAndGuestsAreNeverFound_8_security(t *testing.T) {
	h := newHouse(t)
	other := houseIn(t, h.db)
	ann, eve := h.member(t, "Ann Example"), other.member(t, "Eve Elsewhere")
	guest := identity.Caller{Person: identity.Person{Business: h.Business, User: "guestguestguest2"},
		Role: identity.Guest}
	require.Empty(t, h.names(t, ann, "eve"))
	for _, whom := range []identity.Caller{eve, guest} {
		_, err := h.show(t, ann, whom)
		requireUnknown(t, err)
	}
	_, err := h.finder.Search(t.Context(), ann, colleague.SearchInput{Name: "ann", Location: other.Location.ID})
	requireUnknown(t, err)
}

func TestNamesAreFoundByTheirBeginningsFirstInAnyCaseAndWithoutAccents(t *testing.T) {
	h := newHouse(t)
	ann := h.member(t, "Ann Example")
	for _, name := range []string{"Jozef Anker", "André Bos", "Johan Andersen", "Fernand Petit", "Zoë Vis"} {
		h.member(t, name)
	}
	require.Equal(t, []string{"André Bos", "Johan Andersen", "Fernand Petit"}, h.names(t, ann, "  AND"))
	require.Equal(t, []string{"Zoë Vis"}, h.names(t, ann, "zoe  v"))
	require.Empty(t, h.names(t, ann, "example"), "oneself is no colleague")
	_, err := h.finder.Search(t.Context(), ann, colleague.SearchInput{Name: " a "})
	var p *problem.Error
	require.ErrorAs(t, err, &p)
	require.Equal(t, problem.Malformed, p.Kind)

	for i := range colleague.Most + 1 {
		h.member(t, fmt.Sprintf("Willem %02d", i))
	}
	found := h.search(t, ann, "willem")
	require.Len(t, found.Colleagues, colleague.Most)
	require.True(t, found.More)
}

func TestColleaguesAreFoundHoweverTheirNamesAndTheSearchAreTyped(t *testing.T) {
	h := newHouse(t)
	ann := h.member(t, "Ann Example")
	for typed, name := range map[string]string{"dabrowski": "Łukasz Dąbrowski", "o'brien": "Sinéad O’Brien",
		"nunez": "Jose\u0301 Nu\u0301n\u0303ez", "王": "王伟", "김": "김민준", "SOREN": "Søren Ærø",
		"さ": "サクラ", "mueller jorg": "Jörg Müller", "annemarie": "Anne-Marie Bos", "لیلی": "ليلى"} {
		h.member(t, name)
		require.Equal(t, []string{name}, h.names(t, ann, typed))
		require.Equal(t, []string{name}, h.names(t, ann, name))
	}
	for _, few := range []string{"é", "e\u0301", "ł", "'’", "ж"} {
		_, err := h.finder.Search(t.Context(), ann, colleague.SearchInput{Name: few})
		var p *problem.Error
		require.ErrorAs(t, err, &p, few)
		require.Equal(t, problem.Malformed, p.Kind)
	}
}

func TestWhereSomebodyIsIsShownOnlyIfTheyShowItAndUntilTheDayEnds_4_d_4(t *testing.T) {
	h := newHouse(t)
	ann, ben := h.member(t, "Ann Example"), h.member(t, "Ben Example")
	h.change(t, ben, changes{"7.shield": allBut("4.a.1", "4.d.4")})
	seen, err := h.show(t, ann, ben)
	require.NoError(t, err)
	require.Empty(t, seen.Today)
	h.sits(t, ben, h.Desks[0])
	seen, err = h.show(t, ann, ben)
	require.NoError(t, err)
	require.Equal(t, []colleague.Presence{{Location: h.Location.ID, LocationName: "Head office",
		FloorName: "Third floor", ZoneName: "Window side", Spot: h.Desks[0], SpotName: "3.00",
		From: "09:00", To: "17:00", Present: true}}, seen.Today)
	require.NotContains(t, members(t, h.search(t, ann, "ben"))["colleagues"].([]any)[0], "today",
		"a search does not say where people are")

	h.db.Clock.Move(8 * time.Hour)
	seen, err = h.show(t, ann, ben)
	require.NoError(t, err)
	require.Empty(t, seen.Today, "what is over says where nobody is")
}

func TestASearchForColleaguesIsCountedAndWhomOneLookedForIsNotKept_5_transactions(t *testing.T) {
	h := newHouse(t)
	ann, ben := h.member(t, "Ann Example"), h.member(t, "Ben Example")
	h.search(t, ann, "ben")
	h.search(t, ann, "nobody")
	_, err := h.show(t, ann, ben)
	require.NoError(t, err)
	found, err := h.tables.SearchesOf(t.Context(), ann.Person, h.Location.ID, "2026-11-23")
	require.NoError(t, err)
	require.Equal(t, table.Searches{User: ann.User, Colleagues: 2, DayEnds: found.DayEnds}, found)
	for _, item := range h.db.Dump(t, privacy.Agenda) {
		if plain := enginetest.Plain(item); plain["pk"] != table.PersonPartition(ben.Person) {
			require.NotContains(t, fmt.Sprint(plain), ben.User)
		}
	}

	h.change(t, ben, changes{"7.object": []string{"5.transactions"}})
	h.search(t, ben, "ann")
	_, err = h.tables.SearchesOf(t.Context(), ben.Person, h.Location.ID, "2026-11-23")
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestTheKeyOfTheIndexHoldsNothingOfThePerson_8_security(t *testing.T) {
	h := newHouse(t)
	h.member(t, "Ann Example")
	found := 0
	for _, item := range h.db.Dump(t, privacy.Directory) {
		if key, there := enginetest.Plain(item)[table.MemberKey]; there {
			found++
			business, shard, _ := strings.Cut(key, "#")
			require.Equal(t, h.Business, business)
			require.Len(t, shard, 1)
		}
	}
	require.Equal(t, 1, found)
}

// A search reads the account's roster, half a unit for each 4 KB, and of those it finds the registrations of who shows
// more than name and customer: at 20,000 people that is some 140 units.
func BenchmarkSearchAmongFiveHundred(b *testing.B) {
	h := newHouse(b)
	ann := h.member(b, "Ann Example")
	ann.Counted = true // as the session says that was read for the request
	for i := range 500 {
		h.member(b, fmt.Sprintf("Willem Jansen %03d", i))
	}
	var meter enginetest.Meter
	finder := colleague.Finder{Tables: h.db.Metered(&meter), Keys: enginetest.Keys, Now: h.db.Clock.Now}
	enginetest.Budget{Read: 5, Write: 3, Trips: 6, InARow: 3}.Measure(b, &meter, func(int) func() error {
		return func() error {
			_, err := finder.Search(b.Context(), ann, colleague.SearchInput{Name: "will", Location: h.Location.ID})
			return err
		}
	})
}
