package usage_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/usage"
)

// sunday is 23:30 in Amsterdam.
var sunday = time.Date(2026, 11, 22, 22, 30, 0, 0, time.UTC)

type fixture struct {
	*enginetest.Office
	db     *enginetest.Database
	tables *table.Tables
}

func newFixture(t *testing.T) fixture {
	t.Helper()
	db := enginetest.New(t, sunday)
	return fixture{db.NewOffice(t, "Europe/Amsterdam", 2), db, db.Tables()}
}

func (f fixture) look(t *testing.T, tables *table.Tables, who identity.Caller, date civil.Date) error {
	t.Helper()
	_, err := bookingtest.New(tables, f.db.Clock.Now).Availability(t.Context(), who,
		booking.AvailabilityInput{Floor: f.Floor, Date: date})
	return err
}

func TestASearchForSpotsIsCountedOnTheDayOfSearchingAndWhatWasSearchedIsNotKept_5_transactions(t *testing.T) {
	f := newFixture(t)
	who := f.Person(t)
	require.NoError(t, f.look(t, f.tables, who, "2026-12-01"))
	require.NoError(t, f.look(t, f.tables, who, "2026-12-02"))
	found, err := f.tables.SearchesOf(t.Context(), who.Person, f.Location.ID, "2026-11-22")
	require.NoError(t, err)
	require.Equal(t, table.Searches{User: who.User, Spots: 2, DayEnds: sunday.Add(30 * time.Minute).Unix()}, found)
	kept := f.db.Dump(t, privacy.Agenda)
	require.Len(t, kept, 1, "one number a person, location and day")
	require.Equal(t, "2", enginetest.Plain(kept[0])["spots"])
	require.NotContains(t, enginetest.Plain(kept[0])["pk"], "2026-12", "the day is that of searching")

	f.db.Clock.Move(time.Hour)
	_, err = f.tables.SearchesOf(t.Context(), who.Person, f.Location.ID, "2026-11-22")
	require.ErrorIs(t, err, table.ErrAbsent, "the day is over")
	require.NoError(t, f.look(t, f.tables, who, "2026-12-01"))
	found, err = f.tables.SearchesOf(t.Context(), who.Person, f.Location.ID, "2026-11-23")
	require.NoError(t, err)
	require.Equal(t, 1, found.Spots)
}

func TestWhoObjectsToItOrToItsPurposeIsNotCountedFromThatMomentOn_7_object(t *testing.T) {
	f := newFixture(t)
	for _, word := range usage.Objections {
		who := f.Person(t)
		require.NoError(t, f.tables.ChangeUser(t.Context(), who.Person,
			map[privacy.Clause]any{"7.object": []string{word}}, false))
		require.NoError(t, f.look(t, f.tables, who, "2026-12-01"))
		_, err := f.tables.SearchesOf(t.Context(), who.Person, f.Location.ID, "2026-11-22")
		require.ErrorIs(t, err, table.ErrAbsent, word)
	}
}

func TestASearchOfSomebodyWhoWasErasedMeanwhileLeavesNothing_7_erase(t *testing.T) {
	f := newFixture(t)
	gone := identity.Caller{Person: identity.Person{Business: f.Business, User: "nobody"}}
	require.NoError(t, f.look(t, f.tables, gone, "2026-12-01"))
	require.Empty(t, f.db.Dump(t, privacy.Agenda))
}

func TestASearchThatCanNotBeCountedIsAnsweredAllTheSame_5_transactions(t *testing.T) {
	f := newFixture(t)
	whole := &enginetest.Faults{}
	require.NoError(t, f.look(t, f.db.Faulty(whole), f.Person(t), "2026-12-01"))
	require.ElementsMatch(t, []string{"Query", "GetItem", "GetItem", "Query", "UpdateItem"}, whole.Calls(),
		"where the floor is, its plan and its sheets; whether to count, and the count")
	for at := range whole.Calls() {
		fault := &enginetest.Faults{At: at + 1}
		err := f.look(t, f.db.Faulty(fault), f.Person(t), "2026-12-01")
		switch fault.Calls()[at] {
		case "Query":
			require.Error(t, err, "where the floor is and its sheets are needed")
		case "UpdateItem":
			require.NoError(t, err, "the count is not")
		}
	}
}
