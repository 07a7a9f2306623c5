package colleague_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/colleague"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func (h house) in(t testing.TB, who identity.Caller) colleague.In {
	t.Helper()
	in, err := h.finder.WhoIsIn(t.Context(), who, colleague.InInput{Location: h.Location.ID})
	require.NoError(t, err)
	return in
}

func (h house) namesIn(t testing.TB, who identity.Caller) []string {
	t.Helper()
	names := []string{}
	for _, c := range h.in(t, who).Colleagues {
		names = append(names, c.Name)
	}
	return names
}

// open registers somebody who shows everything.
func (h house) open(t testing.TB, name string) identity.Caller {
	t.Helper()
	who := h.member(t, name)
	h.change(t, who, changes{"7.shield": []string{}})
	return who
}

func TestWhoIsInIsAnsweredByNameWithWhereAndWhetherTheyAreThereYet_4_d_4(t *testing.T) {
	h := newHouse(t)
	zoe, ben, eve := h.open(t, "Zoë Vis"), h.open(t, "ben Example"), h.open(t, "Éve Example")
	h.sits(t, zoe, h.Desks[0])
	expected := h.reserves(t, ben, h.Desks[1], "13:00", "17:00")
	h.reserves(t, eve, h.Desks[1], "09:00", "10:00")
	in := h.in(t, zoe)
	require.Equal(t, "Head office", in.Name)
	require.False(t, in.More)
	require.Equal(t, []string{"ben Example", "Éve Example", "Zoë Vis"}, h.namesIn(t, zoe), "the caller too")
	require.Equal(t, []colleague.Presence{{Location: h.Location.ID, LocationName: "Head office",
		FloorName: "Third floor", ZoneName: "Window side",
		Spot: h.Desks[1], SpotName: "3.01", From: "13:00", To: "17:00"}}, in.Colleagues[0].Today, "expected")
	require.True(t, in.Colleagues[2].Today[0].Present)

	h.db.Clock.Move(time.Hour)
	require.Equal(t, []string{"ben Example", "Zoë Vis"}, h.namesIn(t, zoe), "what is over says where nobody is")
	_, err := booking.Bookings{Tables: h.tables, Now: h.db.Clock.Now}.Cancel(t.Context(), ben,
		booking.OwnInput{Reservation: expected})
	require.NoError(t, err)
	require.Equal(t, []string{"Zoë Vis"}, h.namesIn(t, zoe))
	h.db.Clock.Move(7 * time.Hour)
	require.Empty(t, h.namesIn(t, zoe))
}

func TestWhoIsInShowsOfEachWhatLookingAtThemShowsAndNobodyWhoDoesNotShowWhereTheyAre_7_shield(t *testing.T) {
	h := newHouse(t)
	ann, open, shy, invisible := h.member(t, "Ann Default"), h.member(t, "Ben Open"), h.member(t, "Sam Shy"),
		h.member(t, "Iris Invisible")
	h.complete(t, open)
	h.complete(t, shy)
	h.change(t, open, changes{"7.shield": allBut("4.a.1", "4.b.5", "4.b.6", "4.d.4")})
	h.change(t, shy, changes{"7.shield": []string{"4.d.4"}})
	h.change(t, invisible, changes{"7.shield": []string{"4.a.1"}})
	for i, who := range []identity.Caller{ann, open, shy, invisible} {
		h.sits(t, who, h.Desks[i])
	}
	for _, role := range []identity.Role{identity.User, identity.Administrator} {
		ann.Role = role
		in := h.in(t, ann)
		require.Len(t, in.Colleagues, 1)
		seen, err := h.show(t, ann, open)
		require.NoError(t, err)
		require.Equal(t, seen, in.Colleagues[0])
		require.Equal(t, []string{"Gardens", "", ""}, []string{seen.Department, seen.JobTitle, seen.Customer})
	}
	h.change(t, open, changes{"7.shield": nil})
	require.Empty(t, h.namesIn(t, ann), "a shield takes effect at once")
}

func TestARosterOrIndexThatIsBehindNamesNobodyAsInWhoHidesItByNow_7_shield(t *testing.T) {
	for _, listed := range []bool{true, false} {
		h := newHouse(t)
		if !listed {
			h.Unlisted(t)
		}
		namesOnlyWhoShowsItByNow(t, h)
	}
}

func namesOnlyWhoShowsItByNow(t *testing.T, h house) {
	t.Helper()
	ann, ben, chen := h.member(t, "Ann Example"), h.open(t, "Ben Example"), h.open(t, "Chen Example")
	h.sits(t, ben, h.Desks[0])
	h.sits(t, chen, h.Desks[1])
	lag := &enginetest.Lag{}
	h.finder.Tables = h.db.Lagging(lag)
	require.Equal(t, []string{"Ben Example", "Chen Example"}, h.namesIn(t, ann))
	lag.Freeze(true)
	h.change(t, ben, changes{"7.shield": []string{"4.d.4"}})
	h.change(t, chen, changes{"4.a.1": "Aya Example"})
	require.Equal(t, []string{"Aya Example"}, h.namesIn(t, ann), "nor by a name that was before")
}

