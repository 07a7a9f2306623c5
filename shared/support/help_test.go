package support_test

import (
	"bytes"
	"context"
	"net/http/httptest"
	"regexp"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	locals3 "github.com/iotspot/iotspot/localstack/aws/s3"
	"github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/protocol/sdk"
	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/support"
)

const (
	address   = "support@iotspot.example"
	ann       = "ann@example.com"
	statement = privacy.StatementVersion
	received  = "received-mail"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// A bus keeps what is published; a fault breaks it.
type recordedBus struct {
	faults *enginetest.Faults
	events []events.OverviewRequested
}

func (b *recordedBus) Publish(_ context.Context, _ string, detail any) error {
	return b.faults.Call("PutEvents", func() error {
		b.events = append(b.events, detail.(events.OverviewRequested))
		return nil
	})
}

// A scene is the support address of a deployment where Ann is registered.
type scene struct {
	*enginetest.Database
	store *locals3.Store
	mails *support.Bucket
	bus   *recordedBus
	desk  support.Inbox
	ann   identity.Person
}

func begin(t *testing.T) *scene {
	db := enginetest.New(t, noon)
	s := &scene{Database: db, bus: &recordedBus{faults: &enginetest.Faults{}}}
	var err error
	s.store, err = locals3.Open("", db.Clock.Now, received)
	require.NoError(t, err)
	server := httptest.NewServer(s.store.Handler())
	t.Cleanup(server.Close)
	s.mails = support.New(s3.NewFromConfig(sdk.Config(server.URL, "x")), received)
	s.desk = s.with(s.mails, s.bus.faults)
	db.NewCustomer(t, "Example B.V.", "example.com")
	post := &mailtest.Recorder{}
	registry := account.Registrations{Tables: db.Tables(), Mail: post, Keys: enginetest.Keys, Now: db.Clock.Now,
		Statement: statement}
	visitor := identity.Caller{IP: "192.0.2.7"}
	waiting, err := registry.Register(t.Context(), visitor,
		account.RegisterInput{Name: "Ann Example", Email: ann, Language: "nl",
			Consent: account.Consent{Version: statement, Agreed: true}, Key: "registering"})
	require.NoError(t, err)
	code := regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`).FindString(post.Last(t, ann).Text)
	_, err = registry.Confirm(t.Context(), visitor, account.ConfirmInput{Registration: waiting.Registration,
		Code: code, Key: "confirming"})
	require.NoError(t, err)
	s.ann, err = db.Tables().PersonAt(t.Context(), identity.Email(ann).Entries(enginetest.Keys[secret.Addresses]))
	require.NoError(t, err)
	return s
}

// with is the desk over a store and with calls to DynamoDB that can fail.
func (s *scene) with(mails support.Mails, faults *enginetest.Faults) support.Inbox {
	tables := s.Faulty(faults)
	return support.Inbox{Tables: tables, Mails: mails, Keys: enginetest.Keys, Address: address, Now: s.Clock.Now,
		Overviews: overview.Overviews{Tables: tables, Bus: s.bus, Now: s.Clock.Now}}
}

// arrives puts a mail into the bucket as SES does, and gives its name.
func (s *scene) arrives(t *testing.T, mail ses.Incoming) string {
	t.Helper()
	name := secret.ID()
	mail.Recipient = address
	s.put(t, name, mail.Stored(name, s.Clock.Now()))
	return name
}

func (s *scene) put(t *testing.T, name string, content []byte) {
	t.Helper()
	_, err := s.store.PutObject(received, name, nil, bytes.NewReader(content), int64(len(content)), nil)
	require.NoError(t, err)
}

// a letter as a person writes one.
func letter(from string, more string) ses.Incoming {
	return ses.Incoming{Envelope: from, Raw: []byte("Received: from phone\r\nFrom: Ann Example <" + from +
		">\r\nTo: " + address +
		"\r\nSubject: What do you keep of me?\r\n" + more + "\r\nHello,\r\nplease tell me.\r\n")}
}

func (s *scene) handled(t *testing.T, name string) {
	t.Helper()
	require.NoError(t, s.desk.Receive(t.Context(), name))
	require.Empty(t, s.store.Versions(received), "nothing of the mail is left")
}
