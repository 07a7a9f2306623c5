package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/guests"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// whole is what a release with one HASH_KEY left in the secret.
const whole = "one key of thirty-two characters for all"

var (
	morning = time.Date(2026, 11, 23, 8, 10, 0, 0, time.UTC)
	visitor = identity.Caller{IP: "192.0.2.7"}
	digits  = regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`)
)

// A house is a customer's, whose functions are deployed with keys, and may have others in their secret by now.
type house struct {
	*enginetest.Office
	t      *testing.T
	db     *enginetest.Database
	tables *table.Tables
	post   *mailtest.Recorder
	secret string
	keys   secret.Keys // as deployed
}

func newHouse(t *testing.T, text string) *house {
	t.Helper()
	db := enginetest.New(t, morning)
	key, err := db.Client.Options().Credentials.Retrieve(t.Context())
	require.NoError(t, err)
	for name, value := range map[string]string{"AWS_ENDPOINT_URL": enginetest.URL(t), "AWS_REGION": "eu-west-1",
		"AWS_ACCESS_KEY_ID": key.AccessKeyID, "AWS_SECRET_ACCESS_KEY": "local", "AGENDA_TABLE": "agenda",
		"DIRECTORY_TABLE": "directory"} {
		t.Setenv(name, value)
	}
	return &house{t: t, db: db, tables: db.Tables(), post: &mailtest.Recorder{}, secret: text}
}

// opens gives the house its customer.
func (h *house) opens() {
	h.Office = h.db.NewOffice(h.t, "Europe/Amsterdam", 1)
	h.db.CustomerOf(h.t, h.Business, "Customer B.V.", "customer.example")
}

// run does a step, and puts what it gives into the secret.
func (h *house) run(what string) error {
	var out, say bytes.Buffer
	err := run(h.t.Context(), h.db.Clock.Now, []string{what}, strings.NewReader(h.secret), &out, &say)
	if err == nil {
		h.secret = out.String()
	}
	return err
}

func (h *house) step() secret.Step {
	roots, err := secret.ReadRoots(h.secret, h.db.Clock.Now())
	require.NoError(h.t, err)
	return roots.Step
}

// deploy gives the functions what is in the secret.
func (h *house) deploy() {
	roots, err := secret.ReadRoots(h.secret, h.db.Clock.Now())
	require.NoError(h.t, err)
	h.keys = roots.Keys()
}

func (h *house) registrations() account.Registrations {
	return account.Registrations{Tables: h.tables, Mail: h.post, Keys: h.keys, Now: h.db.Clock.Now,
		Statement: privacy.StatementVersion}
}

func (h *house) sessions() signin.Sessions {
	return signin.Sessions{Tables: h.tables, Mail: h.post, Keys: h.keys, Now: h.db.Clock.Now}
}

func (h *house) invitations() guests.Invitations {
	return guests.Invitations{Tables: h.tables, Mail: h.post, Keys: h.keys, Now: h.db.Clock.Now}
}

func (h *house) settings() account.Settings {
	return account.Settings{Tables: h.tables, Mail: h.post, Keys: h.keys, Now: h.db.Clock.Now,
		Statement: privacy.StatementVersion}
}

func (h *house) code(email string) string {
	h.t.Helper()
	return digits.FindString(mailtest.Read(h.t, h.post.Last(h.t, email)).Text)
}

// asks begins a registration, which is completed with its code.
func (h *house) asks(email string) account.ConfirmInput {
	h.t.Helper()
	waiting, err := h.registrations().Register(h.t.Context(), visitor, account.RegisterInput{Name: "Somebody",
		Email: email, Language: "en", Key: secret.ID(),
		Consent: account.Consent{Version: privacy.StatementVersion, Agreed: true}})
	require.NoError(h.t, err)
	return account.ConfirmInput{Registration: waiting.Registration, Code: h.code(email), Key: secret.ID()}
}

func (h *house) registers(email string) identity.Caller {
	h.t.Helper()
	session, err := h.registrations().Confirm(h.t.Context(), visitor, h.asks(email))
	require.NoError(h.t, err)
	return h.caller(session)
}

func (h *house) caller(session signin.Session) identity.Caller {
	h.t.Helper()
	caller, err := bearertest.Caller(h.t.Context(), bearer.Callers{Tables: h.tables, Now: h.db.Clock.Now},
		session.Token)
	require.NoError(h.t, err)
	return caller
}

// signIn asks for a code.
func (h *house) signIn(email string) signin.StartInput {
	h.t.Helper()
	asked, err := h.sessions().Ask(h.t.Context(), visitor, signin.AskInput{Email: email})
	require.NoError(h.t, err)
	return signin.StartInput{SignIn: asked.SignIn, Code: h.code(email), Key: secret.ID()}
}

func (h *house) signsIn(email string) {
	h.t.Helper()
	_, err := h.sessions().Start(h.t.Context(), visitor, h.signIn(email))
	require.NoError(h.t, err)
}

func (h *house) refused(kind problem.Kind, err error) {
	h.t.Helper()
	var known *problem.Error
	require.ErrorAs(h.t, err, &known)
	require.Equal(h.t, kind, known.Kind)
}

// addresses are how many entries lead to people.
func (h *house) addresses() (n int) {
	for _, item := range h.db.Dump(h.t, privacy.Directory) {
		if strings.HasPrefix(enginetest.Plain(item)["pk"], "address#") {
			n++
		}
	}
	return n
}

// across begins everything that lasts, lets the functions be deployed with what is in the secret, and completes it.
func (h *house) across(name string) {
	h.t.Helper()
	t, ann := h.t, h.registers(name+"@customer.example")
	email := name + "@customer.example"
	waits, twice := h.asks(name+".waits@customer.example"), h.asks(name+".waits@customer.example")
	today := civil.DateOf(h.db.Clock.Now(), h.Location.Zone)
	guest, err := h.invitations().Invite(t.Context(), ann,
		guests.InviteInput{Name: "Gus", Email: "gus@elsewhere.example",
			Language: "en", Location: h.Location.ID, First: today, Last: today.AddDays(92), Key: secret.ID()})
	require.NoError(t, err)
	_, err = h.settings().AskAddress(t.Context(), ann, account.AddressInput{Email: name + ".new@customer.example"})
	require.NoError(t, err)
	move := account.MoveInput{Email: name + ".new@customer.example", Code: h.code(name + ".new@customer.example")}
	start := h.signIn(email)
	counts := func() limit.Counter {
		return limit.Counter{Tables: h.tables, Key: h.keys[secret.Attempts], Now: h.db.Clock.Now}
	}
	bouncing := identity.Email(name + ".bounces@customer.example")
	mark := counts().Mark(bouncing)

	h.deploy()

	session, err := h.sessions().Start(t.Context(), visitor, start)
	require.NoError(t, err, "a code that was mailed before")
	again, err := h.sessions().Start(t.Context(), visitor, start)
	require.NoError(t, err, "and the same request once more")
	require.Equal(t, session, again)
	first, err := h.registrations().Confirm(t.Context(), visitor, waits)
	require.NoError(t, err, "a registration that waited")
	repeated, err := h.registrations().Confirm(t.Context(), visitor, waits)
	require.NoError(t, err)
	require.Equal(t, first, repeated)
	_, err = h.registrations().Confirm(t.Context(), visitor, twice)
	h.refused(problem.Conflict, err) // an address is one person's under whichever key
	require.Empty(t, h.asks(email).Code, "who is registered is told so, and gets no code")

	listed, err := h.invitations().List(t.Context(), ann, struct{}{})
	require.NoError(t, err)
	require.Equal(t, []guests.Guest{guest}, listed.Guests, "a guest is found from the invitation")
	require.NoError(t, counts().Bounced(t.Context(), events.MailBounced{Mark: mark}))
	bounces, err := counts().Bounces(t.Context(), bouncing)
	require.NoError(t, err)
	require.True(t, bounces, "a mail that went out before and came back")
	counted, err := counts().Until(t.Context(), limit.Person(ann.Person), limit.Mailbox(identity.Email(email)))
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(counted), 4, "what was counted before is shown: mails of codes, an invitation, an "+
		"address")
	require.NoError(t, counts().Forget(t.Context(), limit.Person(ann.Person), limit.Mailbox(identity.Email(email))))
	counted, err = counts().Until(t.Context(), limit.Person(ann.Person), limit.Mailbox(identity.Email(email)))
	require.NoError(t, err)
	require.Empty(t, counted, "and forgotten")
	_, err = h.settings().MoveAddress(t.Context(), ann, move)
	require.NoError(t, err, "a new address that waited")
	h.signsIn(move.Email)
}

// everybody who registered signs in, and an address leads to each.
func (h *house) everybody(names ...string) {
	h.t.Helper()
	for _, name := range names {
		h.db.Clock.Move(limit.Window)
		h.signsIn(name + ".new@customer.example")
		h.signsIn(name + ".waits@customer.example")
	}
	require.Equal(h.t, 2*len(names), h.addresses())
}

func TestAChangeOfKeysLosesNothingOfWhatIsUnderWayAtAnyStep(t *testing.T) {
	for name, begin := range map[string]secret.Step{"a deployment of today": secret.Settled,
		"one of a release before": ""} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, whole)
			names := []string{}
			across := func(name string) {
				h.across(name)
				names = append(names, name)
				h.everybody(names...)
			}
			if begin == secret.Settled {
				require.NoError(t, h.run("make"))
				require.Equal(t, secret.Settled, h.step())
				h.opens()
				h.deploy()
				require.NoError(t, h.run("next"))
			} else {
				h.opens()
				h.keys = secret.Roots{Root: secret.Root{Secret: whole, Whole: true}}.Keys() // that release's one
				require.NoError(t, h.run("make"))
			}
			require.Equal(t, secret.Introduced, h.step())
			across("ada")
			require.ErrorIs(t, h.run("next"), secret.ErrTooSoon)
			require.ErrorContains(t, h.run("renew"), "when they have turned")
			h.db.Clock.Move(secret.Deployed)
			require.NoError(t, h.run("next"))
			require.Equal(t, secret.Turned, h.step())
			across("bo")
			for range 2 {
				require.NoError(t, h.run("renew"))
				h.everybody(names...)
			}
			require.ErrorIs(t, h.run("next"), secret.ErrTooSoon)
			h.db.Clock.Move(secret.Outlived)
			require.NoError(t, h.run("next"))
			require.Equal(t, secret.Settled, h.step())
			across("cy")
			require.Len(t, h.keys[secret.Addresses], 1)
			require.NotContains(t, h.secret, whole)
		})
	}
}

func TestAnAddressLeadsToItsPersonWhereverRenewingIsKilled(t *testing.T) {
	h := newHouse(t, whole)
	h.opens()
	h.keys = secret.Roots{Root: secret.Root{Secret: whole, Whole: true}}.Keys()
	for _, name := range []string{"ada", "bo"} {
		h.registers(name + "@customer.example")
	}
	require.NoError(t, h.run("make"))
	h.db.Clock.Move(secret.Deployed)
	require.NoError(t, h.run("next"))
	h.deploy()
	address := func(name string) identity.Entries {
		return identity.Email(name + "@customer.example").Entries(h.keys[secret.Addresses])
	}
	for at, done := 1, false; !done; at++ {
		for _, written := range []bool{false, true} {
			faults := &enginetest.Faults{}
			faults.Arm(at, written, true)
			err := renew(t.Context(), h.db.Faulty(faults), h.keys, &bytes.Buffer{})
			done = !faults.Reached()
			require.False(t, done && err != nil, "%v", err)
			for _, name := range []string{"ada", "bo"} {
				_, err := h.tables.PersonAt(t.Context(), address(name))
				require.NoError(t, err)
			}
			require.Equal(t, 2, h.addresses())
		}
	}
	for _, name := range []string{"ada", "bo"} {
		_, err := h.tables.PersonAt(t.Context(), address(name)[:1])
		require.NoError(t, err, "under the new key alone")
	}
}

func TestWhoIsErasedOrMovesWhileAddressesAreRenewedComesBackNowhere_7_erase(t *testing.T) {
	h := newHouse(t, whole)
	h.opens()
	h.keys = secret.Roots{Root: secret.Root{Secret: whole, Whole: true}}.Keys()
	ada := h.registers("ada@customer.example")
	user, err := h.tables.User(t.Context(), ada.Person)
	require.NoError(t, err)
	require.NoError(t, h.run("make"))
	h.db.Clock.Move(secret.Deployed)
	require.NoError(t, h.run("next"))
	h.deploy()
	address := identity.Email(user.Email).Entries(h.keys[secret.Addresses])
	require.NoError(t, h.tables.Unregister(t.Context(), user, address))
	require.Zero(t, h.addresses(), "of who was registered under the old key")
	require.NoError(t, h.tables.RenewAddress(t.Context(), user, address), "which was read before")
	require.Zero(t, h.addresses())
}

func TestNothingIsDoneWithoutTablesOrWithAnotherSecret(t *testing.T) {
	h := newHouse(t, "short")
	require.ErrorContains(t, h.run("make"), "at least 32")
	h.secret = whole
	require.ErrorContains(t, h.run("mend"), "accepted: make, next, renew, show")
	t.Setenv("AGENDA_TABLE", "")
	require.ErrorContains(t, h.run("make"), "AGENDA_TABLE")
	require.Equal(t, whole, h.secret)
}
