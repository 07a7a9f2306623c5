package bearer_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin/signintest"
	"github.com/iotspot/iotspot/shared/table"
)

func TestACallerIsFoundForHalfAUnitAndNothingElseOnADayAlreadyRecorded(t *testing.T) {
	p := signintest.NewPorch(t)
	meter := &enginetest.Meter{}
	p.Callers.Tables = p.Metered(meter)
	caller, err := p.Caller(t, p.First.Token)
	require.NoError(t, err)
	require.Equal(t, identity.Caller{Person: p.Ann, Role: identity.User, Session: secret.Hash(p.First.Token),
		Consent: signintest.Statement, Counted: true}, caller)
	usage := meter.Usage()
	require.Equal(t, []string{"GetItem"}, usage.Calls)
	require.LessOrEqual(t, usage.Read, 0.5)
	require.Zero(t, usage.Write)
}

func TestTheFirstUseOfADayIsRecordedOnceAndKeptForFiftyTwoWeeks_4_e_1(t *testing.T) {
	evening := time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC)
	for zone, want := range map[string]struct {
		date  civil.Date
		start time.Time // of that date, from which the weeks count
	}{
		"Europe/Amsterdam":    {"2026-11-23", time.Date(2026, 11, 22, 23, 0, 0, 0, time.UTC)},
		"America/Los_Angeles": {"2026-11-22", time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)},
		"Pacific/Kiritimati":  {"2026-11-23", time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)},
	} {
		t.Run(zone, func(t *testing.T) {
			p := signintest.PorchIn(t, zone, signintest.Noon.Add(-48*time.Hour))
			p.Clock.Set(evening)
			_, err := p.Caller(t, p.First.Token)
			require.NoError(t, err)
			recorded := func(date civil.Date) {
				t.Helper()
				day, err := p.Tables.LastUse(t.Context(), p.Ann)
				require.NoError(t, err)
				require.Equal(t, date, day)
			}
			recorded(want.date)
			p.Clock.Set(want.start.Add(364*24*time.Hour - time.Second))
			recorded(want.date)
			p.Clock.Move(time.Second)
			_, err = p.Tables.LastUse(t.Context(), p.Ann)
			require.ErrorIs(t, err, table.ErrAbsent)
		})
	}
}

func TestNothingOfAnErasedPersonComesBackWithALateUse_7_erase(t *testing.T) {
	p := signintest.NewPorch(t)
	p.Erased(t)
	p.Clock.Move(24 * time.Hour)
	_, err := p.Caller(t, p.First.Token)
	signintest.RequireKind(t, problem.Unauthorised, err)
	item := p.Item(t, privacy.Agenda, table.PersonPartition(p.Ann), "use")
	require.Contains(t, enginetest.Plain(item)["date"], "2026-11-22", "as it was")
}

func TestASessionEndsAtItsFixedEndThoughItIsUsed(t *testing.T) {
	p := signintest.NewPorch(t)
	for range 29 {
		p.Clock.Move(24 * time.Hour)
		_, err := p.Caller(t, p.First.Token)
		require.NoError(t, err)
	}
	p.Clock.Move(24 * time.Hour)
	_, err := p.Caller(t, p.First.Token)
	signintest.RequireKind(t, problem.Unauthorised, err)
}

func TestSigningOutEndsThisSessionAtOnceAndNoOther(t *testing.T) {
	p := signintest.NewPorch(t)
	second := p.SignedIn(t)
	caller, err := p.Caller(t, second.Token)
	require.NoError(t, err)
	_, err = p.Sessions.End(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	_, err = p.Caller(t, second.Token)
	signintest.RequireKind(t, problem.Unauthorised, err)
	p.Clock.Move(24 * time.Hour)
	_, err = p.Caller(t, second.Token)
	signintest.RequireKind(t, problem.Unauthorised, err)
	_, err = p.Caller(t, p.First.Token)
	require.NoError(t, err)
}

func TestTokensThatAreMalformedOrOfAnotherOpenNothing(t *testing.T) {
	p := signintest.NewPorch(t)
	meter := &enginetest.Meter{}
	p.Callers.Tables = p.Metered(meter)
	token := p.First.Token
	for _, malformed := range []string{"", "x", token[1:], "a" + token, strings.ToUpper(token),
		strings.Repeat("#", 64), strings.Repeat("é", 32)} {
		_, err := p.Caller(t, malformed)
		signintest.RequireKind(t, problem.Unauthorised, err)
	}
	require.Empty(t, meter.Usage().Calls, "malformed ones are denied without any read")
	for _, other := range []string{token[:32] + secret.Token(), secret.ID() + token[16:], token[:16] + secret.ID() +
		token[32:]} {
		_, err := p.Caller(t, other)
		signintest.RequireKind(t, problem.Unauthorised, err)
	}
}

func TestTheTokenItselfIsStoredNowhere(t *testing.T) {
	p := signintest.NewPorch(t)
	for _, items := range p.Everything(t) {
		for _, item := range items {
			for _, value := range enginetest.Plain(item) {
				require.NotContains(t, value, p.First.Token[32:])
			}
		}
	}
}

func TestATokenOfAKindThatTheOperationIsNotForIsRefusedWithoutAnyRead_8_security(t *testing.T) {
	callers := bearer.Callers{} // without tables
	bits := secret.Token()
	p := identity.Person{Business: secret.ID(), User: secret.ID()}
	for token, roles := range map[string][]identity.Role{
		bearer.Token(p, bits): identity.Guests,
		bearer.Pass(p, bits):  identity.Members,
		bearer.Token(identity.Person{Business: identity.Operator, User: p.User}, bits): identity.Everyone,
	} {
		_, err := callers.Claim(token, roles...)
		signintest.RequireKind(t, problem.NotFound, err)
		claim, err := callers.Claim(token, slices.Concat(identity.Subjects, identity.StaffOnly)...)
		require.NoError(t, err)
		require.Equal(t, p.User, claim.User)
	}
}

func TestNoUseIsRecordedOfWhatIsNotForTheCaller_4_e_1(t *testing.T) {
	p := signintest.NewPorch(t)
	p.Clock.Move(24 * time.Hour)
	claim, err := p.Callers.Claim(p.First.Token, identity.Administrators...)
	require.NoError(t, err)
	_, err = claim.Prove(t.Context())
	signintest.RequireKind(t, problem.NotFound, err)
	day, err := p.Tables.LastUse(t.Context(), p.Ann)
	require.NoError(t, err)
	require.EqualValues(t, "2026-11-22", day)
}
