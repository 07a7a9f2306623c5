package colleague_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/colleague"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

var monday = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) // 09:00 in Amsterdam

// album has one picture for everybody.
type album struct{}

func (album) Get(context.Context, identity.Person) ([]byte, error) { return []byte("picture"), nil }

// A house is an office with people in it.
type house struct {
	*enginetest.Office
	db     *enginetest.Database
	tables *table.Tables
	finder colleague.Finder
}

func newHouse(t testing.TB) house {
	t.Helper()
	return houseIn(t, enginetest.New(t, monday))
}

func houseIn(t testing.TB, db *enginetest.Database) house {
	t.Helper()
	office := db.NewOffice(t, "Europe/Amsterdam", 6)
	db.CustomerOf(t, office.Business, "Example B.V.")
	return house{office, db, db.Tables(), colleague.Finder{Tables: db.Tables(), Photos: album{},
		Keys: enginetest.Keys, Now: db.Clock.Now}}
}

type changes = map[privacy.Clause]any

// member registers somebody who chose nothing yet.
func (h house) member(t testing.TB, name string) identity.Caller {
	t.Helper()
	return h.Named(t, name)
}

func (h house) change(t testing.TB, who identity.Caller, what changes) {
	t.Helper()
	require.NoError(t, h.tables.ChangeUser(t.Context(), who.Person, what, false))
}

func (h house) search(t testing.TB, who identity.Caller, name string) colleague.Found {
	t.Helper()
	found, err := h.finder.Search(t.Context(), who, colleague.SearchInput{Name: name})
	require.NoError(t, err)
	return found
}

func (h house) names(t testing.TB, who identity.Caller, name string) []string {
	t.Helper()
	names := []string{}
	for _, c := range h.search(t, who, name).Colleagues {
		names = append(names, c.Name)
	}
	return names
}

func (h house) show(t testing.TB, who, whom identity.Caller) (colleague.Whereabouts, error) {
	t.Helper()
	return h.finder.Show(t.Context(), who, colleague.ColleagueInput{Colleague: whom.User})
}

// reserves reserves a desk for a part of the day, and gives the reservation's id.
func (h house) reserves(t testing.TB, who identity.Caller, desk string, from, to civil.ClockTime) string {
	t.Helper()
	made, err := bookingtest.New(h.tables, h.db.Clock.Now).Reserve(t.Context(), who,
		booking.ReserveInput{Spot: desk,
			Period: booking.Period{Date: civil.Date("2026-11-23"), From: from, To: to}, Key: secret.ID()})
	require.NoError(t, err)
	return made.Reservations[0].ID
}

// sits reserves a desk for the day and checks in.
func (h house) sits(t testing.TB, who identity.Caller, desk string) {
	t.Helper()
	_, err := presence.CheckIns{Tables: h.tables, Now: h.db.Clock.Now}.CheckIn(t.Context(), who,
		presence.OwnInput{Reservation: h.reserves(t, who, desk, "09:00", "17:00")})
	require.NoError(t, err)
}

func members(t testing.TB, answer any) map[string]any {
	t.Helper()
	text, err := json.Marshal(answer)
	require.NoError(t, err)
	var found map[string]any
	require.NoError(t, json.Unmarshal(text, &found))
	return found
}

func requireUnknown(t testing.TB, err error) {
	t.Helper()
	var p *problem.Error
	require.ErrorAs(t, err, &p)
	require.Equal(t, problem.Unknown(), p)
}

// A hideable item has a value, and a member of the answer that shows it.
type hideable struct {
	item   privacy.Clause
	value  any
	member string
}

// all are the items that can be hidden, but for the name and where somebody is.
func all() []hideable {
	items := []hideable{{"4.b.6", "photo-1", "photo"}, {"4.a.2", "ben@example.com", "email"},
		{"4.d.1", nil, "customer"}}
	for _, item := range privacy.OptionalItems {
		items = append(items, hideable{item.Clause, item.Example, item.Name})
	}
	return items
}

// complete gives all items a value.
func (h house) complete(t testing.TB, who identity.Caller) {
	t.Helper()
	for _, one := range all() {
		if one.value != nil {
			h.change(t, who, changes{one.item: one.value})
		}
	}
}

// allBut hides every item but these.
func allBut(shown ...string) []string {
	var everything []string
	for _, clause := range privacy.Hideable() {
		everything = append(everything, string(clause))
	}
	return slices.DeleteFunc(everything, func(item string) bool { return slices.Contains(shown, item) })
}
