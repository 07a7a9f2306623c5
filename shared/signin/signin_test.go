package signin_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

func TestSigningInIsACodeByMailAndTheLastRequestAloneIsKept_4_e_2_4_d_5(t *testing.T) {
	p := newPorch(t)
	p.Clock.Move(time.Hour)
	in := p.asked(t)
	asked, err := p.tables.LastLogin(t.Context(), p.ann)
	require.NoError(t, err)
	require.Equal(t, table.Login{RequestedAt: noon.Add(time.Hour), IP: "192.0.2.7", LoginName: ann}, asked)
	require.Equal(t, "nl", p.mail.Last(t, ann).Language)

	p.Clock.Move(time.Minute)
	in.OS, in.OSRelease = "Android", "17"
	session, err := p.desk.Start(t.Context(), visitor, in)
	require.NoError(t, err)
	at := noon.Add(time.Hour + time.Minute)
	require.Equal(t, at.Add(30*24*time.Hour), session.Until)
	login, err := p.tables.LastLogin(t.Context(), p.ann)
	require.NoError(t, err)
	require.Equal(t, table.Login{RequestedAt: noon.Add(time.Hour), LoggedInAt: &at, IP: "192.0.2.7", LoginName: ann},
		login)
	item := p.Item(t, privacy.Agenda, table.PersonPartition(p.ann), "login")
	require.Equal(t, fmt.Sprint(at.Add(42*24*time.Hour).Unix()), item["ttl"].(*types.AttributeValueMemberN).Value)
	user, err := p.tables.User(t.Context(), p.ann)
	require.NoError(t, err)
	require.Equal(t, []string{"Android", "17"}, []string{user.OS, user.OSRelease})

	p.Clock.Move(42*24*time.Hour - time.Second)
	_, err = p.tables.LastLogin(t.Context(), p.ann)
	require.NoError(t, err)
	p.Clock.Move(time.Second)
	_, err = p.tables.LastLogin(t.Context(), p.ann)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestOfADeviceThatTellsLessNothingOfTheOneBeforeStays_4_d_5(t *testing.T) {
	p := newPorch(t)
	for _, device := range [][]string{{"Android", "17"}, {"iOS", ""}, {"", ""}} {
		in := p.asked(t)
		in.OS, in.OSRelease = device[0], device[1]
		_, err := p.desk.Start(t.Context(), visitor, in)
		require.NoError(t, err)
		user, err := p.tables.User(t.Context(), p.ann)
		require.NoError(t, err)
		require.Equal(t, device, []string{user.OS, user.OSRelease})
	}
}

func TestAnUnknownAddressGetsTheSameAnswerAndNothingIsKeptOfIt_4_e_2(t *testing.T) {
	p := newPorch(t)
	known, err := p.desk.Ask(t.Context(), visitor, signin.AskInput{Email: ann})
	require.NoError(t, err)
	sent := len(p.mail.Sent())
	unknown, err := p.desk.Ask(t.Context(), visitor, signin.AskInput{Email: "nobody@example.com"})
	require.NoError(t, err)
	require.Equal(t, known, unknown)
	require.Len(t, p.mail.Sent(), sent)

	_, wrong := p.desk.Start(t.Context(), visitor, signin.StartInput{Email: ann, Code: "00000000", Key: "some-key-1"})
	_, nobody := p.desk.Start(t.Context(), visitor, signin.StartInput{Email: "nobody@example.com", Code: "00000000",
		Key: "some-key-1"})
	require.Equal(t, wrong, nobody)
	requireKind(t, problem.Unauthorised, nobody)

	for store, items := range p.Everything(t) {
		for _, item := range items {
			require.NotContains(t, strings.ToLower(fmt.Sprint(enginetest.Plain(item))), "nobody", store)
		}
	}
}

func TestNeitherTheTimeNorTheCallsTellWhetherAnAddressIsKnown(t *testing.T) {
	p := newPorch(t)
	meter := &enginetest.Meter{}
	p.desk.Tables = p.Metered(meter)
	calls := map[string][]string{}
	for _, email := range []string{ann, "nobody@example.com"} {
		meter.Reset()
		_, err := p.desk.Start(t.Context(), visitor, signin.StartInput{Email: email, Code: "00000000",
			Key: "some-key-1"})
		requireKind(t, problem.Unauthorised, err)
		calls[email] = meter.Usage().Calls
	}
	require.Equal(t, calls[ann], calls["nobody@example.com"])

	p.desk.Pace, p.desk.Now = 300*time.Millisecond, func() time.Time { return time.Now().UTC() }
	for _, email := range []string{ann, "nobody@example.com"} {
		began := time.Now()
		_, err := p.desk.Ask(t.Context(), visitor, signin.AskInput{Email: email})
		require.NoError(t, err)
		require.GreaterOrEqual(t, time.Since(began), p.desk.Pace)
	}

	began := time.Now()
	p.desk.Pace = time.Hour
	_, err := p.desk.Ask(t.Context(), visitor, signin.AskInput{Email: "no address"})
	requireKind(t, problem.Malformed, err)
	require.Less(t, time.Since(began), time.Minute, "what is refused without a look-up does not wait")
}

func TestAMailThatCanNotBeSentIsAnsweredLikeAnyOther(t *testing.T) {
	p := newPorch(t)
	p.mail.Fail = errors.New("SES is away")
	_, err := p.desk.Ask(t.Context(), visitor, signin.AskInput{Email: ann})
	require.NoError(t, err)
}

func TestACodeWorksForTenMinutesAndANewerOneEndsIt(t *testing.T) { // s.code
	p := newPorch(t)
	old := p.asked(t)
	fresh := p.asked(t)
	_, err := p.desk.Start(t.Context(), visitor, old)
	if old.Code != fresh.Code {
		requireKind(t, problem.Unauthorised, err)
	}
	p.Clock.Move(10 * time.Minute)
	_, err = p.desk.Start(t.Context(), visitor, fresh)
	requireKind(t, problem.Unauthorised, err)
	p.Clock.Move(-time.Second)
	_, err = p.desk.Start(t.Context(), visitor, fresh)
	require.NoError(t, err)
}

func TestACodeIsStoredAsAHashThatNeedsTheKeyAndNotAsItWasMailed(t *testing.T) { // s.code
	p := newPorch(t)
	in := p.asked(t)
	p.Clean(t, in.Code, secret.Hash(in.Code))
}

// guess tries wrong codes from a network, all at one moment, as often as one network may.
func (p *porch) guess(t *testing.T, ip string) {
	t.Helper()
	var tries sync.WaitGroup
	for i := range limit.Most[limit.SignInCodes].Pair {
		wrong := signin.StartInput{Email: ann, Code: fmt.Sprintf("%08d", i), Key: "guessing"}
		tries.Go(func() {
			_, err := p.desk.Start(t.Context(), identity.Caller{IP: ip}, wrong)
			requireKind(t, problem.Unauthorised, err)
		})
	}
	tries.Wait()
}

func TestASignInCodeIsDeadAfterTwentyTriesEvenAtOneMoment(t *testing.T) {
	p := newPorch(t)
	in := p.asked(t)
	p.guess(t, "203.0.113.5")
	p.guess(t, "198.51.100.5")
	_, err := p.desk.Start(t.Context(), visitor, in)
	requireKind(t, problem.Unauthorised, err)
}

func TestAStrangerInOneNetworkCanNeitherKillACodeNorKeepMailsOfCodesFromSomebody(t *testing.T) {
	p := newPorch(t)
	stranger := identity.Caller{IP: "203.0.113.5"}
	var refused error
	for range limit.Most[limit.SignInMails].Pair + 1 {
		_, refused = p.desk.Ask(t.Context(), stranger, signin.AskInput{Email: ann})
	}
	requireKind(t, problem.TooMany, refused)
	in := p.asked(t)
	p.guess(t, stranger.IP)
	_, refused = p.desk.Start(t.Context(), stranger, in)
	requireKind(t, problem.TooMany, refused)
	_, err := p.desk.Start(t.Context(), visitor, in)
	require.NoError(t, err)
}

func TestARepeatWithTheSameKeyIsTheSameSessionAndAReplayWithAnotherIsRefused(t *testing.T) {
	p := newPorch(t)
	in := p.asked(t)
	sessions := make([]signin.Session, 3)
	var all sync.WaitGroup
	for i := range sessions {
		all.Go(func() {
			var err error
			sessions[i], err = p.desk.Start(t.Context(), visitor, in)
			require.NoError(t, err)
		})
	}
	all.Wait()
	require.Equal(t, sessions[0], sessions[1])
	require.Equal(t, sessions[0], sessions[2])
	open, err := p.tables.Sessions(t.Context(), p.ann)
	require.NoError(t, err)
	require.Len(t, open, 2, "of the registration and of the sign-in")

	replay := in
	replay.Key = "another-key-1"
	_, err = p.desk.Start(t.Context(), visitor, replay)
	requireKind(t, problem.Unauthorised, err)

	caller, err := p.gate.Resolve(t.Context(), sessions[0].Token)
	require.NoError(t, err)
	_, err = p.desk.End(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	_, err = p.desk.Start(t.Context(), visitor, in)
	requireKind(t, problem.Unauthorised, err)
}

func TestNobodySignsInWithACodeOfARegistrationThatWasErased_7_erase(t *testing.T) {
	p := newPorch(t)
	in := p.asked(t)
	p.erased(t)
	_, err := p.desk.Start(t.Context(), visitor, in)
	requireKind(t, problem.Unauthorised, err)
	require.NoError(t, p.tables.EndSession(t.Context(), p.ann, "none"))
	_, err = p.desk.Ask(t.Context(), visitor, signin.AskInput{Email: ann})
	require.NoError(t, err)
	kept, counted := p.Users(t, p.ann.Business)
	require.Equal(t, []int{0, 0}, []int{kept, counted}, "3.i")
}

func TestASignInThatBeganBeforeTheErasureBringsNothingBack_7_erase(t *testing.T) {
	p := newPorch(t)
	code := table.Code{Hash: "hash", AskedAt: noon}
	require.NoError(t, p.tables.AskCode(t.Context(), p.ann, code, nil))
	p.erased(t)
	before := p.Everything(t)
	for _, objections := range [][]string{nil, {"4.d.5", "4.e.1", "4.e.2"}} {
		begun := table.Beginning{Person: p.ann, Hash: "of a token", Role: identity.User, Consent: statement, At: noon,
			OS: "iOS", Zone: "Europe/Amsterdam",
			Objections: objections}
		require.ErrorIs(t, p.tables.Begin(t.Context(), begun, code, "used by"), table.ErrRefused)
		require.Equal(t, before, p.Everything(t))
	}
}

func TestTriesToSignInAreLimitedForAnAddressAndForANetwork(t *testing.T) {
	p := newPorch(t)
	wrong := signin.StartInput{Email: "nobody@example.com", Code: "00000000", Key: "some-key-1"}
	for _, ip := range []string{"192.0.2.7", "198.51.100.7", "203.0.113.7"} {
		for range 10 {
			_, err := p.desk.Start(t.Context(), identity.Caller{IP: ip}, wrong)
			requireKind(t, problem.Unauthorised, err)
		}
		_, err := p.desk.Start(t.Context(), identity.Caller{IP: ip}, wrong)
		requireKind(t, problem.TooMany, err)
	}
	_, err := p.desk.Start(t.Context(), identity.Caller{IP: "100.64.0.7"}, wrong)
	requireKind(t, problem.TooMany, err)
}

func TestSigningOutEverywhereEndsEverySessionAndTheCodeThatWaitsAndNobodyElses(t *testing.T) {
	p := newPorch(t)
	second := p.signedIn(t)
	waiting := p.asked(t)
	other := identity.Person{Business: p.ann.Business, User: "otheraaaaaaaaaaa"}
	p.Put(t, privacy.Agenda, table.PersonPartition(other), "session#one",
		map[string]any{"role": "user", "ttl": noon.Add(time.Hour).Unix()})
	caller, err := p.gate.Resolve(t.Context(), p.first.Token)
	require.NoError(t, err)
	for range 2 { // a repeat is no error
		_, err = p.desk.EndAll(t.Context(), caller, struct{}{})
		require.NoError(t, err)
	}
	for _, token := range []string{p.first.Token, second.Token} {
		_, err = p.gate.Resolve(t.Context(), token)
		requireKind(t, problem.Unauthorised, err)
	}
	_, err = p.desk.Start(t.Context(), visitor, waiting)
	requireKind(t, problem.Unauthorised, err)
	others, err := p.tables.Sessions(t.Context(), other)
	require.NoError(t, err)
	require.Len(t, others, 1)
	p.signedIn(t)
}

func TestSigningOutEverywhereThatIsStoppedAnywhereIsCompletedByItsRepeat(t *testing.T) {
	for _, done := range []bool{false, true} {
		for at := 1; ; at++ {
			p := newPorch(t)
			p.signedIn(t)
			caller, err := p.gate.Resolve(t.Context(), p.first.Token)
			require.NoError(t, err)
			faults := &enginetest.Faults{At: at, Done: done}
			broken := p.desk
			broken.Tables = p.Faulty(faults)
			_, err = broken.EndAll(t.Context(), caller, struct{}{})
			if !faults.Reached() {
				require.NoError(t, err)
				require.Greater(t, at, 4)
				break
			}
			_, err = p.desk.EndAll(t.Context(), caller, struct{}{})
			require.NoError(t, err)
			open, err := p.tables.Sessions(t.Context(), p.ann)
			require.NoError(t, err)
			require.Empty(t, open, "after call %d of %v", at, faults.Calls())
		}
	}
}
