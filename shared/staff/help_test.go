package staff_test

import (
	"context"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/passkey"
	"github.com/iotspot/iotspot/shared/passkey/passkeytest"
	"github.com/iotspot/iotspot/shared/passkey/webauthn"
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
	origin = "https://api.example"
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
	holder    *passkeytest.Authenticator // Sam's
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
	party, err := webauthn.Of(origin)
	require.NoError(t, err)
	s.holder = passkeytest.At(origin, "api.example")
	s.door = staff.Sessions{Tables: s.tables, Mail: s.mail, Keys: enginetest.Keys, Party: party, Now: db.Clock.Now}
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
	_, err := s.registrar.Carry(t.Context(), o)
	require.NoError(t, err)
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

// asked is a member of staff with a code in their hand, and the challenge that a passkey signs.
func (s scene) asked(t testing.TB) (in staff.StartInput, to passkey.Ceremony) {
	t.Helper()
	asked, err := s.door.Ask(t.Context(), visitor, signin.AskInput{Email: sam})
	require.NoError(t, err)
	return staff.StartInput{SignIn: asked.SignIn, Key: "signing-in",
		Code: digits.FindString(mailtest.Read(t, s.mail.Last(t, sam)).Text)}, asked.Ceremony
}

// enrolling is Sam with a code, the operator's secret and a passkey that was made.
func (s scene) enrolling(t testing.TB) staff.EnrolInput {
	t.Helper()
	secret, err := s.registrar.Carry(t.Context(), staff.Order{Do: "let-enrol", Email: sam})
	require.NoError(t, err)
	in, to := s.asked(t)
	return staff.EnrolInput{SignIn: in.SignIn, Code: in.Code, Enrolment: secret, Passkey: s.holder.Make(to),
		Key: in.Key}
}

// enrolled is the session that began when Sam's passkey was made.
func (s scene) enrolled(t testing.TB) signin.Session {
	t.Helper()
	session, err := s.door.Enrol(t.Context(), visitor, s.enrolling(t))
	require.NoError(t, err)
	return session
}

// signing is Sam with a code and a passkey that signed its challenge.
func (s scene) signing(t testing.TB) staff.StartInput {
	t.Helper()
	in, to := s.asked(t)
	in.Passkey = s.holder.Sign(to)
	return in
}

func (s scene) signedIn(t testing.TB) signin.Session {
	t.Helper()
	session, err := s.door.Start(t.Context(), visitor, s.signing(t))
	require.NoError(t, err)
	return session
}

// caller is who bears the token of a session.
func (s scene) caller(t testing.TB, session signin.Session) identity.Caller {
	t.Helper()
	caller, err := bearertest.Caller(t.Context(), s.gate, session.Token)
	require.NoError(t, err)
	return caller
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
