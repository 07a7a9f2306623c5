package signin_test

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
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

const (
	ann       = "ann@example.com"
	statement = privacy.StatementVersion
)

var (
	noon    = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	visitor = identity.Caller{IP: "192.0.2.7"}
	digits  = regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`)
)

// A porch is where Ann, who is registered, signs in.
type porch struct {
	*enginetest.Database
	mail   *mailtest.Recorder
	desk   signin.Sessions
	gate   bearer.Callers
	ann    identity.Person
	first  signin.Session // of her registration
	tables *table.Tables
}

func newPorch(t testing.TB) *porch { return porchIn(t, "Europe/Amsterdam", noon) }

// porchIn is that of a customer whose days are those of a zone.
func porchIn(t testing.TB, zone string, at time.Time) *porch {
	db := enginetest.New(t, at)
	business := db.NewCustomer(t, "Example B.V.", "example.com")
	db.Put(t, privacy.Directory, "b#"+business, "account",
		map[string]any{"legal_name": "Example B.V.", "domains": []string{"example.com"},
			"users": 0, "zone": zone})
	p := &porch{Database: db, mail: &mailtest.Recorder{}, tables: db.Tables()}
	p.desk = signin.Sessions{Tables: p.tables, Mail: p.mail, Key: enginetest.Key, Now: db.Clock.Now,
		PublicURL: "https://api.example"}
	p.gate = bearer.Callers{Tables: p.tables, Now: db.Clock.Now}
	registry := account.Registrations{Tables: p.tables, Mail: p.mail, Key: enginetest.Key, Now: db.Clock.Now,
		Statement: statement}
	waiting, err := registry.Register(t.Context(), visitor,
		account.RegisterInput{Name: "Ann Example", Email: ann, Language: "nl",
			Consent: account.Consent{Version: statement, Agreed: true}, Key: "registering"})
	require.NoError(t, err)
	p.first, err = registry.Confirm(t.Context(), visitor,
		account.ConfirmInput{Registration: waiting.Registration, Code: p.code(t), Key: "confirming"})
	require.NoError(t, err)
	caller, err := bearertest.Caller(t.Context(), p.gate, p.first.Token)
	require.NoError(t, err)
	p.ann = caller.Person
	return p
}

func (p *porch) code(t testing.TB) string {
	t.Helper()
	return digits.FindString(mailtest.Read(t, p.mail.Last(t, ann)).Text)
}

// asked is Ann with a code in her hand.
func (p *porch) asked(t *testing.T) signin.StartInput {
	t.Helper()
	asked, err := p.desk.Ask(t.Context(), visitor, signin.AskInput{Email: ann})
	require.NoError(t, err)
	return signin.StartInput{SignIn: asked.SignIn, Code: p.code(t), Key: "signing-in"}
}

func (p *porch) signedIn(t *testing.T) signin.Session {
	t.Helper()
	session, err := p.desk.Start(t.Context(), visitor, p.asked(t))
	require.NoError(t, err)
	return session
}

// erased takes Ann's registration out of the directory, and leaves the agenda as it is.
func (p *porch) erased(t *testing.T) {
	t.Helper()
	user, err := p.tables.User(t.Context(), p.ann)
	require.NoError(t, err)
	require.NoError(t, p.tables.Unregister(t.Context(), user, identity.Email(ann).Hash(enginetest.Key)))
}

func requireKind(t *testing.T, kind problem.Kind, err error) {
	t.Helper()
	var known *problem.Error
	require.ErrorAs(t, err, &known)
	require.Equal(t, kind, known.Kind)
}
