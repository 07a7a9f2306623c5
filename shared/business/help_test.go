package business_test

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
)

const statement = privacy.StatementVersion

var (
	now    = time.Date(2026, 11, 23, 8, 10, 0, 0, time.UTC)
	public = identity.Caller{} // a caller without a session
)

type fixture struct {
	t    testing.TB
	db   *enginetest.Database
	mail *mailtest.Recorder
	dns  names
	desk business.Accounts
	join account.Registrations
	gate bearer.Callers
}

func start(t testing.TB) *fixture {
	db, post := enginetest.New(t, now), &mailtest.Recorder{}
	dns := names{}
	return &fixture{t: t, db: db, mail: post, dns: dns,
		desk: business.Accounts{Tables: db.Tables(), Mail: post, Keys: enginetest.Keys, Records: dns,
			Now:       db.Clock.Now,
			Statement: statement},
		join: account.Registrations{Tables: db.Tables(), Mail: post, Keys: enginetest.Keys, Now: db.Clock.Now,
			Statement: statement},
		gate: bearer.Callers{Tables: db.Tables(), Now: db.Clock.Now}}
}

func opening(email string, domains ...string) business.OpenInput {
	return business.OpenInput{LegalName: "Example B.V.", Addresses: []string{"Keizersgracht 1"}, Domains: domains,
		Invoice:       business.Invoice{Name: "Example B.V.", Address: "Postbus 1", Email: "invoices@example.com"},
		Administrator: business.Administrator{Name: "Ann Example", Email: email, Language: "en"},
		Consent:       account.Consent{Version: statement, Agreed: true}, Key: secret.ID()}
}

var digits = regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`)

// code is the one in the last mail.
func (f *fixture) code() string {
	sent := f.mail.Sent()
	require.NotEmpty(f.t, sent)
	return digits.FindString(sent[len(sent)-1].Text)
}

// open opens an account, proves its domains and gives its administrator.
func (f *fixture) open(email string, domains ...string) identity.Caller {
	caller := f.claim(email, domains...)
	for _, domain := range domains {
		f.prove(caller, domain)
	}
	return caller
}

// claim opens an account with domains that are not proved.
func (f *fixture) claim(email string, domains ...string) identity.Caller {
	waiting, err := f.desk.Open(f.t.Context(), public, opening(email, domains...))
	require.NoError(f.t, err)
	opened, err := f.desk.Confirm(f.t.Context(), public,
		business.ConfirmInput{Opening: waiting.Opening, Code: f.code(), Key: secret.ID()})
	require.NoError(f.t, err)
	return f.caller(opened.Token)
}

func (f *fixture) caller(token string) identity.Caller {
	caller, err := bearertest.Caller(f.t.Context(), f.gate, token)
	require.NoError(f.t, err)
	return caller
}

// registration is one that waits, with its code.
func (f *fixture) registration(email string) account.ConfirmInput {
	waiting, err := f.join.Register(f.t.Context(), public,
		account.RegisterInput{Name: "Ben", Email: email, Language: "en",
			Consent: account.Consent{Version: statement, Agreed: true}, Key: secret.ID()})
	require.NoError(f.t, err)
	return account.ConfirmInput{Registration: waiting.Registration, Code: f.code(), Key: secret.ID()}
}

// register makes somebody a user and gives their session's token.
func (f *fixture) register(email string) string {
	session, err := f.join.Confirm(f.t.Context(), public, f.registration(email))
	require.NoError(f.t, err)
	return session.Token
}

// dump is everything in the stores.
func (f *fixture) dump() string {
	return f.dumpOf(func(map[string]types.AttributeValue) bool { return true })
}

// dumpUncounted is without how often something was asked for.
func (f *fixture) dumpUncounted() string {
	return f.dumpOf(func(item map[string]types.AttributeValue) bool {
		return !strings.HasPrefix(enginetest.Plain(item)["pk"], "attempts#")
	})
}

func (f *fixture) dumpOf(which func(map[string]types.AttributeValue) bool) string {
	var all []any
	for _, name := range slices.Sorted(maps.Values(engine.Names())) {
		answer, err := f.db.Client.Scan(f.t.Context(), &dynamodb.ScanInput{TableName: aws.String(name)})
		require.NoError(f.t, err)
		for _, item := range answer.Items {
			if which(item) {
				all = append(all, item)
			}
		}
	}
	text, err := json.Marshal(all)
	require.NoError(f.t, err)
	return string(text)
}

func requireProblem(t testing.TB, kind problem.Kind, err error) *problem.Error {
	t.Helper()
	var p *problem.Error
	require.ErrorAs(t, err, &p)
	require.Equal(t, kind, p.Kind, p.Detail)
	return p
}
