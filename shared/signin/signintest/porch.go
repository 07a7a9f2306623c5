// Package signintest is the scene in which signing in, and calling with what it gives, are tried.
package signintest

import (
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// Who comes, when, and what is agreed to.
const (
	Ann       = "ann@example.com"
	Statement = "2026-11-01"
)

var (
	// Noon is when Ann registers.
	Noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	// Visitor is who isn't known yet.
	Visitor = identity.Caller{IP: "192.0.2.7"}

	digits = regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`)
)

// A Porch is where Ann, who is registered, comes in.
type Porch struct {
	*enginetest.Database
	Mail     *mailtest.Recorder
	Sessions signin.Sessions
	Callers  bearer.Callers
	Ann      identity.Person
	First    signin.Session // of her registration
	Tables   *table.Tables
}

// NewPorch is that of a customer in Amsterdam.
func NewPorch(t testing.TB) *Porch { return PorchIn(t, "Europe/Amsterdam", Noon) }

// PorchIn is that of a customer whose days are those of a zone.
func PorchIn(t testing.TB, zone string, at time.Time) *Porch {
	t.Helper()
	db := enginetest.New(t, at)
	business := db.NewCustomer(t, "Example B.V.", "example.com")
	db.Put(t, privacy.Directory, "b#"+business, "account",
		map[string]any{"legal_name": "Example B.V.", "domains": []string{"example.com"},
			"users": 0, "zone": zone})
	p := &Porch{Database: db, Mail: &mailtest.Recorder{}, Tables: db.Tables()}
	p.Sessions = signin.Sessions{Tables: p.Tables, Mail: p.Mail, Keys: enginetest.Keys, Now: db.Clock.Now,
		PublicURL: "https://api.example"}
	p.Callers = bearer.Callers{Tables: p.Tables, Now: db.Clock.Now}
	registry := account.Registrations{Tables: p.Tables, Mail: p.Mail, Keys: enginetest.Keys, Now: db.Clock.Now,
		Statement: Statement}
	waiting, err := registry.Register(t.Context(), Visitor,
		account.RegisterInput{Name: "Ann Example", Email: Ann, Language: "nl",
			Consent: account.Consent{Version: Statement, Agreed: true}, Key: "registering"})
	require.NoError(t, err)
	p.First, err = registry.Confirm(t.Context(), Visitor,
		account.ConfirmInput{Registration: waiting.Registration, Code: p.Code(t), Key: "confirming"})
	require.NoError(t, err)
	caller, err := p.Caller(t, p.First.Token)
	require.NoError(t, err)
	p.Ann = caller.Person
	return p
}

// Caller is who bears a token, whatever they call.
func (p *Porch) Caller(t testing.TB, token string) (identity.Caller, error) {
	t.Helper()
	return bearertest.Caller(t.Context(), p.Callers, token)
}

// Code is the one in Ann's last mail.
func (p *Porch) Code(t testing.TB) string {
	t.Helper()
	return digits.FindString(mailtest.Read(t, p.Mail.Last(t, Ann)).Text)
}

// Asked is Ann with a code in her hand.
func (p *Porch) Asked(t testing.TB) signin.StartInput {
	t.Helper()
	asked, err := p.Sessions.Ask(t.Context(), Visitor, signin.AskInput{Email: Ann})
	require.NoError(t, err)
	return signin.StartInput{SignIn: asked.SignIn, Code: p.Code(t), Key: "signing-in"}
}

// SignedIn begins another session of Ann's.
func (p *Porch) SignedIn(t testing.TB) signin.Session {
	t.Helper()
	session, err := p.Sessions.Start(t.Context(), Visitor, p.Asked(t))
	require.NoError(t, err)
	return session.Session
}

// Erased takes Ann's registration out of the directory, and leaves the agenda as it is.
func (p *Porch) Erased(t testing.TB) {
	t.Helper()
	user, err := p.Tables.User(t.Context(), p.Ann)
	require.NoError(t, err)
	address := identity.Email(Ann).Entries(p.Sessions.Keys[secret.Addresses])
	require.NoError(t, p.Tables.Unregister(t.Context(), user, address))
}

// RequireKind holds an error to be a problem of a kind.
func RequireKind(t testing.TB, kind problem.Kind, err error) {
	t.Helper()
	var known *problem.Error
	require.ErrorAs(t, err, &known)
	require.Equal(t, kind, known.Kind)
}