func TestAGuestIsNobodysColleagueAndNotNamedAsIn_7_shield(t *testing.T) {
	h := newHouse(t)
	ann := h.open(t, "Ann Example")
	guest := table.Guest{Person: identity.Person{Business: h.Business, User: secret.ID()}, Business: h.Business,
		Name: "Gus Visitor", Language: "en",
		Location: h.Location.ID, First: "2026-11-23", Last: "2026-11-23", OpensAt: monday.Add(-9 * time.Hour),
		ClosesAt: monday.Add(15 * time.Hour),
		Pass:     "pass", Shield: []string{}}
	require.NoError(t, h.tables.Invite(t.Context(), ann.Person, secret.ID(), guest))
	h.sits(t, identity.Caller{Person: guest.Person, Role: identity.Guest, Location: h.Location.ID}, h.Desks[0])
	require.Empty(t, h.namesIn(t, ann))
}

func TestABuildingOfAnotherCustomerIsAsUnknownAsOneThatIsNotThere_8_security(t *testing.T) {
	h := newHouse(t)
	ann, other := h.open(t, "Ann Example"), houseIn(t, h.db)
	var meter enginetest.Meter
	finder := colleague.Finder{Tables: h.db.Metered(&meter), Now: h.db.Clock.Now}
	ask := func(location string) enginetest.Usage {
		_, err := finder.WhoIsIn(t.Context(), ann, colleague.InInput{Location: location})
		requireUnknown(t, err)
		return meter.Reset()
	}
	require.Equal(t, ask(secret.ID()), ask(other.Location.ID))
}

func TestLookingWhoIsInIsCountedAsASearchUnlessOneObjectsAndWhomOneSawIsNotKept_5_transactions(t *testing.T) {
	h := newHouse(t)
	ann, ben := h.open(t, "Ann Example"), h.open(t, "Ben Example")
	h.sits(t, ben, h.Desks[0])
	require.Equal(t, []string{"Ben Example"}, h.namesIn(t, ann))
	found, err := h.tables.SearchesOf(t.Context(), ann.Person, h.Location.ID, "2026-11-23")
	require.NoError(t, err)
	require.Equal(t, table.Searches{User: ann.User, Colleagues: 1, DayEnds: found.DayEnds}, found)
	for _, objection := range []string{"5.transactions", "a"} {
		h.change(t, ben, changes{"7.object": []string{objection}})
		h.in(t, ben)
		_, err = h.tables.SearchesOf(t.Context(), ben.Person, h.Location.ID, "2026-11-23")
		require.ErrorIs(t, err, table.ErrAbsent)
	}
}

// Of 500 people in an account 200 sit at the 200 desks, and half of those show it beside their name and customer.
func BenchmarkWhoIsInOfTwoHundred(b *testing.B) {
	h := newHouse(b)
	h.Office = h.db.NewOffice(b, "Europe/Amsterdam", 200)
	h.db.CustomerOf(b, h.Business, "Example B.V.")
	for i := range 500 {
		who := h.member(b, fmt.Sprintf("Willem Jansen %03d", i))
		if i >= len(h.Desks) {
			continue
		}
		if i%2 == 0 {
			h.change(b, who, changes{"7.shield": allBut("4.a.1", "4.d.1", "4.d.4")})
		}
		h.sits(b, who, h.Desks[i])
	}
	who := h.member(b, "Ann Example")
	who.Counted = true // as the session says that was read for the request
	var meter enginetest.Meter
	finder := colleague.Finder{Tables: h.db.Metered(&meter), Now: h.db.Clock.Now}
	enginetest.Budget{Read: 20, Write: 1, Trips: 8, InARow: 4}.Measure(b, &meter, func(int) func() error {
		return func() error {
			in, err := finder.WhoIsIn(b.Context(), who, colleague.InInput{Location: h.Location.ID})
			if err == nil && len(in.Colleagues) != 100 {
				return fmt.Errorf("%d are in", len(in.Colleagues))
			}
			return err
		}
	})
}

func TestOfTooManyWhoAreInTheFirstAreNamedByNameAndThatThereAreMore_4_d_4(t *testing.T) {
	h := newHouse(t)
	ann := h.open(t, "Zoë Last")
	h.reserves(t, ann, h.Desks[0], "09:00", "17:00")
	noon := monday.Add(3*time.Hour).Unix() / 900
	sheet := map[string]any{}
	for i := range colleague.MostIn {
		who := h.Unlisted(t)
		h.db.Put(t, privacy.Directory, table.PersonPartition(who.Person), "user",
			map[string]any{"business": h.Business,
				table.MemberKey: table.MemberOf(who.Person), "name": fmt.Sprintf("Willem %03d", i), "shield": []string{}})
		sheet["r#"+secret.ID()] = map[string]any{"u": who.User, "f": noon, "t": noon + 4, "s": "reserved"}
	}
	for _, item := range h.db.Dump(t, privacy.Agenda) {
		if plain := enginetest.Plain(item); plain["sk"] == "spot#"+h.Desks[0] {
			h.db.Put(t, privacy.Agenda, plain["pk"], "spot#"+h.Desks[1], sheet)
		}
	}
	in := h.in(t, ann)
	require.True(t, in.More)
	require.Len(t, in.Colleagues, colleague.MostIn)
	require.Equal(t, "Willem 000", in.Colleagues[0].Name)
	require.NotContains(t, h.namesIn(t, ann), "Zoë Last")
}
