package building_test

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/dayclose"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/usage"
	"github.com/iotspot/iotspot/shared/wake"
)

func (o *office) closeDays(t *testing.T) {
	t.Helper()
	require.NoError(t, dayclose.Closer{Tables: o.tables, Now: o.db.Clock.Now, Metrics: io.Discard}.Step(t.Context(),
		wake.Part{}))
}

func (o *office) move(t *testing.T, location, zone string) {
	t.Helper()
	_, err := o.b.ChangeLocation(t.Context(), o.manager,
		building.ChangeLocation{Location: location, Given: building.Given{TimeZone: to(zone)}})
	require.NoError(t, err)
}

// sit is somebody who walked up to a spot for an hour, as it is on the date of a zone, and searched there.
func (o *office) sit(t *testing.T, spot building.Spot, zone string, hours int) identity.Person {
	t.Helper()
	place, err := civil.LoadZone(zone)
	require.NoError(t, err)
	p, at := o.person(), o.db.Clock.Now().Truncate(15*time.Minute)
	day := civil.DateOf(at, place)
	from := civil.QuarterOf(at)
	require.NoError(t, o.tables.Reserve(t.Context(), 20, nil, table.Booking{ID: key(), Person: p,
		Place: table.Place{Business: p.Business, Location: spot.Location, Floor: spot.Floor, Spot: spot.ID},
		Day:   day, DayEnds: day.End(place), Interval: civil.Interval{From: from, To: from + civil.Quarter(4*hours)},
		Workplace: true, State: table.Reserved}))
	require.NoError(t, o.tables.CountSearch(t.Context(), p, spot.Location, day, day.End(place), table.SpotSearch))
	return p
}

func (o *office) openFrom(t *testing.T, location string) civil.Date {
	t.Helper()
	open, err := o.tables.OpenDaysOf(t.Context(), location)
	require.NoError(t, err)
	return open.OpenFrom
}

// 4.d.4, 5.transactions
func TestADayThatIsNotOverInTheNewZoneIsOpenAgain(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	spot := o.spot(o.floor(location.ID, "Third").ID, "3.1")
	o.db.Clock.Set(time.Date(2026, 11, 23, 23, 30, 0, 0, time.UTC)) // 00:30 of the 24th in Amsterdam
	o.closeDays(t)
	require.Equal(t, civil.Date("2026-11-24"), o.openFrom(t, location.ID))

	o.move(t, location.ID, "America/New_York")
	o.db.Clock.Move(2 * time.Minute)
	o.sit(t, spot, "America/New_York", 1)
	require.Equal(t, civil.Date("2026-11-23"), o.openFrom(t, location.ID))
	o.closeDays(t)
	require.Len(t, o.db.Dump(t, privacy.Agenda), 3, "who sits there now is left alone")
	o.db.Clock.Set(time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC)) // midnight in New York
	o.closeDays(t)
	require.Empty(t, o.db.Dump(t, privacy.Agenda))
}

// 4.d.4, 5.transactions
func TestWhatADayOfTheEarlierZoneHeldIsGoneBeforeEitherDeadline(t *testing.T) {
	for _, zone := range []string{"America/New_York", "Asia/Tokyo"} {
		o := newOffice(t)
		location := o.location("Head office")
		floor := o.floor(location.ID, "Third")
		spot := o.spot(floor.ID, "3.1")
		o.sit(t, spot, "Europe/Amsterdam", 1)
		o.db.Clock.Set(time.Date(2026, 11, 23, 14, 50, 0, 0, time.UTC)) // 15:50, and 23:50 in Tokyo
		o.move(t, location.ID, zone)
		require.Len(t, o.db.Dump(t, privacy.Agenda), 3, "the history of the day")
		here := o.sit(t, o.spot(floor.ID, "3.2"), zone, 1)
		o.closeDays(t)
		require.Len(t, o.db.Dump(t, privacy.Agenda), 3, zone)
		_, err := o.tables.SearchesOf(t.Context(), here, location.ID, o.openFrom(t, location.ID))
		require.NoError(t, err, "what is of the new zone stays")
	}
}

// 4.d.4, 5.transactions
func TestAWriteThatWasInFlightWhenTheZoneChangedIsRemovedThoughItsDayIsOver(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	spot := o.spot(o.floor(location.ID, "Third").ID, "3.1")
	o.db.Clock.Set(time.Date(2026, 11, 23, 17, 5, 0, 0, time.UTC)) // 18:05, and 02:05 of the 24th in Tokyo
	o.move(t, location.ID, "Asia/Tokyo")
	o.closeDays(t)
	require.Equal(t, civil.Date("2026-11-23"), o.openFrom(t, location.ID), "not closed for good yet")

	o.db.Clock.Move(20 * time.Second)
	o.sit(t, spot, "Europe/Amsterdam", 1)
	closer := dayclose.Closer{Tables: o.tables, Now: o.db.Clock.Now, Metrics: io.Discard}
	coming, err := closer.Look(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, coming, "another step follows within seconds")
	require.Empty(t, o.db.Dump(t, privacy.Agenda))
	o.db.Clock.Move(20 * time.Second)
	o.closeDays(t)
	require.Equal(t, civil.Date("2026-11-24"), o.openFrom(t, location.ID))
	o.db.Clock.Move(20 * time.Second)
	coming, err = closer.Look(t.Context())
	require.NoError(t, err)
	require.Empty(t, coming)
}

// 7.erase, 7.overview
func TestSearchesAtALocationThatWasRemovedTodayAreForgottenAndClosed(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	searched := func() identity.Person {
		p := o.person()
		ends := time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC)
		require.NoError(t, o.tables.CountSearch(t.Context(), p, location.ID, "2026-11-23", ends, table.SpotSearch))
		return p
	}
	erased := searched()
	searched()
	_, err := o.b.RemoveLocation(t.Context(), o.manager, building.RemoveLocation{Location: location.ID})
	require.NoError(t, err)
	require.NoError(t, o.b.Round(t.Context()))

	require.NoError(t, usage.Counter{Tables: o.tables, Now: o.db.Clock.Now}.Forget(t.Context(), erased))
	require.Len(t, o.db.Dump(t, privacy.Agenda), 1)
	o.db.Clock.Set(time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC))
	o.closeDays(t)
	require.Empty(t, o.db.Dump(t, privacy.Agenda))
}
