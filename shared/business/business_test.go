package business_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/civil/civiltest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/report/reporttest"
	"github.com/iotspot/iotspot/shared/secret"
)

// 4.e.1
func TestTheZoneOfAnAccountIsAnIANANameThatCanBeChanged(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	for _, wrong := range []string{"Local", "Europe/Utrecht", "CEST+1"} {
		_, err := f.desk.Change(t.Context(), ann, business.ChangeInput{TimeZone: &wrong})
		require.Equal(t, "/time_zone", requireProblem(t, problem.Unacceptable, err).Fields[0].Pointer)
		elsewhere := opening("ben@example.org", "example.org")
		elsewhere.TimeZone = wrong
		_, err = f.desk.Open(t.Context(), identity.Caller{IP: "192.0.2.9"}, elsewhere)
		require.Equal(t, "/time_zone", requireProblem(t, problem.Unacceptable, err).Fields[0].Pointer)
	}
	chicago := "America/Chicago"
	shown, err := f.desk.Change(t.Context(), ann, business.ChangeInput{TimeZone: &chicago})
	require.NoError(t, err)
	require.Equal(t, chicago, shown.TimeZone.String())
	zone, err := f.desk.Tables.AccountZone(t.Context(), ann.Business)
	require.NoError(t, err)
	require.Equal(t, chicago, zone.String())
}

// 3.a 3.b 3.d 3.i 3.j
func TestWhoOpensAnAccountIsItsFirstAdministratorAndItsOneUser(t *testing.T) {
	f := start(t)
	ann := f.open("Ann@Example.com", "EXAMPLE.com", "example.org")
	require.Equal(t, identity.Administrator, ann.Role)
	require.Equal(t, statement, ann.Consent)
	shown, err := f.desk.Account(t.Context(), ann, struct{}{})
	require.NoError(t, err)
	require.Equal(t, business.Account{ID: ann.Business, LegalName: "Example B.V.",
		Addresses: []string{"Keizersgracht 1"},
		Domains:   []string{"example.com", "example.org"}, Proofs: shown.Proofs, Invoice: opening("").Invoice,
		TimeZone: civiltest.Load(t, "Europe/Amsterdam"), Users: 1, OpenedAt: now}, shown)

	user, err := f.db.Tables().User(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Equal(t, "Ann@Example.com", user.Email)
	require.Equal(t, statement, user.ConsentVersion)
	f.register("ben@example.org")
	shown, err = f.desk.Account(t.Context(), ann, struct{}{})
	require.NoError(t, err)
	require.Equal(t, 2, shown.Users)
}

// 2.consent
func TestWhoIsRegisteredGetsTheSameAnswerAMailThatSaysSoAndNothingIsStored(t *testing.T) { // s.registration
	f := start(t)
	f.open("ann@example.com", "example.com")
	in := opening("ann@example.com", "example.com")
	in.Key = "a second account"
	waiting, err := f.desk.Open(t.Context(), public, in)
	require.NoError(t, err)
	ids, _, _ := f.desk.Keys[secret.Registrations].Unseal("opening", waiting.Opening)
	sent := f.mail.Sent()
	require.Equal(t, mail.RegisteredAlready, sent[len(sent)-1].Kind)
	require.NotContains(t, f.dump(), ids[16:])
}

func TestWithoutConsentToTheStatementInForceNothingIsStored(t *testing.T) {
	f := start(t)
	before := f.dump()
	for _, consent := range []account.Consent{{}, {Version: statement}, {Version: "2020-01-01", Agreed: true}} {
		in := opening("ann@example.com", "example.com")
		in.Consent = consent
		require.Empty(t, reporttest.Logged(t, func() {
			_, err := f.desk.Open(t.Context(), public, in)
			requireProblem(t, problem.Consent, err)
		}))
	}
	require.Equal(t, before, f.dump())
	require.Empty(t, f.mail.Sent())
}

// 3.d
func TestDomainsThatCanNotBeHadAreRefusedAndNothingIsStored(t *testing.T) {
	f := start(t)
	f.open("ann@example.com", "example.com")
	before, mails := f.dump(), len(f.mail.Sent())
	for name, refused := range map[string]struct {
		kind problem.Kind
		in   business.OpenInput
	}{
		"of a public mail provider":       {problem.Unacceptable, opening("ann@gmail.com", "gmail.com")},
		"of a Dutch one, in capitals":     {problem.Unacceptable, opening("ann@ziggo.nl", "ZIGGO.nl")},
		"beneath one":                     {problem.Unacceptable, opening("ann@team.gmail.com", "team.gmail.com")},
		"without the opener's":            {problem.Unacceptable, opening("ann@example.net", "example.org")},
		"with only a parent of it":        {problem.Unacceptable, opening("ann@mail.example.org", "example.org")},
		"an address that could be forged": {problem.Malformed, opening("ann <ann@example.org>", "example.org")},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := f.desk.Open(t.Context(), public, refused.in)
			requireProblem(t, refused.kind, err)
		})
	}
	require.Equal(t, before, f.dump())
	require.Len(t, f.mail.Sent(), mails)
}

