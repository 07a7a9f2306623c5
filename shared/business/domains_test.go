package business_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/resolver"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// names are the TXT records of a DNS of the test's own, and under "down" that it does not answer.
type names map[string][]string

func (n names) TXT(_ context.Context, name string) ([]string, error) {
	if n["down"] != nil {
		return nil, resolver.ErrUnanswered
	}
	if len(n[name]) == 0 {
		return nil, resolver.ErrNone
	}
	return n[name], nil
}

// set puts the record that the account is shown for a domain into DNS.
func (f *fixture) set(caller identity.Caller, domain string) business.Record {
	f.t.Helper()
	shown, err := f.desk.Account(f.t.Context(), caller, struct{}{})
	require.NoError(f.t, err)
	at := slices.Index(shown.Domains, strings.ToLower(domain))
	require.GreaterOrEqual(f.t, at, 0)
	record := shown.Proofs[at].Record
	f.dns[record.Name] = append(f.dns[record.Name], record.Value)
	return record
}

func (f *fixture) prove(caller identity.Caller, domain string) {
	f.t.Helper()
	f.set(caller, domain)
	proved, err := f.desk.Prove(f.t.Context(), caller, business.ProofInput{Domain: domain})
	require.NoError(f.t, err)
	require.True(f.t, proved.Proved)
}

// asks registers with an address and says what was mailed to it.
func (f *fixture) asks(email string) mail.Kind {
	_, err := f.join.Register(f.t.Context(), public, account.RegisterInput{Name: "Ben", Email: email, Language: "en",
		Consent: account.Consent{Version: statement, Agreed: true}, Key: secret.ID()})
	require.NoError(f.t, err)
	return f.mail.Last(f.t, email).Kind
}

func TestADomainGivesAccessOnlyFromWhenItsRecordWasSeen_3_d(t *testing.T) {
	f := start(t)
	ann := f.claim("ann@example.com", "example.com")
	require.Equal(t, mail.NoAccess, f.asks("ben@example.com"))
	settings := account.Settings{Tables: f.db.Tables(), Mail: f.mail, Keys: f.desk.Keys, Now: f.db.Clock.Now}
	_, err := settings.AskAddress(t.Context(), ann, account.AddressInput{Email: "a.example@example.com"})
	requireProblem(t, problem.Unacceptable, err)

	for at, said := range map[string][]string{"no TXT record": nil,
		"not this one": {"v=spf1 -all", "iotspot-domain=" + strings.Repeat("a", 32)}} {
		f.dns["_iotspot-challenge.example.com"] = said
		_, err := f.desk.Prove(t.Context(), ann, business.ProofInput{Domain: "example.com"})
		require.Contains(t, requireProblem(t, problem.Unacceptable, err).Fields[0].Detail, at)
	}
	require.Equal(t, mail.NoAccess, f.asks("ben@example.com"))

	record := f.set(ann, "example.com")
	require.Equal(t, "_iotspot-challenge.example.com", record.Name)
	f.dns[record.Name] = []string{"v=spf1 -all", " " + strings.ToUpper(record.Value) + " "}
	proved, err := f.desk.Prove(t.Context(), ann, business.ProofInput{Domain: "EXAMPLE.com"})
	require.NoError(t, err)
	require.Equal(t, business.Domain{Domain: "example.com", Proved: true, Record: record}, proved)
	f.register("ben@example.com")
	delete(f.dns, record.Name)
	again, err := f.desk.Prove(t.Context(), ann, business.ProofInput{Domain: "example.com"})
	require.NoError(t, err, "the record is not needed any more")
	require.Equal(t, proved, again)
}

func TestADnsThatDoesNotAnswerIsToldApartAndCanBeTriedLater(t *testing.T) {
	f := start(t)
	ann := f.claim("ann@example.com", "example.com")
	f.set(ann, "example.com")
	f.dns["down"] = []string{"yes"}
	_, err := f.desk.Prove(t.Context(), ann, business.ProofInput{Domain: "example.com"})
	require.Equal(t, 60, requireProblem(t, problem.Unavailable, err).RetryAfter)
	delete(f.dns, "down")
	f.prove(ann, "example.com")
}

