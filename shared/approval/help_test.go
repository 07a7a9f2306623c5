package approval_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/approval"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

const (
	today    = civil.Date("2026-11-23") // a Monday
	tomorrow = civil.Date("2026-11-24")
)

// scene is an office at 08:00 of a Monday in Amsterdam with two desks, of which the first needs the approval of a group
// with two members.
type scene struct {
	*enginetest.Office
	db       *enginetest.Database
	post     *mailtest.Recorder
	desks    bookingtest.Bookings
	decider  approval.Approvals
	group    string
	ann      identity.Caller // who asks
	iris, jo identity.Caller // who decide
}

func asking(t *testing.T, change ...func(*table.Location)) *scene {
	t.Helper()
	db := enginetest.New(t, time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC))
	s := &scene{db: db, post: &mailtest.Recorder{}, group: secret.ID()}
	s.Office = db.NewOffice(t, "Europe/Amsterdam", 2, change...)
	db.Open(t, table.OpenDays{Business: s.Business, Location: s.Location.ID, Zone: s.Location.Zone})
	s.desks = bookingtest.New(db.Tables(), db.Clock.Now)
	s.decider = approval.Approvals{Tables: db.Tables(), Now: db.Clock.Now, Controller: controllertest.Example}
	require.NoError(t, db.Tables().NameGroup(t.Context(), s.Business, s.group, "Facilities"))
	s.ann, s.iris, s.jo = s.somebody(t, "ann"), s.somebody(t, "iris"), s.somebody(t, "jo")
	s.joins(t, s.iris)
	s.joins(t, s.jo)
	s.says(t, rules.Approval{Floor: s.Floor, Spot: s.Desks[0], Group: s.group})
	return s
}

// says replaces what needs approval.
func (s *scene) says(t *testing.T, approvals ...rules.Approval) {
	t.Helper()
	at, err := s.db.Tables().LocationNow(t.Context(), s.Business, s.Location.ID)
	require.NoError(t, err)
	at.Rules.Approvals = approvals
	days := table.OpenDays{Zone: at.Zone}
	require.NoError(t, s.db.Tables().UpdateLocation(t.Context(), s.Business, at, days, days))
}

func (s *scene) joins(t *testing.T, who identity.Caller) {
	t.Helper()
	require.NoError(t, s.db.Tables().JoinGroup(t.Context(), who.Person, s.group, today))
}

// somebody is registered under an address with that name, and has agreed to the statement in force.
func (s *scene) somebody(t *testing.T, name string, more ...map[string]any) identity.Caller {
	t.Helper()
	who := s.Person(t)
	user := map[string]any{"business": s.Business, "member_of": table.MemberOf(who.Person), "name": name,
		"email": name + "@customer.example", "language": "en", "role": identity.User,
		"consent_version": privacy.StatementVersion}
	for _, m := range more {
		for key, value := range m {
			user[key] = value
		}
	}
	s.db.Put(t, privacy.Directory, table.PersonPartition(who.Person), "user", user)
	return who
}

func (s *scene) administrator(t *testing.T, name string) identity.Caller {
	t.Helper()
	who := s.somebody(t, name, map[string]any{"role": identity.Administrator})
	who.Role = identity.Administrator
	return who
}

func (s *scene) reserve(t *testing.T, who identity.Caller, in booking.ReserveInput) (booking.Reservation, error) {
	t.Helper()
	if in.Spot == "" {
		in.Spot = s.Desks[0]
	}
	if in.Key == "" {
		in.Key = secret.ID()
	}
	if in.Date == "" {
		in.Period = booking.Period{Date: tomorrow, From: "12:00", To: "17:00"}
	}
	made, err := s.desks.Reserve(t.Context(), who, in)
	if err != nil {
		return booking.Reservation{}, err
	}
	return made.Reservations[0], nil
}

// asks asks for the desk, tomorrow afternoon.
func (s *scene) asks(t *testing.T, who identity.Caller) booking.Reservation {
	t.Helper()
	made, err := s.reserve(t, who, booking.ReserveInput{})
	require.NoError(t, err)
	require.Equal(t, table.Asked, made.State)
	return made
}

func (s *scene) mails(tables *table.Tables) approval.Mails {
	return approval.Mails{Tables: tables, Mail: s.post, Now: s.db.Clock.Now, PublicURL: "https://api.example"}
}

// round is a minute's.
func (s *scene) round(t *testing.T) {
	t.Helper()
	s.db.Clock.Move(time.Minute)
	require.NoError(t, s.mails(s.db.Tables()).Round(t.Context()))
}

// has is somebody's first reservation from today on; nothing where its id is "".
func (s *scene) has(t *testing.T, who identity.Caller) booking.Reservation {
	t.Helper()
	agenda, err := s.desks.Agenda(t.Context(), who, booking.AgendaInput{From: today, To: today.AddDays(90)})
	require.NoError(t, err)
	if len(agenda.Reservations) == 0 {
		return booking.Reservation{}
	}
	return agenda.Reservations[0]
}

func (s *scene) sees(t *testing.T, who identity.Caller) []approval.Request {
	t.Helper()
	list, err := s.decider.List(t.Context(), who, struct{}{})
	require.NoError(t, err)
	return list.Requests
}

func (s *scene) decides(t *testing.T, who identity.Caller, request string, as table.Decision) error {
	t.Helper()
	_, err := s.decider.Decide(t.Context(), who, approval.DecideInput{Request: request, Decision: as})
	return err
}

func (s *scene) link(t *testing.T, name string) string {
	t.Helper()
	return strings.TrimPrefix(s.post.Last(t, name+"@customer.example").Do.URL, "https://api.example/decisions/")
}

// sheet is the desk's tomorrow.
func (s *scene) sheet(t *testing.T) table.SpotSheet {
	t.Helper()
	sheet, err := s.db.Tables().SpotSheetNow(t.Context(), s.Place(s.Desks[0]), tomorrow)
	require.NoError(t, err)
	return sheet
}

func kind(t *testing.T, err error, want problem.Kind) *problem.Error {
	t.Helper()
	var p *problem.Error
	require.True(t, errors.As(err, &p), "%v", err)
	require.Equal(t, want, p.Kind, "%v", err)
	return p
}
