package account_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// told are the names of what the overview tells the caller of a clause.
func (h *hall) told(t *testing.T, caller identity.Caller, clause string) []string {
	t.Helper()
	seen, err := overview.Overviews{Tables: h.desk.Tables, Received: mailtest.Inbox{}, Keys: enginetest.Keys,
		Now: h.Clock.Now}.View(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	var names []string
	for _, section := range seen.Kinds {
		if string(section.Clause) == clause {
			for _, value := range section.Values {
				names = append(names, value.Name)
			}
		}
	}
	return names
}

// recorded is somebody of whom everything is recorded that the system records by itself.
func (h *hall) recorded(t *testing.T) identity.Caller {
	t.Helper()
	tables, ctx := h.desk.Tables, t.Context()
	in := h.asked(t, "ann@example.com")
	in.OS, in.OSRelease = "iOS", "26.1"
	session, err := h.desk.Confirm(ctx, visitor, in)
	require.NoError(t, err)
	caller, err := bearertest.Caller(ctx, h.gate, session.Token)
	require.NoError(t, err)
	office := h.NewOffice(t, "Europe/Amsterdam", 1, func(l *table.Location) {})
	office.Location.Name = "Head office"
	h.Put(t, "directory", "b#"+h.business, "location#"+office.Location.ID,
		map[string]any{"name": "Head office", "zone": "Europe/Amsterdam"})
	require.NoError(t, tables.CountSearch(ctx, caller.Person, office.Location.ID, "2026-11-22",
		morning.Add(time.Hour), table.SpotSearch))
	require.NoError(t, tables.CountUse(ctx, caller.Person, office.Location.ID, "2026-11-22", morning.Add(time.Hour),
		"agenda", "firefox"))
	require.NoError(t, tables.ConfirmOfficer(ctx, caller.Person, true))
	_, err = h.door().Ask(ctx, visitor, signin.AskInput{Email: "ann@example.com"})
	require.NoError(t, err)
	_, err = h.settings().AskAddress(ctx, caller, account.AddressInput{Email: "a.example@example.com"})
	require.NoError(t, err)
	_, err = erasure.NewLink(ctx, tables, enginetest.Keys[secret.Links], caller.Person, "a request", "en",
		"https://api.example",
		morning)
	require.NoError(t, err)
	return caller
}

func TestWhatTheSystemRecordedByItselfIsRemovedOnRequestAndNothingElse_7_rectify(t *testing.T) {
	h := newHall(t)
	caller := h.recorded(t)
	for record, clauses := range map[string][]string{"device": {"4.d.5"}, "last-login": {"4.e.2"},
		"searches": {"5.transactions", "11.cookies"},
		"codes":    {"s.code"}, "new-address": {"s.address"}, "links": {"s.link"}} {
		for _, clause := range clauses {
			require.NotEmpty(t, h.told(t, caller, clause), "%s is there before", clause)
		}
		for range 2 { // a repeat does nothing
			_, err := h.settings().RemoveRecord(t.Context(), caller, account.RecordInput{Record: record})
			require.NoError(t, err, record)
		}
		for _, clause := range clauses {
			require.Empty(t, h.told(t, caller, clause), "%s after %s", clause, record)
		}
	}
	require.Empty(t, h.told(t, caller, "s.confirmation"), "of the registration and of the new address")
	for _, clause := range []string{"4.a.1", "4.a.2", "4.e.1", "s.session", "2.consent"} {
		require.NotEmpty(t, h.told(t, caller, clause), "%s stays", clause)
	}
	require.Contains(t, h.told(t, caller, "4.d.1"), "officer_confirmed")
	_, err := h.settings().RemoveRecord(t.Context(), caller, account.RecordInput{Record: "officer"})
	require.NoError(t, err)
	require.NotContains(t, h.told(t, caller, "4.d.1"), "officer_confirmed")
}

// 4.e.1
func TestTheDateOfLastUseIsRemovedButForTheSessionThatIsInUse_7_rectify(t *testing.T) {
	h := newHall(t)
	caller := h.recorded(t)
	h.signedInAgain(t, "ann@example.com")
	require.Len(t, h.told(t, caller, "4.e.1"), 3, "two sessions and the date itself")
	_, err := h.settings().RemoveRecord(t.Context(), caller, account.RecordInput{Record: "last-use"})
	require.NoError(t, err)
	require.Equal(t, []string{"used"}, h.told(t, caller, "4.e.1"))
	require.Len(t, h.told(t, caller, "s.session"), 2, "nobody is signed out")
}

// 4.d.1
func TestARoleIsGivenUpInAllSessionsAtOnceButByTheLastAdministrator_7_rectify(t *testing.T) {
	h := newHall(t)
	caller, session := h.registered(t, "ann@example.com")
	h.Put(t, "directory", "b#"+h.business, "account", map[string]any{"legal_name": "Example B.V.",
		"domains": []string{"example.com"}, "users": 1, "administrators": 1})
	become := func(role identity.Role) {
		user, err := h.desk.Tables.User(t.Context(), caller.Person)
		require.NoError(t, err)
		require.NoError(t, h.desk.Tables.ChangeRole(t.Context(), user, role))
		require.NoError(t, h.desk.Tables.UpdateSessions(t.Context(), caller.Person))
	}
	for range 2 {
		become(identity.Manager)
		_, err := h.settings().RemoveRecord(t.Context(), caller, account.RecordInput{Record: "role"})
		require.NoError(t, err)
		now, err := bearertest.Caller(t.Context(), h.gate, session.Token)
		require.NoError(t, err)
		require.Equal(t, identity.User, now.Role)
	}
	h.Put(t, "directory", "b#"+h.business, "account", map[string]any{"legal_name": "Example B.V.",
		"domains": []string{"example.com"}, "users": 1, "administrators": 0})
	become(identity.Administrator)
	_, err := h.settings().RemoveRecord(t.Context(), caller, account.RecordInput{Record: "role"})
	requireKind(t, problem.Conflict, err)
	_, err = h.settings().RemoveRecord(t.Context(), caller, account.RecordInput{Record: "name"})
	require.Equal(t, problem.Unknown(), err)
}
