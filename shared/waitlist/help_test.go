package waitlist_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/waitlist"
)

const today = civil.Date("2026-11-23")

// scene is an office at 08:00 of a Monday in Amsterdam, with one desk that somebody has from 09:00 to 12:00.
type scene struct {
	*enginetest.Office
	db    *enginetest.Database
	post  *mailtest.Recorder
	line  waitlist.Waitlist
	desks bookingtest.Bookings
	host  identity.Caller // who has the desk
	held  string          // their reservation
}

func fully(t *testing.T, change ...func(*table.Location)) *scene {
	t.Helper()
	db := enginetest.New(t, time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC))
	s := &scene{Office: db.NewOffice(t, "Europe/Amsterdam", 1, change...), db: db, post: &mailtest.Recorder{}}
	s.line = waitlist.Waitlist{Tables: db.Tables(), Now: db.Clock.Now, Controller: controllertest.Example}
	s.desks = bookingtest.New(db.Tables(), db.Clock.Now)
	s.host = s.somebody(t, "host")
	made, err := s.reserve(t, s.host)
	require.NoError(t, err)
	s.held = made
	return s
}

// somebody is registered under an address with that name, and has agreed to the statement in force.
func (s *scene) somebody(t *testing.T, name string) identity.Caller {
	t.Helper()
	who := s.Person(t)
	s.db.Put(t, privacy.Directory, table.PersonPartition(who.Person), "user", map[string]any{"business": s.Business,
		"name": name, "email": name + "@customer.example", "language": "en",
		"consent_version": privacy.StatementVersion})
	return who
}

func (s *scene) reserve(t *testing.T, who identity.Caller) (string, error) {
	t.Helper()
	made, err := s.desks.Reserve(t.Context(), who, booking.ReserveInput{Spot: s.Desks[0],
		Period: booking.Period{Date: today, From: "09:00", To: "12:00"}, Key: secret.ID()})
	if err != nil {
		return "", err
	}
	return made.Reservations[0].ID, nil
}

// waits lines somebody up for a desk, a second later than whoever did before.
func (s *scene) waits(t *testing.T, who identity.Caller) waitlist.Place {
	t.Helper()
	s.db.Clock.Move(time.Second)
	place, err := s.line.LineUp(t.Context(), who, s.wanting())
	require.NoError(t, err)
	return place
}

func (s *scene) wanting() waitlist.LineUpInput {
	return waitlist.LineUpInput{Floor: s.Floor, Type: "desk", Date: today, From: "09:00", To: "12:00"}
}

func (s *scene) cancels(t *testing.T, who identity.Caller, reservation string) {
	t.Helper()
	_, err := s.desks.Cancel(t.Context(), who, booking.OwnInput{Reservation: reservation})
	require.NoError(t, err)
}

func (s *scene) offers(tables *table.Tables) waitlist.Offers {
	return waitlist.Offers{Tables: tables, Mail: s.post, Now: s.db.Clock.Now, PublicURL: "https://api.example"}
}

// round is a minute's.
func (s *scene) round(t *testing.T) {
	t.Helper()
	s.db.Clock.Move(time.Minute)
	require.NoError(t, s.offers(s.db.Tables()).Round(t.Context()))
}

// has is what somebody has reserved or is offered; nothing where its id is "".
func (s *scene) has(t *testing.T, who identity.Caller) booking.Reservation {
	t.Helper()
	agenda, err := s.desks.Agenda(t.Context(), who, booking.AgendaInput{From: today, To: today})
	require.NoError(t, err)
	if len(agenda.Reservations) == 0 {
		return booking.Reservation{}
	}
	return agenda.Reservations[0]
}

func (s *scene) takes(t *testing.T, who identity.Caller) error {
	t.Helper()
	_, err := s.line.Take(t.Context(), who, waitlist.TakeInput{Reservation: s.has(t, who).ID})
	return err
}

func (s *scene) waiting(t *testing.T, who identity.Caller) []waitlist.Place {
	t.Helper()
	line, err := s.line.Show(t.Context(), who, struct{}{})
	require.NoError(t, err)
	return line.Waiting
}

func (s *scene) link(t *testing.T, name string) string {
	t.Helper()
	return strings.TrimPrefix(s.post.Last(t, name+"@customer.example").Do.URL, "https://api.example/offers/")
}

func kind(t *testing.T, err error, want problem.Kind) *problem.Error {
	t.Helper()
	var p *problem.Error
	require.True(t, errors.As(err, &p), "%v", err)
	require.Equal(t, want, p.Kind, "%v", err)
	return p
}

// room reserves the room for somebody, which counts.
func (s *scene) room(t *testing.T, who identity.Caller) {
	t.Helper()
	_, err := s.desks.Reserve(t.Context(), who, booking.ReserveInput{Spot: s.Room,
		Period: booking.Period{Date: today, From: "14:00", To: "15:00"}, Key: secret.ID()})
	require.NoError(t, err)
}
