package colleague_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/colleague"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func (h house) likes(t testing.TB, who identity.Caller, names ...string) {
	t.Helper()
	for _, name := range names {
		require.NoError(t, h.tables.AddColleague(t.Context(), who.Person,
			table.Colleague{ID: secret.ID(), Name: name}))
	}
}

func (h house) favourites(t testing.TB, who identity.Caller) []colleague.Favourite {
	t.Helper()
	in, err := h.finder.FavouritesIn(t.Context(), who)
	require.NoError(t, err)
	return in
}

func TestFavouritesWhoAreInAreFoundByTheNameThatOneKeepsHoweverItIsTyped_4_c_2(t *testing.T) {
	h := newHouse(t)
	ann, zoe, ben, chen := h.member(t, "Ann Example"), h.open(t, "Zoë Vis"), h.open(t, "Ben Example"),
		h.open(t, "Chen")
	h.likes(t, ann, "zoe  vis", "BEN EXAMPLE", "Nobody Here")
	require.Empty(t, h.favourites(t, ann), "nobody is in yet")
	for i, who := range []identity.Caller{zoe, ben, chen} {
		h.sits(t, who, h.Desks[i])
	}
	in := h.favourites(t, ann)
	require.Equal(t, []string{"Ben Example", "Zoë Vis"}, []string{in[0].Name, in[1].Name})
	require.Equal(t, colleague.Favourite{ID: ben.User, Name: "Ben Example", Today: []colleague.Presence{{
		Location: h.Location.ID, LocationName: "Head office", FloorName: "Third floor",
		Spot: h.Desks[1], SpotName: "3.01", From: "09:00", To: "17:00", Present: true}}}, in[0])
	require.Empty(t, h.favourites(t, zoe), "who keeps no names")
	h.db.Clock.Move(8 * time.Hour)
	require.Empty(t, h.favourites(t, ann), "what is over says where nobody is")
}

func TestAFavouriteWhoHidesNameOrPresenceIsNotShownToBeIn_7_shield(t *testing.T) {
	h := newHouse(t)
	ann, ben := h.member(t, "Ann Example"), h.open(t, "Ben Example")
	h.likes(t, ann, "Ben Example")
	h.sits(t, ben, h.Desks[0])
	require.Len(t, h.favourites(t, ann), 1)
	lag := &enginetest.Lag{}
	h.finder.Tables = h.db.Lagging(lag)
	lag.Freeze(true) // the index names him for a while
	for _, hidden := range []string{"4.a.1", "4.d.4"} {
		h.change(t, ben, changes{"7.shield": []string{hidden}})
		require.Empty(t, h.favourites(t, ann), hidden)
	}
}

func TestFavouritesAreOfOnesOwnAccountAndGuestsHaveNone_8_security(t *testing.T) {
	h := newHouse(t)
	other := houseIn(t, h.db)
	ann, stranger := h.member(t, "Ann Example"), other.open(t, "Ben Example")
	h.likes(t, ann, "Ben Example")
	other.sits(t, stranger, other.Desks[0])
	require.Empty(t, h.favourites(t, ann))
	ann.Role = identity.Guest
	h.finder.Tables = nil // nothing is read
	require.Empty(t, h.favourites(t, ann))
}

func TestSeeingFavouritesIsNoSearchAndReadsNobodyElse_5_transactions(t *testing.T) {
	h := newHouse(t)
	ann, ben := h.member(t, "Ann Example"), h.open(t, "Ben Example")
	h.likes(t, ann, "Ben Example")
	h.sits(t, ben, h.Desks[0])
	var meter enginetest.Meter
	h.finder.Tables = h.db.Metered(&meter)
	require.Len(t, h.favourites(t, ann), 1)
	calls := meter.Reset().Calls
	for i := range 3 {
		h.sits(t, h.open(t, "Somebody Else"), h.Desks[i+1])
	}
	require.Len(t, h.favourites(t, ann), 1)
	again := meter.Reset()
	require.Equal(t, calls, again.Calls)
	require.Zero(t, again.Write)
	_, err := h.db.Tables().SearchesOf(t.Context(), ann.Person, h.Location.ID, "2026-11-23")
	require.ErrorIs(t, err, table.ErrAbsent)
}
