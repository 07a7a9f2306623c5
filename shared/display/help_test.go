package display_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/display"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

const today = civil.Date("2026-11-23")

// at is a clock time of today in Amsterdam, in winter one hour ahead of UTC.
func at(clock string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", string(today)+" "+clock)
	if err != nil {
		panic(err)
	}
	return t.Add(-time.Hour)
}

// scene is an office on a Monday morning, with a display at the door of its room.
type scene struct {
	*enginetest.Office
	db    *enginetest.Database
	walls display.Displays
	admin identity.Caller
	door  identity.Caller
}

func morning(t testing.TB, change ...func(*table.Location)) *scene {
	t.Helper()
	db := enginetest.New(t, at("08:00"))
	s := &scene{Office: db.NewOffice(t, "Europe/Amsterdam", 2, change...), db: db}
	s.walls = display.Displays{Tables: db.Tables(), Keys: enginetest.Keys, Now: db.Clock.Now}
	s.admin = s.Person(t)
	s.admin.Role = identity.Administrator
	s.door = s.caller(t, s.hangs(t, s.Room))
	return s
}

func (s *scene) clock(clock string) { s.db.Clock.Set(at(clock)) }

func (s *scene) begins(t testing.TB) display.Begun {
	t.Helper()
	begun, err := s.walls.Begin(t.Context(), identity.Caller{IP: "192.0.2.7"}, struct{}{})
	require.NoError(t, err)
	return begun
}

// hangs pairs a display with a spot, and gives its token.
func (s *scene) hangs(t testing.TB, spot string) string {
	t.Helper()
	begun := s.begins(t)
	_, err := s.walls.PairAtSpot(t.Context(), s.admin, display.SpotInput{Spot: spot, Code: begun.Code})
	require.NoError(t, err)
	return s.token(t, begun)
}

func (s *scene) token(t testing.TB, begun display.Begun) string {
	t.Helper()
	opened, err := s.walls.Paired(t.Context(), identity.Caller{}, display.PairedInput{Code: begun.Code,
		Secret: begun.Secret})
	require.NoError(t, err)
	require.NotEmpty(t, opened.Token)
	return opened.Token
}

func (s *scene) opens(t testing.TB, token string) (identity.Caller, error) {
	t.Helper()
	claim, err := bearer.Callers{Tables: s.db.Tables(), Now: s.db.Clock.Now}.Claim(token, identity.Displays...)
	if err != nil {
		return identity.Caller{}, err
	}
	return claim.Prove(t.Context())
}

func (s *scene) caller(t testing.TB, token string) identity.Caller {
	t.Helper()
	caller, err := s.opens(t, token)
	require.NoError(t, err)
	return caller
}

func (s *scene) shows(t testing.TB, caller identity.Caller) display.View {
	t.Helper()
	view, err := s.walls.Show(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	return view
}

func (s *scene) books(t testing.TB, minutes int) (display.Stretch, error) {
	t.Helper()
	return s.walls.Book(t.Context(), s.door, display.BookInput{Minutes: minutes, Key: secret.ID()})
}

// meets reserves the room for somebody.
func (s *scene) meets(t testing.TB, who identity.Caller, from, to civil.ClockTime, titled booking.Titled) string {
	t.Helper()
	made, err := bookingtest.New(s.db.Tables(), s.db.Clock.Now).Reserve(t.Context(), who,
		booking.ReserveInput{Spot: s.Room, Period: booking.Period{Date: today, From: from, To: to}, Titled: titled,
			Key: secret.ID()})
	require.NoError(t, err)
	return made.Reservations[0].ID
}

// chooses changes somebody's registration.
func (s *scene) chooses(t testing.TB, who identity.Caller, changes map[privacy.Clause]any) {
	t.Helper()
	require.NoError(t, s.db.Tables().ChangeUser(t.Context(), who.Person, changes, false))
}

func (s *scene) sheet(t testing.TB) table.SpotSheet {
	t.Helper()
	sheet, err := s.db.Tables().SpotSheetNow(t.Context(), s.Place(s.Room), today)
	require.NoError(t, err)
	return sheet
}

func requireKind(t testing.TB, kind problem.Kind, err error) {
	t.Helper()
	var known *problem.Error
	require.ErrorAs(t, err, &known)
	require.Equal(t, kind, known.Kind, known.Detail)
}
