package staff_test

import (
	"context"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/staff"
	"github.com/iotspot/iotspot/shared/table"
)

const (
	sam    = "Sam@operator.example"
	noor   = "noor@customer.example"
	reason = "asked us by phone why a reservation is gone"
	ground = "order of the court of Utrecht, case 26/1234"
)

var (
	monday  = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	visitor = identity.Caller{IP: "192.0.2.7"}
	digits  = regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`)
)

type photos struct{}

func (photos) Get(context.Context, identity.Person) ([]byte, error) { return []byte("a picture"), nil }

// A scene is the operator's office with Sam, and a customer's with Noor.
type scene struct {
	*enginetest.Office
	db        *enginetest.Database
	tables    *table.Tables
	mail      *mailtest.Recorder
	registrar staff.Registrar
	door      staff.Sessions
	desk      staff.Looks
	gate      bearer.Callers
	noor      identity.Caller
}

func begin(t testing.TB) scene {
	db := enginetest.New(t, monday)
	s := scene{Office: db.NewOffice(t, "Europe/Amsterdam", 2), db: db, tables: db.Tables(),
		mail: &mailtest.Recorder{}}
	db.CustomerOf(t, s.Business, "Customer B.V.", "customer.example")
	s.noor = s.Person(t)
	db.Put(t, privacy.Directory, table.PersonPartition(s.noor.Person), "user",
		map[string]any{"business": s.Business, "role": "user", "name": "Noor Jansen",
			"email": noor, "phone": "+31 20 1234567", "language": "en", "consent_version": privacy.StatementVersion,
			"consent_language": "nl", "consent_at": "2026-11-20T09:00:00Z"})
	db.Put(t, privacy.Directory, "address#"+identity.Email(noor).Entries(enginetest.Keys[secret.Addresses])[0],
		"address",
		map[string]any{"business": s.Business, "user": s.noor.User})
	s.registrar = staff.Registrar{Tables: s.tables, Now: db.Clock.Now}
	s.door = staff.Sessions{Tables: s.tables, Mail: s.mail, Keys: enginetest.Keys, Now: db.Clock.Now}
	s.gate = bearer.Callers{Tables: s.tables, Now: db.Clock.Now}
	s.desk = s.deskOn(s.tables)
	return s
}

func (s scene) deskOn(tables *table.Tables) staff.Looks {
	return staff.Looks{Tables: tables, Keys: enginetest.Keys, Now: s.db.Clock.Now,
		Overviews: overview.Overviews{Tables: tables, Photos: photos{}, Received: mailtest.Inbox{},
			Keys: enginetest.Keys,
			Now:  s.db.Clock.Now}}
}

func (s scene) order(t testing.TB, do string, more ...func(*staff.Order)) {
	t.Helper()
	o := staff.Order{Do: do, Email: sam}
	for _, change := range more {
		change(&o)
	}
	require.NoError(t, s.registrar.Carry(t.Context(), o))
}

func named(o *staff.Order) { o.Name, o.Language = "Sam Support", "en" }

func signed(o *staff.Order) {
	o.Document, o.On, o.Until, o.By = "Confidentiality, version 3", "2026-11-01", "2026-11-30", "Olga Operator"
}

// employed is Sam with an agreement in force.
func (s scene) employed(t testing.TB) identity.Caller {
	t.Helper()
	s.order(t, "add", named)
	s.order(t, "agree", signed)
	return identity.Caller{Person: staff.Person(sam), Role: identity.Staff, Session: "a session"}
}

// asked is a member of staff with a code in their hand.
func (s scene) asked(t testing.TB) staff.StartInput {
	t.Helper()
	asked, err := s.door.Ask(t.Context(), visitor, signin.AskInput{Email: sam})
	require.NoError(t, err)
	return staff.StartInput{SignIn: asked.SignIn, Key: "signing-in",
		Code: digits.FindString(mailtest.Read(t, s.mail.Last(t, sam)).Text)}
}

func (s scene) signedIn(t testing.TB) signin.Session {
	t.Helper()
	session, err := s.door.Start(t.Context(), visitor, s.asked(t))
	require.NoError(t, err)
	return session
}

func look(kinds ...privacy.Clause) staff.LookInput {
	return staff.LookInput{Email: noor, Kinds: kinds, Reason: reason, Key: "looking-once"}
}

// told is what Noor sees of a kind.
func (s scene) told(t testing.TB, clause privacy.Clause) []overview.Value {
	t.Helper()
	seen, err := overview.Overviews{Tables: s.tables, Received: mailtest.Inbox{}, Keys: enginetest.Keys,
		Now: s.db.Clock.Now}.View(t.Context(), s.noor, struct{}{})
	require.NoError(t, err)
	for _, section := range seen.Kinds {
		if section.Clause == clause {
			return section.Values
		}
	}
	require.Fail(t, "no section", clause)
	return nil
}

func (s scene) looksAtAccount(t testing.TB) []business.Look {
	t.Helper()
	looks, err := business.Accounts{Tables: s.tables}.Looks(t.Context(), s.noor, struct{}{})
	require.NoError(t, err)
	return looks.Looks
}

func requireProblem(t testing.TB, kind problem.Kind, err error) *problem.Error {
	t.Helper()
	var known *problem.Error
	require.ErrorAs(t, err, &known)
	require.Equal(t, kind, known.Kind)
	return known
}
