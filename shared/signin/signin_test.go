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
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/civil/civiltest"
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
	require.Equal(t, known.Minutes, unknown.Minutes)
	require.Len(t, p.mail.Sent(), sent)
	for _, handle := range []string{known.SignIn, unknown.SignIn} {
		require.Regexp(t, "^"+strings.Trim(fmt.Sprint(api.SignInHandle()["pattern"]), "^$")+"$", handle)
		require.Len(t, handle, signin.HandleLength)
		require.NotContains(t, handle, p.ann.Business)
	}

	start := func(handle string) error {
		_, err := p.desk.Start(t.Context(), visitor, signin.StartInput{SignIn: handle, Code: "0000 0000 0000",
			Key: "some-key-1"})
		return err
	}
	require.Equal(t, start(known.SignIn), start(unknown.SignIn))
	requireKind(t, problem.Unauthorised, start(unknown.SignIn))
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
		asked, err := p.desk.Ask(t.Context(), visitor, signin.AskInput{Email: email})
		require.NoError(t, err)
		_, err = p.desk.Start(t.Context(), visitor, signin.StartInput{SignIn: asked.SignIn, Code: "0000 0000 0000",
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

func TestACodeWorksForTenMinutesOnce(t *testing.T) { // s.code
	p := newPorch(t)
	p.Clock.Move(8 * time.Minute)
	first, second := p.asked(t), p.asked(t)
	require.Equal(t, first.Code, second.Code, "what was mailed twice is one code")
	p.Clock.Move(9 * time.Minute)
	other := p.asked(t)
	require.NotEqual(t, first.Code, other.Code, "asked for in another window")
	p.Clock.Move(time.Minute)
	_, err := p.desk.Start(t.Context(), visitor, first)
	requireKind(t, problem.Unauthorised, err)
	p.Clock.Move(-time.Second)
	_, err = p.desk.Start(t.Context(), visitor, first)
	require.NoError(t, err, "and what somebody asked for since is in nobody's way")
	for _, left := range []signin.StartInput{second, other} {
		_, err = p.desk.Start(t.Context(), visitor, left)
		requireKind(t, problem.Unauthorised, err)
	}
	require.NotEqual(t, other.Code, p.asked(t).Code, "what was used is not mailed again")
	p.signedIn(t)
}

func TestNothingIsStoredFromWhichACodeCouldBeToldWithoutTheKey(t *testing.T) { // s.code
	p := newPorch(t)
	in := p.asked(t)
	typed := secret.Typed(in.Code)
	p.Clean(t, in.Code, typed, secret.Hash(in.Code), secret.Hash(typed), in.SignIn)
}

// guess tries a wrong code with a handle from a network, twice as often as it may be tried, all at one moment.
func (p *porch) guess(t *testing.T, handle, ip string) {
	t.Helper()
	var tries sync.WaitGroup
	for i := range 2 * table.MaxTries {
		wrong := signin.StartInput{SignIn: handle, Code: fmt.Sprintf("0000 0000 %04d", i), Key: "guessing"}
		tries.Go(func() {
			_, err := p.desk.Start(t.Context(), identity.Caller{IP: ip}, wrong)
			requireKind(t, problem.Unauthorised, err)
		})
	}
	tries.Wait()
}

func TestAHandleIsDeadAfterFiveTriesEvenAtOneMoment(t *testing.T) {
	p := newPorch(t)
	in := p.asked(t)
	p.guess(t, in.SignIn, visitor.IP)
	_, err := p.desk.Start(t.Context(), visitor, in)
	requireKind(t, problem.Unauthorised, err)
}

func TestTheTriesOfAHandleAreCountedOverTheTurnOfAnHour(t *testing.T) {
	p := newPorch(t)
	p.Clock.Move(55 * time.Minute)
	in := p.asked(t)
	p.guess(t, in.SignIn, visitor.IP)
	p.Clock.Move(7 * time.Minute)
	_, err := p.desk.Start(t.Context(), visitor, in)
	requireKind(t, problem.Unauthorised, err)
}

func TestStrangersCanNotUseUpWhatSomebodyNeedsToGetIn(t *testing.T) {
	p := newPorch(t)
	own := p.asked(t)
	before := len(p.mail.Sent())
	for i := range 60 {
		stranger := identity.Caller{IP: fmt.Sprintf("203.0.%d.5", i%7)}
		asked, err := p.desk.Ask(t.Context(), stranger,
			signin.AskInput{Email: []string{"ann+x@example.com", ann, "Ann@EXAMPLE.com"}[i%3]})
		require.NoError(t, err)
		if i%10 == 0 {
			p.guess(t, asked.SignIn, stranger.IP)
		}
	}
	require.Len(t, p.mail.Sent(), before+limit.MailsInWindow-1, "the mailbox is not flooded")

	_, err := p.desk.Start(t.Context(), visitor, own)
	require.NoError(t, err, "the handle from before")
	late, mailed := p.asked(t), len(p.mail.Sent())
	require.Equal(t, before+limit.MailsInWindow, mailed, "a code that was used makes room for the next")
	for range 60 {
		_, err = p.desk.Ask(t.Context(), identity.Caller{IP: "198.51.100.7"}, signin.AskInput{Email: ann})
		require.NoError(t, err)
	}
	later := p.asked(t)
	require.Less(t, len(p.mail.Sent()), mailed+limit.MailsInWindow)
	require.Equal(t, late.Code, later.Code)
	_, err = p.desk.Start(t.Context(), visitor, later)
	require.NoError(t, err, "and a handle for which no mail came takes the code of the last mail")
}

func TestAThousandInventedAddressesShutNobodyOut(t *testing.T) {
	p := newPorch(t)
	for i := range 1000 {
		_, err := p.desk.Ask(t.Context(), visitor, signin.AskInput{Email: fmt.Sprintf("nobody%d@example.com", i)})
		require.NoError(t, err)
	}
	p.signedIn(t)
}

func TestAHandleIsNobodysToMakeOrChangeAndStaffsOpensNothing(t *testing.T) {
	p := newPorch(t)
	in := p.asked(t)
	forged := []string{"", "x", strings.Repeat("a", signin.HandleLength), strings.ToUpper(in.SignIn),
		enginetest.Key.Seal("staff sign-in", strings.Repeat("a", 74)),
		secret.Key("another key of thirty-two characters").Seal("sign-in", strings.Repeat("a", 74))}
	for i := range in.SignIn {
		changed := []byte(in.SignIn)
		changed[i] = map[bool]byte{true: 'b', false: 'a'}[changed[i] == 'a']
		forged = append(forged, string(changed))
	}
	faults := &enginetest.Faults{}
	broken := p.desk
	broken.Tables = p.Faulty(faults)
	for _, handle := range forged {
		_, err := broken.Start(
			t.Context(),
			visitor,
			signin.StartInput{SignIn: handle, Code: in.Code, Key: "some-key-1"},
		)
		requireKind(t, problem.Unauthorised, err)
	}
	require.Empty(t, faults.Calls())
	_, err := p.desk.Start(t.Context(), visitor, in)
	require.NoError(t, err)
}

func TestAddressesAndCodesAreTakenAsPeopleTypeAndPasteThem(t *testing.T) {
	for address, written := range map[string]func(string) string{
		" ann@example.com":        func(code string) string { return " " + code },
		"Ann@Example.COM\n":       func(code string) string { return code + "\n" },
		"\tann@example.com\u00a0": func(code string) string { return strings.ReplaceAll(code, " ", "\u00a0") },
		"ann@example.com":         func(code string) string { return strings.ReplaceAll(code, " ", "") },
	} {
		p := newPorch(t)
		asked, err := p.desk.Ask(t.Context(), visitor, signin.AskInput{Email: address})
		require.NoError(t, err)
		_, err = p.desk.Start(t.Context(), visitor,
			signin.StartInput{SignIn: asked.SignIn, Code: written(p.code(t)), Key: "signing-in"})
		require.NoError(t, err, "%q", address)
	}
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

	caller, err := bearertest.Caller(t.Context(), p.gate, sessions[0].Token)
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
	code := table.Code{Mark: "mark", AskedAt: noon}
	require.NoError(t, p.tables.AskCode(t.Context(), p.ann, code, nil))
	p.erased(t)
	before := p.Everything(t)
	for _, objections := range [][]string{nil, {"4.d.5", "4.e.1", "4.e.2"}} {
		begun := table.Beginning{Person: p.ann, Hash: "of a token", Role: identity.User, Consent: statement, At: noon,
			OS: "iOS", Zone: civiltest.Load(t, "Europe/Amsterdam"),
			Objections: objections}
		require.ErrorIs(t, p.tables.Begin(t.Context(), begun, code.Mark, "next"), table.ErrRefused)
		require.Equal(t, before, p.Everything(t))
	}
	require.ErrorIs(t, p.tables.AskCode(t.Context(), p.ann, code, &table.Login{RequestedAt: noon}), table.ErrRefused)
	require.Equal(t, before, p.Everything(t))
}

func TestSigningOutEverywhereEndsEverySessionAndTheCodeThatWaitsAndNobodyElses(t *testing.T) {
	p := newPorch(t)
	second := p.signedIn(t)
	waiting := p.asked(t)
	other := identity.Person{Business: p.ann.Business, User: "otheraaaaaaaaaaa"}
	p.Put(t, privacy.Agenda, table.PersonPartition(other), "session#one",
		map[string]any{"role": "user", "ttl": noon.Add(time.Hour).Unix()})
	caller, err := bearertest.Caller(t.Context(), p.gate, p.first.Token)
	require.NoError(t, err)
	for range 2 { // a repeat is no error
		_, err = p.desk.EndAll(t.Context(), caller, struct{}{})
		require.NoError(t, err)
	}
	for _, token := range []string{p.first.Token, second.Token} {
		_, err = bearertest.Caller(t.Context(), p.gate, token)
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
			caller, err := bearertest.Caller(t.Context(), p.gate, p.first.Token)
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