func TestADomainThatIsOnlyClaimedIsInNobodysWayAndTheFirstProofCounts_3_d(t *testing.T) {
	f := start(t)
	eve := f.claim("eve@example.com", "example.com")
	ann := f.open("ann@example.com", "example.com")
	p, err := f.db.Tables().DomainOwner(t.Context(), "example.com")
	require.NoError(t, err)
	require.Equal(t, ann.Business, p)

	_, err = f.desk.Prove(t.Context(), eve, business.ProofInput{Domain: "example.com"})
	lacking := requireProblem(t, problem.Unacceptable, err)
	require.Contains(t, lacking.Fields[0].Detail, "not this one",
		"without the record eve learns what DNS tells anyone")
	shown, err := f.desk.Account(t.Context(), eve, struct{}{})
	require.NoError(t, err)
	require.False(t, shown.Proofs[0].Proved)
	require.NotEqual(t, f.dns["_iotspot-challenge.example.com"][0], shown.Proofs[0].Record.Value,
		"a record is of one account")

	f.set(eve, "example.com")
	_, err = f.desk.Prove(t.Context(), eve, business.ProofInput{Domain: "example.com"})
	requireProblem(t, problem.Conflict, err)
	p, err = f.db.Tables().DomainOwner(t.Context(), "example.com")
	require.NoError(t, err)
	require.Equal(t, ann.Business, p)
}

func TestWhetherAnotherAccountHasADomainMakesNoDifferenceToWhoOnlyClaimsIt_3_d(t *testing.T) {
	f := start(t)
	f.open("ann@example.com", "example.com")
	eve := f.claim("eve@example.org", "example.org")
	answers := map[string]string{}
	for _, domain := range []string{"example.com", "example.net"} {
		claimed := []string{"example.org", domain}
		changed, err := f.desk.Change(t.Context(), eve, business.ChangeInput{Domains: &claimed})
		require.NoError(t, err)
		require.False(t, slices.ContainsFunc(changed.Proofs, func(d business.Domain) bool { return d.Proved }))
		delete(f.dns, "_iotspot-challenge.example.com")
		_, err = f.desk.Prove(t.Context(), eve, business.ProofInput{Domain: domain})
		answers[domain] = requireProblem(t, problem.Unacceptable, err).Fields[0].Detail
		_, err = f.desk.Change(t.Context(), eve, business.ChangeInput{Domains: &[]string{"example.org"}})
		require.NoError(t, err)
	}
	require.Equal(t, answers["example.net"], answers["example.com"])
	owner, err := f.db.Tables().DomainOwner(t.Context(), "example.com")
	require.NoError(t, err, "what eve gives up was not hers")
	require.NotEqual(t, eve.Business, owner)
	for _, domain := range []string{"example.com", "nowhere.example"} {
		_, err := f.desk.Prove(t.Context(), eve, business.ProofInput{Domain: domain})
		require.Equal(t, problem.Unknown(), err, "what is not claimed is unknown")
	}
}

func TestOfTwoWhoProveOneDomainAtTheSameTimeOneGetsIt_3_d(t *testing.T) {
	f := start(t)
	callers := []identity.Caller{f.claim("ann@example.com", "example.com"), f.claim("eve@example.com", "example.com")}
	errs := make([]error, len(callers))
	for _, caller := range callers {
		f.set(caller, "example.com")
	}
	var all sync.WaitGroup
	for i, caller := range callers {
		all.Go(func() { _, errs[i] = f.desk.Prove(t.Context(), caller, business.ProofInput{Domain: "example.com"}) })
	}
	all.Wait()
	if errs[0] != nil {
		errs[0], errs[1] = errs[1], errs[0]
	}
	require.NoError(t, errs[0])
	requireProblem(t, problem.Conflict, errs[1])
}

func TestADomainThatIsProvedWhileItIsGivenUpBelongsToNobodyAfterwards_3_d(t *testing.T) {
	f := start(t)
	ann := f.claim("ann@example.com", "example.com")
	for range 20 {
		_, err := f.desk.Change(t.Context(), ann, business.ChangeInput{Domains: &[]string{"example.com",
			"example.org"}})
		require.NoError(t, err)
		f.set(ann, "example.org")
		var all sync.WaitGroup
		var given, proved error
		all.Go(func() { _, proved = f.desk.Prove(t.Context(), ann, business.ProofInput{Domain: "example.org"}) })
		all.Go(func() {
			_, given = f.desk.Change(t.Context(), ann, business.ChangeInput{Domains: &[]string{"example.com"}})
		})
		all.Wait()
		require.NoError(t, given)
		if proved != nil {
			require.Equal(t, problem.Unknown(), proved)
		}
		_, err = f.db.Tables().DomainOwner(t.Context(), "example.org")
		require.ErrorIs(t, err, table.ErrAbsent)
	}
}

func TestLooksIntoDnsAreLimited(t *testing.T) {
	f := start(t)
	ann := f.claim("ann@example.com", "example.com")
	var err error
	for range 61 {
		_, err = f.desk.Prove(t.Context(), ann, business.ProofInput{Domain: "example.com"})
	}
	require.Positive(t, requireProblem(t, problem.TooMany, err).RetryAfter)
}
