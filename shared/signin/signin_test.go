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
	"github.com/iotspot/iotspot/shared/civil/civiltest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/signin/signintest"
	"github.com/iotspot/iotspot/shared/table"
)

func TestSigningInIsACodeByMailAndTheLastRequestAloneIsKept_4_e_2_4_d_5(t *testing.T) {
	p := signintest.NewPorch(t)
	p.Clock.Move(time.Hour)
	in := p.Asked(t)
	asked, err := p.Tables.LastLogin(t.Context(), p.Ann)
	require.NoError(t, err)
	require.Equal(t, table.Login{RequestedAt: signintest.Noon.Add(time.Hour), IP: "192.0.2.7", LoginName: signintest.Ann}, asked)
	require.Equal(t, "nl", p.Mail.Last(t, signintest.Ann).Language)

	p.Clock.Move(time.Minute)
	in.OS, in.OSRelease = "Android", "17"
	session, err := p.Sessions.Start(t.Context(), signintest.Visitor, in)
	require.NoError(t, err)
	at := signintest.Noon.Add(time.Hour + time.Minute)
	require.Equal(t, at.Add(30*24*time.Hour), session.Until)
	require.Equal(t, "nl", session.Language)
	login, err := p.Tables.LastLogin(t.Context(), p.Ann)
	require.NoError(t, err)
	require.Equal(t, table.Login{RequestedAt: signintest.Noon.Add(time.Hour), LoggedInAt: &at, IP: "192.0.2.7", LoginName: signintest.Ann},
		login)
	item := p.Item(t, privacy.Agenda, table.PersonPartition(p.Ann), "login")
	require.Equal(t, fmt.Sprint(at.Add(42*24*time.Hour).Unix()), item["ttl"].(*types.AttributeValueMemberN).Value)
	user, err := p.Tables.User(t.Context(), p.Ann)
	require.NoError(t, err)
	require.Equal(t, []string{"Android", "17"}, []string{user.OS, user.OSRelease})

	p.Clock.Move(42*24*time.Hour - time.Second)
	_, err = p.Tables.LastLogin(t.Context(), p.Ann)
	require.NoError(t, err)
	p.Clock.Move(time.Second)
	_, err = p.Tables.LastLogin(t.Context(), p.Ann)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestOfADeviceThatTellsLessNothingOfTheOneBeforeStays_4_d_5(t *testing.T) {
	p := signintest.NewPorch(t)
	for _, device := range [][]string{{"Android", "17"}, {"iOS", ""}, {"", ""}} {
		in := p.Asked(t)
		in.OS, in.OSRelease = device[0], device[1]
		_, err := p.Sessions.Start(t.Context(), signintest.Visitor, in)
		require.NoError(t, err)
		user, err := p.Tables.User(t.Context(), p.Ann)
		require.NoError(t, err)
		require.Equal(t, device, []string{user.OS, user.OSRelease})
	}
}

func TestAnUnknownAddressGetsTheSameAnswerAndNothingIsKeptOfIt_4_e_2(t *testing.T) {
	p := signintest.NewPorch(t)
	known, err := p.Sessions.Ask(t.Context(), signintest.Visitor, signin.AskInput{Email: signintest.Ann})
	require.NoError(t, err)
	sent := len(p.Mail.Sent())
	unknown, err := p.Sessions.Ask(t.Context(), signintest.Visitor, signin.AskInput{Email: "nobody@example.com"})
	require.NoError(t, err)
	require.Equal(t, known.Minutes, unknown.Minutes)
	require.Len(t, p.Mail.Sent(), sent)
	for _, handle := range []string{known.SignIn, unknown.SignIn} {
		require.Regexp(t, "^"+strings.Trim(api.SignInHandle().Pattern, "^$")+"$", handle)
		require.Len(t, handle, signin.HandleLength)
		require.NotContains(t, handle, p.Ann.Business)
	}

	start := func(handle string) error {
		_, err := p.Sessions.Start(t.Context(), signintest.Visitor, signin.StartInput{SignIn: handle, Code: "0000 0000 0000",
			Key: "some-key-1"})
		return err
	}
	require.Equal(t, start(known.SignIn), start(unknown.SignIn))
	signintest.RequireKind(t, problem.Unauthorised, start(unknown.SignIn))
	for store, items := range p.Everything(t) {
		for _, item := range items {
			require.NotContains(t, strings.ToLower(fmt.Sprint(enginetest.Plain(item))), "nobody", store)
		}
	}
}

func TestNeitherTheTimeNorTheCallsTellWhetherAnAddressIsKnown(t *testing.T) {
	p := signintest.NewPorch(t)
	meter := &enginetest.Meter{}
	p.Sessions.Tables = p.Metered(meter)
	calls := map[string][]string{}
	for _, email := range []string{signintest.Ann, "nobody@example.com"} {
		meter.Reset()
		asked, err := p.Sessions.Ask(t.Context(), signintest.Visitor, signin.AskInput{Email: email})
		require.NoError(t, err)
		_, err = p.Sessions.Start(t.Context(), signintest.Visitor, signin.StartInput{SignIn: asked.SignIn, Code: "0000 0000 0000",
			Key: "some-key-1"})
		signintest.RequireKind(t, problem.Unauthorised, err)
		calls[email] = meter.Usage().Calls
	}
	require.ElementsMatch(t, calls[signintest.Ann], calls["nobody@example.com"], "some are made at the same time")

	p.Sessions.Pace, p.Sessions.Now = 300*time.Millisecond, func() time.Time { return time.Now().UTC() }
	for _, email := range []string{signintest.Ann, "nobody@example.com"} {
		began := time.Now()
		_, err := p.Sessions.Ask(t.Context(), signintest.Visitor, signin.AskInput{Email: email})
		require.NoError(t, err)
		require.GreaterOrEqual(t, time.Since(began), p.Sessions.Pace)
	}

	began := time.Now()
	p.Sessions.Pace = time.Hour
	_, err := p.Sessions.Ask(t.Context(), signintest.Visitor, signin.AskInput{Email: "no address"})
	signintest.RequireKind(t, problem.Malformed, err)
	require.Less(t, time.Since(began), time.Minute, "what is refused without a look-up does not wait")
}

func TestAMailThatCanNotBeSentIsAnsweredLikeAnyOther(t *testing.T) {
	p := signintest.NewPorch(t)
	p.Mail.Fail = errors.New("SES is away")
	_, err := p.Sessions.Ask(t.Context(), signintest.Visitor, signin.AskInput{Email: signintest.Ann})
	require.NoError(t, err)
}

func TestACodeWorksForTenMinutesOnce(t *testing.T) { // s.code
	p := signintest.NewPorch(t)
	p.Clock.Move(8 * time.Minute)
	first, second := p.Asked(t), p.Asked(t)
	require.Equal(t, first.Code, second.Code, "what was mailed twice is one code")
	p.Clock.Move(9 * time.Minute)
	other := p.Asked(t)
	require.NotEqual(t, first.Code, other.Code, "asked for in another window")
	p.Clock.Move(time.Minute)
	_, err := p.Sessions.Start(t.Context(), signintest.Visitor, first)
	signintest.RequireKind(t, problem.Unauthorised, err)
	p.Clock.Move(-time.Second)
	_, err = p.Sessions.Start(t.Context(), signintest.Visitor, first)
	require.NoError(t, err, "and what somebody asked for since is in nobody's way")
	for _, left := range []signin.StartInput{second, other} {
		_, err = p.Sessions.Start(t.Context(), signintest.Visitor, left)
		signintest.RequireKind(t, problem.Unauthorised, err)
	}
	require.NotEqual(t, other.Code, p.Asked(t).Code, "what was used is not mailed again")
	p.SignedIn(t)
}

func TestNothingIsStoredFromWhichACodeCouldBeToldWithoutTheKey(t *testing.T) { // s.code
	p := signintest.NewPorch(t)
	in := p.Asked(t)
	typed := secret.Typed(in.Code)
	p.Clean(t, in.Code, typed, secret.Hash(in.Code), secret.Hash(typed), in.SignIn)
}

// guess tries a wrong code with a handle from a network, twice as often as it may be tried, all at one moment.
func guess(t *testing.T, p *signintest.Porch, handle, ip string) {
	t.Helper()
	var tries sync.WaitGroup
	for i := range 2 * table.MaxTries {
		wrong := signin.StartInput{SignIn: handle, Code: fmt.Sprintf("0000 0000 %04d", i), Key: "guessing"}
		tries.Go(func() {
			_, err := p.Sessions.Start(t.Context(), identity.Caller{IP: ip}, wrong)
			signintest.RequireKind(t, problem.Unauthorised, err)
		})
	}
	tries.Wait()
}

func TestAHandleIsDeadAfterFiveTriesEvenAtOneMoment(t *testing.T) {
	p := signintest.NewPorch(t)
	in := p.Asked(t)
	guess(t, p, in.SignIn, signintest.Visitor.IP)
	_, err := p.Sessions.Start(t.Context(), signintest.Visitor, in)
	signintest.RequireKind(t, problem.Unauthorised, err)
}

func TestTheTriesOfAHandleAreCountedOverTheTurnOfAnHour(t *testing.T) {
	p := signintest.NewPorch(t)
	p.Clock.Move(55 * time.Minute)
	in := p.Asked(t)
	guess(t, p, in.SignIn, signintest.Visitor.IP)
	p.Clock.Move(7 * time.Minute)
	_, err := p.Sessions.Start(t.Context(), signintest.Visitor, in)
	signintest.RequireKind(t, problem.Unauthorised, err)
}

func TestStrangersCanNotUseUpWhatSomebodyNeedsToGetIn(t *testing.T) {
	p := signintest.NewPorch(t)
	own := p.Asked(t)
	before := len(p.Mail.Sent())
	for i := range 60 {
		stranger := identity.Caller{IP: fmt.Sprintf("203.0.%d.5", i%7)}
		asked, err := p.Sessions.Ask(t.Context(), stranger,
			signin.AskInput{Email: []string{"ann+x@example.com", signintest.Ann, "Ann@EXAMPLE.com"}[i%3]})
		require.NoError(t, err)
		if i%10 == 0 {
			guess(t, p, asked.SignIn, stranger.IP)
		}
	}
	require.Len(t, p.Mail.Sent(), before+limit.MailsInWindow-1, "the mailbox is not flooded")

	_, err := p.Sessions.Start(t.Context(), signintest.Visitor, own)
	require.NoError(t, err, "the handle from before")
	late, mailed := p.Asked(t), len(p.Mail.Sent())
	require.Equal(t, before+limit.MailsInWindow, mailed, "a code that was used makes room for the next")
	for range 60 {
		_, err = p.Sessions.Ask(t.Context(), identity.Caller{IP: "198.51.100.7"}, signin.AskInput{Email: signintest.Ann})
		require.NoError(t, err)
	}
	later := p.Asked(t)
	require.Less(t, len(p.Mail.Sent()), mailed+limit.MailsInWindow)
	require.Equal(t, late.Code, later.Code)
	_, err = p.Sessions.Start(t.Context(), signintest.Visitor, later)
	require.NoError(t, err, "and a handle for which no mail came takes the code of the last mail")
}

func TestAThousandInventedAddressesShutNobodyOut(t *testing.T) {
	p := signintest.NewPorch(t)
	for i := range 1000 {
		_, err := p.Sessions.Ask(t.Context(), signintest.Visitor, signin.AskInput{Email: fmt.Sprintf("nobody%d@example.com", i)})
		require.NoError(t, err)
	}
	p.SignedIn(t)
}

func TestAHandleIsNobodysToMakeOrChangeAndStaffsOpensNothing(t *testing.T) {
	p := signintest.NewPorch(t)
	in := p.Asked(t)
	forged := []string{"", "x", strings.Repeat("a", signin.HandleLength), strings.ToUpper(in.SignIn),
		enginetest.Keys[secret.SignIns].Seal("staff sign-in", strings.Repeat("a", 74)),
		secret.Ring{secret.Key("another key of thirty-two characters")}.Seal("sign-in", strings.Repeat("a", 74))}
	for i := range in.SignIn {
		changed := []byte(in.SignIn)
		changed[i] = map[bool]byte{true: 'b', false: 'a'}[changed[i] == 'a']
		forged = append(forged, string(changed))
	}
	faults := &enginetest.Faults{}
	broken := p.Sessions
	broken.Tables = p.Faulty(faults)
	for _, handle := range forged {
		_, err := broken.Start(
			t.Context(),
			signintest.Visitor,
			signin.StartInput{SignIn: handle, Code: in.Code, Key: "some-key-1"},
		)
		signintest.RequireKind(t, problem.Unauthorised, err)
	}
	require.Empty(t, faults.Calls())
	_, err := p.Sessions.Start(t.Context(), signintest.Visitor, in)
	require.NoError(t, err)
}

func TestAddressesAndCodesAreTakenAsPeopleTypeAndPasteThem(t *testing.T) {
	for address, written := range map[string]func(string) string{
		" ann@example.com":        func(code string) string { return " " + code },
		"Ann@Example.COM\n":       func(code string) string { return code + "\n" },
		"\tann@example.com\u00a0": func(code string) string { return strings.ReplaceAll(code, " ", "\u00a0") },
		"ann@example.com":         func(code string) string { return strings.ReplaceAll(code, " ", "") },
	} {
		p := signintest.NewPorch(t)
		asked, err := p.Sessions.Ask(t.Context(), signintest.Visitor, signin.AskInput{Email: address})
		require.NoError(t, err)
		_, err = p.Sessions.Start(t.Context(), signintest.Visitor,
			signin.StartInput{SignIn: asked.SignIn, Code: written(p.Code(t)), Key: "signing-in"})
		require.NoError(t, err, "%q", address)
	}
}

func TestARepeatWithTheSameKeyIsTheSameSessionAndAReplayWithAnotherIsRefused(t *testing.T) {
	p := signintest.NewPorch(t)
	in := p.Asked(t)
	sessions := make([]signin.SignedIn, 3)
	var all sync.WaitGroup
	for i := range sessions {
		all.Go(func() {
			var err error
			sessions[i], err = p.Sessions.Start(t.Context(), signintest.Visitor, in)
			require.NoError(t, err)
		})
	}
	all.Wait()
	require.Equal(t, sessions[0], sessions[1])
	require.Equal(t, sessions[0], sessions[2])
	open, err := p.Tables.Sessions(t.Context(), p.Ann)
	require.NoError(t, err)
	require.Len(t, open, 2, "of the registration and of the sign-in")

	replay := in
	replay.Key = "another-key-1"
	_, err = p.Sessions.Start(t.Context(), signintest.Visitor, replay)
	signintest.RequireKind(t, problem.Unauthorised, err)

	caller, err := p.Caller(t, sessions[0].Token)
	require.NoError(t, err)
	_, err = p.Sessions.End(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	_, err = p.Sessions.Start(t.Context(), signintest.Visitor, in)
	signintest.RequireKind(t, problem.Unauthorised, err)
}

func TestNobodySignsInWithACodeOfARegistrationThatWasErased_7_erase(t *testing.T) {
	p := signintest.NewPorch(t)
	in := p.Asked(t)
	p.Erased(t)
	_, err := p.Sessions.Start(t.Context(), signintest.Visitor, in)
	signintest.RequireKind(t, problem.Unauthorised, err)
	require.NoError(t, p.Tables.EndSession(t.Context(), p.Ann, "none"))
	_, err = p.Sessions.Ask(t.Context(), signintest.Visitor, signin.AskInput{Email: signintest.Ann})
	require.NoError(t, err)
	kept, counted := p.Users(t, p.Ann.Business)
	require.Equal(t, []int{0, 0}, []int{kept, counted}, "3.i")
}

func TestASignInThatBeganBeforeTheErasureBringsNothingBack_7_erase(t *testing.T) {
	p := signintest.NewPorch(t)
	code := table.Code{Mark: "mark", AskedAt: signintest.Noon}
	require.NoError(t, p.Tables.AskCode(t.Context(), p.Ann, code, nil))
	p.Erased(t)
	before := p.Everything(t)
	for _, objections := range [][]string{nil, {"4.d.5", "4.e.1", "4.e.2"}} {
		begun := table.Beginning{Person: p.Ann, Hash: "of a token", Role: identity.User, Consent: signintest.Statement, At: signintest.Noon,
			OS: "iOS", Zone: civiltest.Load(t, "Europe/Amsterdam"),
			Objections: objections}
		require.ErrorIs(t, p.Tables.Begin(t.Context(), begun, code.Mark, "next"), table.ErrRefused)
		require.Equal(t, before, p.Everything(t))
	}
	require.ErrorIs(t, p.Tables.AskCode(t.Context(), p.Ann, code, &table.Login{RequestedAt: signintest.Noon}), table.ErrRefused)
	require.Equal(t, before, p.Everything(t))
}

func TestSigningOutEverywhereEndsEverySessionAndTheCodeThatWaitsAndNobodyElses(t *testing.T) {
	p := signintest.NewPorch(t)
	second := p.SignedIn(t)
	waiting := p.Asked(t)
	other := identity.Person{Business: p.Ann.Business, User: "otheraaaaaaaaaaa"}
	p.Put(t, privacy.Agenda, table.PersonPartition(other), "session#one",
		map[string]any{"role": "user", "ttl": signintest.Noon.Add(time.Hour).Unix()})
	caller, err := p.Caller(t, p.First.Token)
	require.NoError(t, err)
	for range 2 { // a repeat is no error
		_, err = p.Sessions.EndAll(t.Context(), caller, struct{}{})
		require.NoError(t, err)
	}
	for _, token := range []string{p.First.Token, second.Token} {
		_, err = p.Caller(t, token)
		signintest.RequireKind(t, problem.Unauthorised, err)
	}
	_, err = p.Sessions.Start(t.Context(), signintest.Visitor, waiting)
	signintest.RequireKind(t, problem.Unauthorised, err)
	others, err := p.Tables.Sessions(t.Context(), other)
	require.NoError(t, err)
	require.Len(t, others, 1)
	p.SignedIn(t)
}

func TestSigningOutEverywhereThatIsStoppedAnywhereIsCompletedByItsRepeat(t *testing.T) {
	enginetest.EachCall(t, false, func(t *testing.T, faults *enginetest.Faults) {
		p := signintest.NewPorch(t)
		p.SignedIn(t)
		caller, err := p.Caller(t, p.First.Token)
		require.NoError(t, err)
		broken := p.Sessions
		broken.Tables = p.Faulty(faults)
		_, err = broken.EndAll(t.Context(), caller, struct{}{})
		if !faults.Reached() {
			require.NoError(t, err)
			require.Greater(t, faults.At, 4)
			return
		}
		_, err = p.Sessions.EndAll(t.Context(), caller, struct{}{})
		require.NoError(t, err)
		open, err := p.Tables.Sessions(t.Context(), p.Ann)
		require.NoError(t, err)
		require.Empty(t, open, "stopped in %v", faults.Calls())
	})
}
