package dayclose_test

import (
	"context"
	"io"
	"testing"
	"time"

	"github.com/guregu/dynamo/v2"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/dayclose"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake"
)

// A scene is an office on a day with people who have reserved.
type scene struct {
	db     *enginetest.Database
	tables *table.Tables
	office *enginetest.Office
	day    civil.Date
	ends   time.Time
	people []identity.Caller
}

// newScene is an office in a zone at 09:00 of a day, with people each of whom has checked in at a desk of theirs.
func newScene(t testing.TB, zone string, day civil.Date, people int) *scene {
	t.Helper()
	place, err := civil.LoadZone(zone)
	require.NoError(t, err)
	ends := day.End(place)
	db := enginetest.New(t, ends.Add(-15*time.Hour))
	s := &scene{db: db, tables: db.Tables(), office: db.NewOffice(t, zone, people+2), day: day, ends: ends}
	s.openFrom(t, day)
	for i := range people {
		who := s.office.Person(t)
		s.people = append(s.people, who)
		s.reserve(t, who, s.office.Desks[i], day, true)
	}
	return s
}

func (s *scene) openFrom(t testing.TB, day civil.Date) {
	t.Helper()
	s.db.Open(t, table.OpenDays{Location: s.office.Location.ID, Business: s.office.Business,
		Zone: s.office.Location.Zone, OpenFrom: day,
		Floors: []string{s.office.Floor}, Retired: map[string]civil.Date{}})
}

// reserve holds a desk for an hour that ends four hours before the day does, and checks in if asked to.
func (s *scene) reserve(t testing.TB, who identity.Caller, desk string, day civil.Date, checkIn bool) string {
	t.Helper()
	ends := day.End(s.office.Location.Zone)
	to := civil.QuarterOf(ends.Add(-4 * time.Hour))
	b := table.Booking{ID: secret.ID(), Person: who.Person, Place: s.office.Place(desk), Day: day, DayEnds: ends,
		Interval: civil.Interval{From: to - 4, To: to}, Workplace: true, State: table.Reserved,
		Guest: who.Role == identity.Guest}
	require.NoError(t, s.tables.Reserve(t.Context(), 50, nil, b))
	if checkIn {
		held := table.Holding{User: who.User, From: b.Interval.From, To: b.Interval.To, State: table.Reserved}
		require.NoError(t, s.tables.CheckIn(t.Context(), b.Place, day, b.ID, held, b.Interval.From.Time()))
	}
	return b.ID
}

func (s *scene) closer(tables *table.Tables) dayclose.Closer {
	return dayclose.Closer{Tables: tables, Now: s.db.Clock.Now, Metrics: io.Discard}
}

// step is one step at an instant after the day's end.
func (s *scene) step(t testing.TB, after time.Duration) {
	t.Helper()
	s.db.Clock.Set(s.ends.Add(after))
	require.NoError(t, s.closer(s.tables).Step(context.Background(), wake.Part{}))
}

func (s *scene) openDay(t testing.TB) civil.Date {
	t.Helper()
	open, err := s.tables.OpenLocations(t.Context())
	require.NoError(t, err)
	require.Len(t, open, 1)
	return open[0].OpenFrom
}

// figures are those of the scene's day, nil when there are none.
func (s *scene) figures(t testing.TB) *table.Figures {
	t.Helper()
	days, err := s.tables.FiguresBetween(t.Context(), s.office.Business, s.office.Location.ID, s.day, s.day)
	require.NoError(t, err)
	if len(days) == 0 {
		return nil
	}
	require.Len(t, days, 1)
	return &days[0].Figures
}

func (s *scene) agenda(t testing.TB) []dynamo.Item {
	t.Helper()
	return s.db.Dump(t, privacy.Agenda)
}