func TestAnOpeningThatIsNeverConfirmedIsGoneWithinTheHourAndItsCodeWorksOnceAndForFiveTries(t *testing.T) {
	f := start(t)
	in := opening("ann@example.com", "example.com")
	waiting, err := f.desk.Open(t.Context(), public, in)
	require.NoError(t, err)
	again, err := f.desk.Open(t.Context(), public, in)
	require.NoError(t, err)
	require.Equal(t, waiting, again, "the same request is the same opening")
	confirm := business.ConfirmInput{Opening: waiting.Opening, Code: f.code(), Key: secret.ID()}

	late := start(t)
	_, err = late.desk.Open(t.Context(), public, in)
	require.NoError(t, err)
	late.db.Clock.Move(time.Hour)
	_, err = late.desk.Confirm(t.Context(), public, confirm)
	requireProblem(t, problem.Unauthorised, err)

	opened, err := f.desk.Confirm(t.Context(), public, confirm)
	require.NoError(t, err)
	repeated, err := f.desk.Confirm(t.Context(), public, confirm)
	require.NoError(t, err)
	require.Equal(t, opened, repeated, "with the same key it is the same session")
	confirm.Key = secret.ID()
	_, err = f.desk.Confirm(t.Context(), public, confirm)
	requireProblem(t, problem.Unauthorised, err)

	guessed := start(t)
	_, err = guessed.desk.Open(t.Context(), public, in)
	require.NoError(t, err)
	for range 5 {
		_, err = guessed.desk.Confirm(t.Context(), public,
			business.ConfirmInput{Opening: waiting.Opening, Code: "00000000", Key: secret.ID()})
		requireProblem(t, problem.Unauthorised, err)
	}
	_, err = guessed.desk.Confirm(t.Context(), public, confirm)
	requireProblem(t, problem.Unauthorised, err)
	_, err = guessed.desk.Confirm(t.Context(), public, business.ConfirmInput{Opening: "nonsense", Code: "00000000"})
	requireProblem(t, problem.Unauthorised, err)
}

