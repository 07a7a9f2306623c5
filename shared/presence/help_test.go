package presence_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

const (
	today = civil.Date("2026-11-23")
	desk  = "desk-1" // the sensor of the first desk
)

// at is a clock time of today in Amsterdam, in winter one hour ahead of UTC.
func at(clock string) time.Time {
	t, err := time.Parse("15:04", clock)
	if err == nil {
		return time.Date(2026, 11, 23, t.Hour(), t.Minute(), 0, 0, time.UTC).Add(-time.Hour)
	}
	t, err = time.Parse("15:04:05", clock)
	if err != nil {
		panic(err)
	}
	return time.Date(2026, 11, 23, t.Hour(), t.Minute(), t.Second(), 0, time.UTC).Add(-time.Hour)
}

// quarantine is a queue that keeps what is put aside.
type quarantine struct {
	mu    sync.Mutex
	notes []events.Quarantined
}

func (a *quarantine) Put(_ context.Context, note events.Quarantined) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.notes = append(a.notes, note)
	return nil
}

// scene is an office at 08:30 of a Monday, with a sensor on its first desk.
type scene struct {
	*enginetest.Office
	db         *enginetest.Database
	quarantine *quarantine
	listener   presence.Listener
	outcomes   []presence.Outcome
	watch      presence.Watch
	counts     map[string]int
	door       presence.CheckIns
	meter      *enginetest.Meter
}

func morning(t testing.TB, change ...func(*table.Location)) *scene {
	db := enginetest.New(t, at("08:30"))
	s := &scene{Office: db.NewOffice(t, "Europe/Amsterdam", 3, change...), db: db, quarantine: &quarantine{},
		counts: map[string]int{}, meter: &enginetest.Meter{}}
	s.Tie(t, s.Desks[0], desk, "own")
	s.Open(t, today)
	s.use(db.Metered(s.meter))
	return s
}

func (s *scene) use(tables *table.Tables) {
	s.listener = presence.Listener{Tables: tables, Quarantine: s.quarantine, Now: s.db.Clock.Now,
		Report: func(o presence.Outcome) {
			s.outcomes = append(s.outcomes, o)
		}}
	var mu sync.Mutex
	s.watch = presence.Watch{Tables: tables, Now: s.db.Clock.Now,
		Report: func(counts map[string]int) {
			mu.Lock()
			defer mu.Unlock()
			for name, n := range counts {
				s.counts[name] += n
			}
		}}
	s.door = presence.CheckIns{Tables: tables, Now: s.db.Clock.Now}
}

func (s *scene) clock(clock string) { s.db.Clock.Set(at(clock)) }

// reserve holds the first desk for somebody.
func (s *scene) reserve(t testing.TB, who identity.Caller, from, to civil.ClockTime) string {
	t.Helper()
	d := bookingtest.New(s.db.Tables(), s.db.Clock.Now)
	made, err := d.Reserve(t.Context(), who, booking.ReserveInput{Spot: s.Desks[0],
		Period: booking.Period{Date: today, From: from, To: to}, Key: secret.ID()})
	require.NoError(t, err)
	return made.Reservations[0].ID
}

func message(topic, payload string, received time.Time) []byte {
	body, err := json.Marshal(events.Delivery{Topic: topic, Received: received.UnixMilli(), Payload: []byte(payload)})
	if err != nil {
		panic(err)
	}
	return body
}

// says is a message of the first desk's sensor, dated by a clock time of today.
func says(occupied bool, clock string, seq int) []byte {
	return message("iotspot/"+desk+"/reading",
		fmt.Sprintf(`{"occupied":%t,"at":%q,"seq":%d}`, occupied, at(clock).Format(time.RFC3339), seq), at(clock))
}

// hears gives a message to the listener and tells what became of it.
func (s *scene) hears(t testing.TB, body []byte) presence.Outcome {
	t.Helper()
	require.NoError(t, s.listener.Take(t.Context(), body, false))
	return s.outcomes[len(s.outcomes)-1]
}

// sensed sets the clock to the message's time and hears it.
func (s *scene) sensed(t testing.TB, occupied bool, clock string, seq int) presence.Outcome {
	t.Helper()
	s.clock(clock)
	return s.hears(t, says(occupied, clock, seq))
}

func (s *scene) sheet(t testing.TB) table.SpotSheet {
	t.Helper()
	sheet, err := s.db.Tables().SpotSheetNow(t.Context(), s.Place(s.Desks[0]), today)
	require.NoError(t, err)
	return sheet
}

// dropSheet removes the first desk's day as a whole.
func (s *scene) dropSheet(t testing.TB) {
	t.Helper()
	at := s.Place(s.Desks[0])
	s.db.Delete(t, privacy.Agenda, fmt.Sprintf("%s#%s#%s#%s", at.Business, at.Location, at.Floor, today),
		privacy.SpotSheet.SortPrefix+at.Spot)
}

func (s *scene) holding(t testing.TB, id string) table.Holding {
	t.Helper()
	parsed, err := table.ParseReservationID(id)
	require.NoError(t, err)
	held, there := s.sheet(t).Holdings[parsed.Key]
	require.True(t, there)
	return held
}

func (s *scene) state(t testing.TB, id string) table.State {
	t.Helper()
	return s.holding(t, id).State
}

func (s *scene) round(t testing.TB, clock string) {
	t.Helper()
	s.clock(clock)
	require.NoError(t, s.watch.Round(t.Context()))
}

func (s *scene) dump(t testing.TB) string {
	t.Helper()
	text, err := json.Marshal(s.db.Dump(t, privacy.Agenda))
	require.NoError(t, err)
	return string(text)
}

func kind(t testing.TB, err error, want problem.Kind) *problem.Error {
	t.Helper()
	var p *problem.Error
	require.ErrorAs(t, err, &p)
	require.Equal(t, want, p.Kind, "%+v", p)
	return p
}
