package business_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/problem"
)

// 4.b.4, 6.confidential
func TestWhoNamesSomebodyLearnsNotWhetherTheyExistAndWhoIsNamedIsTold(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	f.open("eve@example.org", "example.org")
	ben := f.caller(f.register("ben@example.com"))
	for _, email := range []string{"ben@example.com", " BEN@example.com\n", "nobody@example.com", "eve@example.org"} {
		sent, before := len(f.mail.Sent()), f.dumpUncounted()
		named, err := f.desk.Name(t.Context(), ann, business.RoleInput{Email: email, Role: identity.Manager})
		require.NoError(t, err, email)
		require.Equal(t, business.Named{Role: identity.Manager}, named)
		confirmed, err := f.desk.ConfirmOfficer(t.Context(), ann, business.OfficerInput{Email: email, Confirmed: true})
		require.NoError(t, err, email)
		require.Equal(t, business.Confirmed{Confirmed: true}, confirmed)
		if email[0] == 'n' || email[0] == 'e' {
			require.Len(t, f.mail.Sent(), sent)
			require.Equal(t, before, f.dumpUncounted(), "nothing happens to anybody")
			continue
		}
		require.Len(t, f.mail.Sent(), sent+2)
		require.Equal(t, mail.Named, f.mail.Last(t, "ben@example.com").Kind)
	}
	user, err := f.desk.Tables.User(t.Context(), ben.Person)
	require.NoError(t, err)
	require.Equal(t, []any{identity.Manager, true}, []any{user.Role, user.OfficerConfirmed})
}

func TestTheTimeOfAnAnswerDoesNotTellWhetherSomebodyWasNamed(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	f.register("ben@example.com")
	f.desk.Pace, f.desk.Now = 300*time.Millisecond, func() time.Time { return time.Now().UTC() }
	for _, email := range []string{"ben@example.com", "nobody@example.com"} {
		began := time.Now()
		_, err := f.desk.Name(t.Context(), ann, business.RoleInput{Email: email, Role: identity.Manager})
		require.NoError(t, err)
		require.GreaterOrEqual(t, time.Since(began), f.desk.Pace)
	}
}

func TestWhoNamesPeopleByTheHundredIsStoppedAndNoMailboxIsFlooded(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	f.register("ben@example.com")
	sent := len(f.mail.Sent())
	for i := range 200 {
		_, err := f.desk.Name(t.Context(), ann, business.RoleInput{Email: "ben@example.com",
			Role: []identity.Role{identity.User, identity.Manager}[i%2]})
		require.NoError(t, err)
	}
	require.Len(t, f.mail.Sent(), sent+limit.MailsInWindow)
	_, err := f.desk.Name(t.Context(), ann, business.RoleInput{Email: "nobody@example.com", Role: identity.User})
	requireProblem(t, problem.TooMany, err)
}
