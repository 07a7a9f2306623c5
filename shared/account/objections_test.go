package account_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/civil/civiltest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/usage"
)

func (h *hall) objects(t *testing.T, caller identity.Caller, patch string) account.Profile {
	t.Helper()
	got, err := h.settings().Change(t.Context(), caller, change(t, `{"objections":`+patch+`}`))
	require.NoError(t, err)
	return got
}

// signsIn opens one more session, on a device that tells its system.
func (h *hall) signsIn(t *testing.T) signin.Session {
	t.Helper()
	h.Clock.Move(2 * time.Hour)
	desk := h.door()
	asked, err := desk.Ask(t.Context(), visitor, signin.AskInput{Email: "ann@example.com"})
	require.NoError(t, err)
	session, err := desk.Start(t.Context(), visitor, signin.StartInput{SignIn: asked.SignIn,
		Code: h.code(t, "ann@example.com"), OS: "iOS", Key: "signing-in"})
	require.NoError(t, err)
	return session.Session
}

func TestWhoObjectsToTheDateOfLastUseHasNoneFromThatMomentOn_7_object_4_e_1(t *testing.T) {
	h := newHall(t)
	caller, session := h.registered(t, "ann@example.com")
	h.signsIn(t)
	require.Len(t, h.told(t, caller, "4.e.1"), 3, "two sessions and the date itself")
	for range 2 { // a repeat does nothing
		got := h.objects(t, caller, `["4.e.1"]`)
		require.Nil(t, got.LastUse)
		require.Len(t, got.Sessions, 2, "nobody is signed out")
		require.Empty(t, got.Sessions[0].Used)
		require.Empty(t, h.told(t, caller, "4.e.1"))
	}
	require.Contains(t, h.told(t, caller, "7.object"), "objections")

	h.Clock.Move(24 * time.Hour)
	meter := &enginetest.Meter{}
	gate := bearer.Callers{Tables: h.Metered(meter), Now: h.Clock.Now}
	_, err := bearertest.Caller(t.Context(), gate, session.Token)
	require.NoError(t, err)
	require.Equal(t, []string{"GetItem"}, meter.Usage().Calls)
	require.LessOrEqual(t, meter.Usage().Read, 0.5)
	third := h.signsIn(t)
	_, err = bearertest.Caller(t.Context(), gate, third.Token)
	require.NoError(t, err)
	require.Empty(t, h.told(t, caller, "4.e.1"), "nor with a session that begins since")

	h.objects(t, caller, `[]`)
	_, err = bearertest.Caller(t.Context(), gate, third.Token)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"used", "date"}, h.told(t, caller, "4.e.1"), "an objection can be taken back")
}

func TestAUseThatBeganBeforeTheObjectionIsNotRecordedAfterIt_7_object_4_e_1(t *testing.T) {
	h := newHall(t)
	caller, session := h.registered(t, "ann@example.com")
	h.objects(t, caller, `["4.e.1"]`)
	tomorrow := civil.DateOf(morning, civil.UTC).AddDays(1)
	require.NoError(t, h.desk.Tables.Use(t.Context(), caller.Person, caller.Session, tomorrow, civil.UTC),
		"who objects is let in all the same")
	require.Empty(t, h.told(t, caller, "4.e.1"))

	_, err := signin.Sessions{Tables: h.desk.Tables, Now: h.Clock.Now}.End(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	require.ErrorIs(t, h.desk.Tables.Use(t.Context(), caller.Person, caller.Session, tomorrow, civil.UTC),
		table.ErrRefused)
	_, err = bearertest.Caller(t.Context(), h.gate, session.Token)
	require.Error(t, err)
}

func TestWhoObjectsToTheLastLoginRequestHasNoneFromThatMomentOn_7_object_4_e_2(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	require.NotEmpty(t, h.told(t, caller, "4.e.2"))
	require.Nil(t, h.objects(t, caller, `["4.e.2"]`).LastLogin)
	session := h.signsIn(t)
	_, err := bearertest.Caller(t.Context(), h.gate, session.Token)
	require.NoError(t, err)
	require.Empty(t, h.told(t, caller, "4.e.2"), "neither asking for a code nor signing in is recorded")
	for _, items := range h.Everything(t) {
		for _, item := range items {
			require.NotContains(t, enginetest.Plain(item), "login_name")
		}
	}
	corrections, err := h.desk.Tables.Corrections(t.Context())
	require.NoError(t, err)
	require.Contains(t, corrections, table.Correction{Person: caller.Person, What: "os", Now: "iOS"},
		"a restore knows the device last used, which it otherwise knows from the login") // 4.d.5

	h.objects(t, caller, `null`)
	h.signsIn(t)
	require.NotEmpty(t, h.told(t, caller, "4.e.2"), "an objection can be taken back")
}

func TestASignInThatBeganBeforeAnObjectionRecordsNothingAfterIt_7_object_4_d_5_4_e_1_4_e_2(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	tables, code := h.desk.Tables, table.Code{Mark: "mark", AskedAt: morning}
	require.NoError(t, tables.AskCode(t.Context(), caller.Person, code, nil))
	for _, objection := range []string{"5.transactions", "4.d.5", "4.e.1", "4.e.2"} {
		h.objects(t, caller, `["`+objection+`"]`)
		before := h.Everything(t)
		begun := table.Beginning{Person: caller.Person, Hash: "of a token", Role: caller.Role, Consent: statement,
			At: morning, OS: "iOS", Zone: civiltest.Load(t, "Europe/Amsterdam")}
		require.ErrorIs(t, tables.Begin(t.Context(), begun, code.Mark, "next"), table.ErrRefused, objection)
		require.Equal(t, before, h.Everything(t))
	}
	require.ErrorIs(t, tables.AskCode(t.Context(), caller.Person, code, &table.Login{RequestedAt: morning}),
		table.ErrRefused)
}

// A session says whether its person's searches are counted, so that no search reads the registration for it.
func TestASessionThatCountsSearchesStopsWithAnObjectionAndGoesOnWithItsEnd_7_object(t *testing.T) {
	h := newHall(t)
	caller, first := h.registered(t, "ann@example.com")
	counted := func(token string) bool {
		found, err := bearertest.Caller(t.Context(), h.gate, token)
		require.NoError(t, err)
		return found.Counted
	}
	require.True(t, counted(first.Token))
	for _, objection := range usage.Objections {
		h.objects(t, caller, `["`+objection+`"]`)
		require.False(t, counted(first.Token), objection)
		require.False(t, counted(h.signsIn(t).Token), objection)
	}
	h.objects(t, caller, `["4.b.1"]`)
	require.True(t, counted(first.Token), "an objection to something else")
}
