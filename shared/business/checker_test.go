package business_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

const challenge = "_iotspot-challenge.example.com"

func (f *fixture) checker() business.Checker {
	return business.Checker{Tables: f.db.Tables(), Mail: f.mail, Keys: f.desk.Keys, Records: f.dns,
		Now: f.db.Clock.Now}
}

// days lets the checker look on as many days, more than once on each.
func (f *fixture) days(n int) {
	f.t.Helper()
	for range n {
		f.db.Clock.Move(24 * time.Hour)
		for range 2 {
			require.NoError(f.t, f.checker().Step(f.t.Context()))
		}
	}
}

// told are the subjects of the mails about records to an address.
func (f *fixture) told(email string) (subjects []string) {
	for _, sent := range f.mail.Sent() {
		if sent.Kind == mail.DomainRecord && sent.To == email {
			subjects = append(subjects, sent.Subject)
		}
	}
	return subjects
}

func (f *fixture) signsIn(email string) mail.Message {
	f.t.Helper()
	door := signin.Sessions{Tables: f.db.Tables(), Mail: f.mail, Keys: f.desk.Keys, Now: f.db.Clock.Now}
	asked, err := door.Ask(f.t.Context(), public, signin.AskInput{Email: email})
	require.NoError(f.t, err)
	letter := f.mail.Last(f.t, email)
	_, err = door.Start(f.t.Context(), public, signin.StartInput{SignIn: asked.SignIn, Code: f.code(),
		Key: secret.ID()})
	require.NoError(f.t, err)
	return letter
}

func TestTheDailyLookListsPeopleOfAnEarlierReleaseOnTheRosterOfTheirAccount(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	ben := identity.Person{Business: ann.Business, User: secret.ID()}
	f.db.Put(t, privacy.Directory, table.PersonPartition(ben), "user", map[string]any{"business": ben.Business,
		table.MemberKey: table.MemberOf(ben), "name": "Ben Example"})
	f.db.Count(t, ben.Business, 1)
	whole := func() bool {
		roster, err := f.db.Tables().Roster(t.Context(), ann.Business)
		require.NoError(t, err)
		require.Len(t, roster.Members, 2)
		return roster.Current
	}
	require.False(t, whole())
	f.days(1)
	require.True(t, whole())
}

func TestADomainWhoseRecordIsGoneForTenDaysGivesNobodyNewAccessAndWhoIsRegisteredStays_3_d(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	f.register("ben@example.com")
	f.days(5)
	require.Empty(t, f.told("ann@example.com"), "the record is there")
	delete(f.dns, challenge)
	f.days(2)
	require.Empty(t, f.told("ann@example.com"), "which may be a mistake")
	f.days(7)
	require.Equal(t, []string{"The DNS record of your e-mail domain is missing"}, f.told("ann@example.com"))
	f.register("cas@example.com")

	f.db.Clock.Move(24 * time.Hour)
	waits := f.registration("dee@example.com")
	for range 2 {
		require.NoError(t, f.checker().Step(t.Context()))
	}
	require.Equal(t, []string{"The DNS record of your e-mail domain is missing",
		"Your e-mail domain gives no new access any more"}, f.told("ann@example.com"), "each once")
	require.Empty(t, f.told("ben@example.com"), "who is no administrator")
	require.Equal(t, mail.NoAccess, f.asks("eve@example.com"))
	_, err := f.join.Confirm(t.Context(), public, waits)
	requireProblem(t, problem.Unacceptable, err)
	shown, err := f.desk.Account(t.Context(), ann, struct{}{})
	require.NoError(t, err)
	require.False(t, shown.Proofs[0].Proved)
	for _, email := range []string{"ann@example.com", "ben@example.com", "cas@example.com"} {
		require.NotContains(t, f.signsIn(email).Text, "Please note", "the domain is nobody's")
	}

	f.prove(ann, "example.com")
	f.register("eve@example.com")
}

