package guests_test

import (
	"context"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/guests"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake/waketest"
)

const (
	address = "Gus.Visitor@elsewhere.example"
	gusName = "Gus Visitor"
	member  = "noor@customer.example"
)

// sunday is the day before the first permitted one, at noon in Amsterdam.
var sunday = time.Date(2026, 11, 22, 11, 0, 0, 0, time.UTC)

// scene is an office where Noor invites Gus for Monday and Tuesday.
type scene struct {
	*enginetest.Office
	db     *enginetest.Database
	tables *table.Tables
	post   *mailtest.Recorder
	desk   guests.Invitations
	gate   bearer.Callers
	noor   identity.Caller
	told   []events.ErasureRequested
	calls  waketest.Calls
}

func begin(t *testing.T) *scene {
	t.Helper()
	db := enginetest.New(t, sunday)
	s := &scene{Office: db.NewOffice(t, "Europe/Amsterdam", 3), db: db, tables: db.Tables(),
		post: &mailtest.Recorder{}}
	db.CustomerOf(t, s.Business, "Customer B.V.", "customer.example")
	db.Put(t, privacy.Directory, "b#"+s.Business, "account",
		map[string]any{"legal_name": "Customer B.V.", "users": 1, "domains": []string{"customer.example"}})
	s.noor = s.Person(t)
	db.Put(t, privacy.Directory, table.PersonPartition(s.noor.Person), "user",
		map[string]any{"business": s.Business, "role": "user",
			"name": "Noor Jansen", "email": member, "language": "en"})
	s.desk = guests.Invitations{Tables: s.tables, Mail: s.post, Leave: s.counter(), Keys: enginetest.Keys,
		Now: db.Clock.Now}
	s.gate = bearer.Callers{Tables: s.tables, Now: db.Clock.Now}
	return s
}

// named gives the location and the customer other names.
func (s *scene) named(t *testing.T, location, customer string) {
	t.Helper()
	s.db.Put(t, privacy.Directory, "b#"+s.Business, "location#"+s.Location.ID,
		map[string]any{"name": location, "address": s.Location.Address, "zone": s.Location.Zone})
	s.db.Put(t, privacy.Directory, "b#"+s.Business, "account",
		map[string]any{"legal_name": customer, "domains": []string{"customer.example"}})
}

// Publish makes the scene the bus.
func (s *scene) Publish(_ context.Context, _ string, detail any) error {
	s.told = append(s.told, detail.(events.ErasureRequested))
	return nil
}

func (s *scene) counter() erasure.Requests {
	return erasure.Requests{Tables: s.tables, Bus: s, Bell: &s.calls, Keys: enginetest.Keys, Now: s.db.Clock.Now}
}

// complete lets the schedule finish every erasure.
func (s *scene) complete(t *testing.T) {
	t.Helper()
	worker := erasure.Worker{Tables: s.tables, Mail: s.post, Photos: noPhotos{}, Received: noMails{},
		Keys: enginetest.Keys, Now: s.db.Clock.Now}
	for range 2 {
		require.NoError(t, worker.Step(t.Context()))
		s.db.Clock.Move(erasure.Settle)
	}
	jobs, err := s.tables.Erasures(t.Context())
	require.NoError(t, err)
	require.Empty(t, jobs)
}

type noPhotos struct{}

func (noPhotos) Remove(context.Context, identity.Person) error { return nil }

type noMails struct{}

func (noMails) Forget(context.Context, string) error { return nil }

func (s *scene) input() guests.InviteInput {
	return guests.InviteInput{Name: gusName, Email: address, Language: "en", Location: s.Location.ID,
		First: "2026-11-23", Last: "2026-11-24", Key: "inviting-gus"}
}

var passes = regexp.MustCompile(`\bg[a-z2-7]{64}\b`)

func (s *scene) lastPass(t *testing.T) string {
	t.Helper()
	pass := passes.FindString(mailtest.Read(t, s.post.Last(t, address)).Text)
	require.NotEmpty(t, pass, "the mail holds the pass")
	return pass
}

func (s *scene) invite(t *testing.T) (guests.Guest, string) {
	t.Helper()
	guest, err := s.desk.Invite(t.Context(), s.noor, s.input())
	require.NoError(t, err)
	return guest, s.lastPass(t)
}

// monday is nine o'clock on the first permitted day.
func (s *scene) monday() { s.db.Clock.Set(time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)) }

func (s *scene) resolve(t *testing.T, pass string) identity.Caller {
	t.Helper()
	caller, err := bearertest.Caller(t.Context(), s.gate, pass)
	require.NoError(t, err)
	return caller
}

// gus is the guest in the office on Monday, who has consented.
func (s *scene) gus(t *testing.T) (guests.Guest, string, identity.Caller) {
	t.Helper()
	guest, pass := s.invite(t)
	s.monday()
	caller := s.resolve(t, pass)
	settings := account.Settings{Tables: s.tables, Now: s.db.Clock.Now, Statement: privacy.StatementVersion}
	_, err := settings.Consent(t.Context(), caller, account.ConsentInput{Version: privacy.StatementVersion,
		Agreed: true, Language: "en"})
	require.NoError(t, err)
	caller = s.resolve(t, pass)
	require.Equal(t, privacy.StatementVersion, caller.Consent)
	return guest, pass, caller
}

func (s *scene) booking() bookingtest.Bookings {
	return bookingtest.New(s.tables, s.db.Clock.Now)
}
func (s *scene) door() presence.CheckIns {
	return presence.CheckIns{Tables: s.tables, Now: s.db.Clock.Now}
}

func (s *scene) reserve(t *testing.T, who identity.Caller, spot string, day civil.Date, from,
	to civil.ClockTime) (booking.Reservations, error) {
	t.Helper()
	return s.booking().Reserve(t.Context(), who, booking.ReserveInput{Spot: spot, Key: secret.ID(),
		Period: booking.Period{Date: day, From: from, To: to}})
}

func (s *scene) view(t *testing.T, who identity.Caller) overview.Overview {
	t.Helper()
	seen, err := overview.Overviews{Tables: s.tables, Bus: s, Received: mailtest.Inbox{}, Keys: enginetest.Keys,
		Now: s.db.Clock.Now}.View(t.Context(), who, struct{}{})
	require.NoError(t, err)
	return seen
}

func values(o overview.Overview, clause privacy.Clause) []overview.Value {
	for _, section := range o.Kinds {
		if section.Clause == clause {
			return section.Values
		}
	}
	return nil
}

func requireKind(t *testing.T, kind problem.Kind, err error) {
	t.Helper()
	var known *problem.Error
	require.ErrorAs(t, err, &known)
	require.Equal(t, kind, known.Kind)
}
