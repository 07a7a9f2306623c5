package account_test

import (
	"fmt"
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
)

const statement = privacy.StatementVersion

var morning = time.Date(2026, 11, 22, 8, 59, 0, 0, time.UTC)

// A hall is a customer with a desk where people register.
type hall struct {
	*enginetest.Database
	business string
	mail     *mailtest.Recorder
	desk     account.Registrations
	gate     bearer.Callers
	photos   *album
}

func newHall(t *testing.T) *hall {
	db := enginetest.New(t, morning)
	post := &mailtest.Recorder{}
	return &hall{Database: db, business: db.NewCustomer(t, "Example B.V.", "example.com"), mail: post,
		desk: account.Registrations{Tables: db.Tables(), Mail: post, Keys: enginetest.Keys, Now: db.Clock.Now,
			Statement: statement},
		gate:   bearer.Callers{Tables: db.Tables(), Now: db.Clock.Now},
		photos: &album{kept: map[identity.Person][]byte{}}}
}

var visitor = identity.Caller{IP: "192.0.2.7"}

func request(email string) account.RegisterInput {
	return account.RegisterInput{Name: "Ann Example", Email: email, Language: "en",
		Consent: account.Consent{Version: statement, Agreed: true}, Key: "key-of-" + fmt.Sprintf("%x", email)[:12]}
}

var digits = regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`)

// code is the one in the last mail to an address.
func (h *hall) code(t *testing.T, email string) string {
	t.Helper()
	found := digits.FindString(mailtest.Read(t, h.mail.Last(t, email)).Text)
	require.NotEmpty(t, found, "the mail holds a code")
	return found
}

// asked registers as far as the mail.
func (h *hall) asked(t *testing.T, email string) account.ConfirmInput {
	t.Helper()
	waiting, err := h.desk.Register(t.Context(), visitor, request(email))
	require.NoError(t, err)
	return account.ConfirmInput{Registration: waiting.Registration, Code: h.code(t, email), Key: "confirming-key"}
}

// whose is the person that a registration is to make.
func whose(t *testing.T, in account.ConfirmInput) identity.Person {
	t.Helper()
	ids, _, ok := enginetest.Keys[secret.Registrations].Unseal("registration", in.Registration)
	require.True(t, ok)
	return identity.Person{Business: ids[:16], User: ids[16:]}
}

// registered is somebody with an open session.
func (h *hall) registered(t *testing.T, email string) (identity.Caller, signin.Session) {
	t.Helper()
	session, err := h.desk.Confirm(t.Context(), visitor, h.asked(t, email))
	require.NoError(t, err)
	caller, err := bearertest.Caller(t.Context(), h.gate, session.Token)
	require.NoError(t, err)
	return caller, session
}

// door is where people sign in.
func (h *hall) door() signin.Sessions {
	return signin.Sessions{Tables: h.desk.Tables, Mail: h.mail, Keys: enginetest.Keys, Now: h.Clock.Now}
}

func requireKind(t *testing.T, kind problem.Kind, err error) *problem.Error {
	t.Helper()
	var known *problem.Error
	require.ErrorAs(t, err, &known)
	require.Equal(t, kind, known.Kind)
	return known
}