func TestARecordThatComesBackOrCanNotBeAskedForEndsNothing_3_d(t *testing.T) {
	f := start(t)
	f.open("ann@example.com", "example.com")
	there := f.dns[challenge]
	for range 3 {
		delete(f.dns, challenge)
		f.days(9)
		f.dns[challenge] = []string{"v=spf1 -all", " " + strings.ToUpper(there[0])}
		f.days(1)
	}
	delete(f.dns, challenge)
	f.days(9)
	f.dns["down"] = []string{"yes"}
	f.days(30)
	require.Equal(t, mail.RegistrationCode, f.asks("ben@example.com"), "a silent DNS says nothing")
	delete(f.dns, "down")
	f.days(1)
	require.Equal(t, mail.NoAccess, f.asks("cas@example.com"))
}

func TestAProofIsLostOnceWhereverTheLookIsKilled_3_d(t *testing.T) {
	enginetest.EachCall(t, true, func(t *testing.T, faults *enginetest.Faults) {
		f := start(t)
		f.open("ann@example.com", "example.com")
		delete(f.dns, challenge)
		f.days(9)
		f.db.Clock.Move(24 * time.Hour)
		killed := f.checker()
		killed.Tables = f.db.Faulty(faults)
		err := killed.Step(t.Context())
		if !faults.Reached() {
			require.NoError(t, err)
			return
		}
		for range 2 {
			require.NoError(t, f.checker().Step(t.Context()))
		}
		f.days(1)
		require.Equal(t, mail.NoAccess, f.asks("ben@example.com"))
		told := f.told("ann@example.com")
		require.Contains(t, []int{2, 3}, len(told), "the warning, and what it warned of, at least once: %v", told)
	})
}

func TestARecordIsKnownByWhatWasSeenWhateverKeyItWasMadeUnder_3_d(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	f.db.Put(t, privacy.Directory, "domain#example.com", "domain", map[string]any{"business": ann.Business})
	f.days(1)
	f.desk.Keys = secret.NewRoots("another root of thirty-two characters", time.Time{}).Keys()
	f.days(30)
	require.Empty(t, f.told("ann@example.com"), "a proof of before records were kept, and another key since")
	owner, err := f.db.Tables().DomainOwner(t.Context(), "example.com")
	require.NoError(t, err)
	require.Equal(t, ann.Business, owner)
}

func TestWhoseDomainWentToAnotherCustomerIsLedAndNotLetIntoTheOldAccountInSilence_3_d(t *testing.T) {
	f := start(t)
	f.open("ann@example.com", "example.com")
	f.register("ben@example.com")
	eve := f.claim("eve@example.com", "example.com")
	delete(f.dns, challenge)
	f.days(10)
	f.prove(eve, "example.com")

	require.Contains(t, f.signsIn("ben@example.com").Text, "Please note")
	require.Equal(t, mail.RegisteredAlready, f.asks("ben@example.com"))
	require.Contains(t, f.mail.Last(t, "ben@example.com").Text, "end your registration")
	require.NotContains(t, f.signsIn("eve@example.com").Text, "Please note")
	require.Equal(t, mail.RegistrationCode, f.asks("fay@example.com"), "who is new comes to the new account")

	ben, err := f.db.Tables().PersonAt(t.Context(), identity.Email("ben@example.com").
		Entries(f.desk.Keys[secret.Addresses]))
	require.NoError(t, err)
	require.NotEqual(t, eve.Business, ben.Business)
	user, err := f.db.Tables().User(t.Context(), ben)
	require.NoError(t, err)
	require.NoError(t, f.db.Tables().Unregister(t.Context(), user, identity.Email("ben@example.com").
		Entries(f.desk.Keys[secret.Addresses])))
	require.Equal(t, eve.Business, f.caller(f.register("ben@example.com")).Business,
		"and there when he went that way")
}

func TestADomainThatWasProvedAnewWhileItsLookWasUnderWayStays_3_d(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	delete(f.dns, challenge)
	f.days(9)
	proved := table.ProvedDomain{Domain: "example.com", Business: ann.Business, Missed: 9}
	require.NoError(t, f.db.Tables().ProveDomain(t.Context(), ann.Business, "example.com", "iotspot-domain=x"))
	lost, err := f.db.Tables().LoseDomain(t.Context(), proved)
	require.NoError(t, err)
	require.False(t, lost)
	missed, err := f.db.Tables().MissedRecord(t.Context(), proved, "2026-12-03")
	require.NoError(t, err)
	require.False(t, missed)
}