func TestAfterTheConfirmationNothingOfThePersonStaysInWhatWaited(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	opening, err := f.db.Tables().TryOpening(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Empty(t, opening.Email+opening.Name+opening.Language+opening.ConsentVersion)
	require.Nil(t, opening.Account)
}

// 3.a 3.b 3.d 3.j
func TestAnAccountIsChangedItemByItem(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	name, domains := "Example N.V.", []string{"Example.org", "example.com"}
	changed, err := f.desk.Change(t.Context(), ann, business.ChangeInput{LegalName: &name})
	require.NoError(t, err)
	require.Equal(t, []any{name, []string{"Keizersgracht 1"}}, []any{changed.LegalName, changed.Addresses})
	addresses, invoice := []string{" Singel 2 ", "Kade 3"},
		business.Invoice{Name: "Example N.V.", Address: "Postbus 9", Email: "bills@example.com"}
	changed, err = f.desk.Change(t.Context(), ann, business.ChangeInput{Addresses: &addresses})
	require.NoError(t, err)
	require.Equal(t, []any{[]string{"Singel 2", "Kade 3"}, opening("").Invoice},
		[]any{changed.Addresses, changed.Invoice})
	changed, err = f.desk.Change(t.Context(), ann, business.ChangeInput{Invoice: &invoice})
	require.NoError(t, err)
	require.Equal(t, []any{invoice, []string{"Singel 2", "Kade 3"}}, []any{changed.Invoice, changed.Addresses})
	changed, err = f.desk.Change(t.Context(), ann, business.ChangeInput{Domains: &domains})
	require.NoError(t, err)
	require.Equal(t, []string{"example.com", "example.org"}, changed.Domains)
	f.prove(ann, "example.org")
	f.register("ben@example.org")

	given := []string{"example.com"}
	changed, err = f.desk.Change(t.Context(), ann, business.ChangeInput{Domains: &given})
	require.NoError(t, err)
	require.Equal(t, given, changed.Domains)
	require.Equal(t, 2, changed.Users)
	other := f.open("cas@example.org", "example.org") // the domain given up can be had
	require.NotEqual(t, ann.Business, other.Business)

	for _, refused := range [][]string{{"gmail.com", "example.com"}, {"example.net"}} {
		_, err = f.desk.Change(t.Context(), ann, business.ChangeInput{Domains: &refused})
		require.Error(t, err)
	}
	shown, err := f.desk.Account(t.Context(), ann, struct{}{})
	require.NoError(t, err)
	require.Equal(t, given, shown.Domains)
	require.Equal(t, []any{name, []string{"Singel 2", "Kade 3"}, invoice},
		[]any{shown.LegalName, shown.Addresses, shown.Invoice})
}

func TestAnAdministratorNamesOthersAndTheirSessionsKnowItAtOnce(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	token := f.register("ben@example.com")
	require.Equal(t, identity.User, f.caller(token).Role)
	named, err := f.desk.Name(t.Context(), ann, business.RoleInput{Email: "BEN@example.com", Role: identity.Manager})
	require.NoError(t, err)
	require.Equal(t, identity.Manager, named.Role)
	require.Equal(t, identity.Manager, f.caller(token).Role)
}

func TestAnAdministratorConfirmsAnOfficerAndLearnsNothingOfThem_4_b_4(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	ben := f.caller(f.register("ben@example.com"))
	for _, confirmed := range []bool{true, true, false} {
		answer, err := f.desk.ConfirmOfficer(t.Context(), ann,
			business.OfficerInput{Email: "BEN@example.com", Confirmed: confirmed})
		require.NoError(t, err)
		require.Equal(t, business.Confirmed{Confirmed: confirmed}, answer)
		user, err := f.desk.Tables.User(t.Context(), ben.Person)
		require.NoError(t, err)
		require.Equal(t, confirmed, user.OfficerConfirmed)
		require.False(t, user.IsOfficer(), "ben does not say so")
	}
}

func TestTheLastAdministratorStaysOneHoweverManyTryAtTheSameTime(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	_, err := f.desk.Name(t.Context(), ann, business.RoleInput{Email: "ann@example.com", Role: identity.User})
	requireProblem(t, problem.Conflict, err)

	emails := []string{"ann@example.com", "ben@example.com", "cas@example.com"}
	for _, email := range emails[1:] {
		f.register(email)
		_, err := f.desk.Name(t.Context(), ann, business.RoleInput{Email: email, Role: identity.Administrator})
		require.NoError(t, err)
	}
	var all sync.WaitGroup
	for range 5 {
		for _, email := range emails {
			all.Go(func() {
				_, _ = f.desk.Name(t.Context(), ann,
					business.RoleInput{Email: email, Role: identity.User})
			})
		}
	}
	all.Wait()
	administrators := 0
	for _, email := range emails {
		p, err := f.db.Tables().PersonAt(t.Context(), identity.Email(email).Entries(f.desk.Keys[secret.Addresses]))
		require.NoError(t, err)
		user, err := f.db.Tables().User(t.Context(), p)
		require.NoError(t, err)
		if user.Role == identity.Administrator {
			administrators++
		}
	}
	require.Equal(t, 1, administrators)
	stored, err := f.db.Tables().Account(t.Context(), ann.Business)
	require.NoError(t, err)
	require.Equal(t, 1, stored.Administrators)
}
