package account_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/report/reporttest"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/webtest"
)

// asked sends an input to a route and gives the answer's status.
func asked(t *testing.T, route web.Route, in any) int {
	t.Helper()
	body, err := json.Marshal(in)
	require.NoError(t, err)
	var members map[string]any
	require.NoError(t, json.Unmarshal(body, &members))
	delete(members, "idempotency_key") // a header
	body, err = json.Marshal(members)
	require.NoError(t, err)
	response, err := webtest.Handler(route)(t.Context(), web.Request{RouteKey: api.Register.Operation().RouteKey(),
		Body:    string(body),
		Headers: map[string]string{"Idempotency-Key": "registering-1", "Content-Type": "application/json"}})
	require.NoError(t, err)
	return response.StatusCode
}

func TestNothingAtAllIsStoredWithoutConsentOrOfWhatIsNoAddress_2_consent(t *testing.T) {
	h := newHall(t)
	before := h.Everything(t)
	for name, c := range map[string]struct {
		change func(*account.RegisterInput)
		kind   problem.Kind
	}{
		"consent is false": {func(in *account.RegisterInput) { in.Consent.Agreed = false }, problem.Consent},
		"consent is missing": {func(in *account.RegisterInput) { in.Consent = account.Consent{} },
			problem.Consent},
		"an outdated version": {func(in *account.RegisterInput) { in.Consent.Version = "2020-01-01" },
			problem.Consent},
		"two addresses in one": {func(in *account.RegisterInput) { in.Email = "ann@evil.example,ann@example.com" },
			problem.Malformed},
		"a header in the address": {func(in *account.RegisterInput) {
			in.Email = "ann@example.com\r\nBcc: all@example.com"
		}, problem.Malformed},
		"a quoted local part": {func(in *account.RegisterInput) { in.Email = `"a@b"@example.com` },
			problem.Malformed},
	} {
		in := request("ann@example.com")
		c.change(&in)
		logged := reporttest.Logged(t, func() {
			_, err := h.desk.Register(t.Context(), visitor, in)
			require.Equal(t, c.kind, requireKind(t, c.kind, err).Kind, name)
			require.GreaterOrEqual(t, asked(t, web.On(api.Register, h.desk.Register), in), 400, name)
		})
		require.Empty(t, logged, name)
		require.Equal(t, before, h.Everything(t), name)
	}
	require.Empty(t, h.mail.Sent())
}

func TestARegistrationBecomesAUserWithConsentSessionAndLoginInOneStep_2_consent_4_a_4_e_2(t *testing.T) {
	h := newHall(t)
	in := h.asked(t, "Ann@EXAMPLE.com")
	in.OS, in.OSRelease = "iOS", "26.1"
	session, err := h.desk.Confirm(t.Context(), visitor, in)
	require.NoError(t, err)
	require.Equal(t, morning.Add(30*24*time.Hour), session.Until)

	caller, err := bearertest.Caller(t.Context(), h.gate, session.Token)
	require.NoError(t, err)
	require.Equal(t, identity.User, caller.Role)
	require.Equal(t, statement, caller.Consent)
	require.Equal(t, h.business, caller.Business)

	user, err := h.desk.Tables.User(t.Context(), caller.Person)
	require.NoError(t, err)
	require.Equal(t, table.User{Person: caller.Person, MemberOf: table.MemberOf(caller.Person), Business: h.business,
		Role: identity.User, Name: "Ann Example",
		Email: "Ann@EXAMPLE.com", Language: "en", OS: "iOS", OSRelease: "26.1",
		ConsentVersion: statement, ConsentLanguage: "en", ConsentAt: morning}, user)
	visiting, err := h.desk.Tables.Visiting(t.Context(), h.business)
	require.NoError(t, err)
	require.Empty(t, visiting, "who is registered waits no more")
	login, err := h.desk.Tables.LastLogin(t.Context(), caller.Person)
	require.NoError(t, err)
	require.Equal(t, table.Login{RequestedAt: morning, LoggedInAt: &morning, IP: "192.0.2.7",
		LoginName: "Ann@EXAMPLE.com"}, login)
	kept, counted := h.Users(t, h.business)
	require.Equal(t, []int{1, 1}, []int{kept, counted}, "3.i")
}

func TestAnUnconfirmedRegistrationIsInvisibleAfterTheHourAndCarriesThatDeadline(t *testing.T) {
	h := newHall(t)
	in := h.asked(t, "ann@example.com")
	person := whose(t, in)
	item := h.Item(t, privacy.Agenda, table.PersonPartition(person), "registration")
	require.NotNil(t, item)
	visiting, err := h.desk.Tables.Visiting(t.Context(), h.business)
	require.NoError(t, err)
	require.Equal(t, []identity.Person{person}, visiting, "the account's listing has who waits")
	require.Contains(t, fmt.Sprint(item["ttl"]), fmt.Sprint(morning.Add(time.Hour).Unix()))

	h.Clock.Move(time.Hour)
	_, err = h.desk.Confirm(t.Context(), visitor, in)
	requireKind(t, problem.Unauthorised, err)
	kept, counted := h.Users(t, h.business)
	require.Equal(t, []int{0, 0}, []int{kept, counted})
}

func TestACodeIsDeadAfterFiveWrongTriesEvenAtOneMoment(t *testing.T) {
	h := newHall(t)
	in := h.asked(t, "ann@example.com")
	var tries sync.WaitGroup
	for i := range 20 {
		wrong := in
		wrong.Code = fmt.Sprintf("%08d", i)
		tries.Go(func() {
			_, err := h.desk.Confirm(t.Context(), visitor, wrong)
			requireKind(t, problem.Unauthorised, err)
		})
	}
	tries.Wait()
	_, err := h.desk.Confirm(t.Context(), visitor, in)
	requireKind(t, problem.Unauthorised, err)
}

func TestFourWrongTriesLeaveTheFifth(t *testing.T) {
	h := newHall(t)
	in := h.asked(t, "ann@example.com")
	for i := range 4 {
		wrong := in
		wrong.Code = fmt.Sprintf("%08d", i)
		_, err := h.desk.Confirm(t.Context(), visitor, wrong)
		requireKind(t, problem.Unauthorised, err)
	}
	_, err := h.desk.Confirm(t.Context(), visitor, in)
	require.NoError(t, err)
}

func TestARepeatedRequestIsTheSameRegistrationAndARepeatedConfirmationTheSameSession(t *testing.T) {
	h := newHall(t)
	in := h.asked(t, "ann@example.com")
	again := h.asked(t, "ann@example.com")
	require.Equal(t, in, again, "the same key gives the same registration and the same code")

	first, err := h.desk.Confirm(t.Context(), visitor, in)
	require.NoError(t, err)
	h.Clock.Move(time.Minute)
	second, err := h.desk.Confirm(t.Context(), visitor, in)
	require.NoError(t, err)
	require.Equal(t, first, second)
	kept, counted := h.Users(t, h.business)
	require.Equal(t, []int{1, 1}, []int{kept, counted})

	in.Key = "another-key-1"
	_, err = h.desk.Confirm(t.Context(), visitor, in)
	requireKind(t, problem.Unauthorised, err)
}

func TestWhatWaitedIsEmptiedOfThePersonWhenItIsConfirmed(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	item := h.Item(t, privacy.Agenda, table.PersonPartition(caller.Person), "registration")
	require.NotNil(t, item)
	require.NotContains(t, strings.ToLower(fmt.Sprint(item)), "ann")
	for _, attribute := range []string{"name", "email", "language", "consent_version"} {
		require.NotContains(t, item, attribute)
	}
}

func TestAnAddressThatIsRegisteredGetsTheSameAnswerAndAMailThatSaysSo(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	before, err := h.desk.Tables.User(t.Context(), caller.Person)
	require.NoError(t, err)

	in := request("ANN@example.com")
	in.Name, in.Key = "Mallory", "key-of-mallory"
	known, err := h.desk.Register(t.Context(), visitor, in)
	require.NoError(t, err)
	in.Email = "bob@example.com"
	unknown, err := h.desk.Register(t.Context(), visitor, in)
	require.NoError(t, err)
	require.Len(t, known.Registration, len(unknown.Registration))
	require.Equal(t, unknown.Minutes, known.Minutes)

	said := h.mail.Last(t, "ANN@example.com")
	require.Contains(t, said.Subject, "already")
	require.NotRegexp(t, digits, said.Text)
	require.NotContains(t, said.Text, "Mallory")
	require.NotContains(t, said.Text, "Please note", "it is led nowhere: the domain is still the account's")
	_, err = h.desk.Confirm(t.Context(), visitor, account.ConfirmInput{Registration: known.Registration,
		Code: "00000000", Key: "some-key-1"})
	requireKind(t, problem.Unauthorised, err)
	after, err := h.desk.Tables.User(t.Context(), caller.Person)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

func TestOfTwoRegistrationsOfOneAddressExactlyOneBecomesAUser_3_i(t *testing.T) {
	h := newHall(t)
	first := request("ann@example.com")
	waiting, err := h.desk.Register(t.Context(), visitor, first)
	require.NoError(t, err)
	inputs := []account.ConfirmInput{{Registration: waiting.Registration, Code: h.code(t, "ann@example.com"),
		Key: "confirm-first"}}
	first.Name, first.Key = "Another Ann", "another-key"
	waiting, err = h.desk.Register(t.Context(), visitor, first)
	require.NoError(t, err)
	inputs = append(inputs, account.ConfirmInput{Registration: waiting.Registration,
		Code: h.code(t, "ann@example.com"), Key: "confirm-second"})

	var won atomic.Int32
	var both sync.WaitGroup
	for _, in := range inputs {
		both.Go(func() {
			if _, err := h.desk.Confirm(t.Context(), visitor, in); err == nil {
				won.Add(1)
			} else {
				requireKind(t, problem.Conflict, err)
			}
		})
	}
	both.Wait()
	require.EqualValues(t, 1, won.Load())
	kept, counted := h.Users(t, h.business)
	require.Equal(t, []int{1, 1}, []int{kept, counted})
}

func TestTheSameConfirmationSentTwiceAtOneMomentGivesOneUserAndOneSession(t *testing.T) {
	h := newHall(t)
	in := h.asked(t, "ann@example.com")
	sessions := make([]signin.Session, 4)
	var all sync.WaitGroup
	for i := range sessions {
		all.Go(func() {
			var err error
			sessions[i], err = h.desk.Confirm(t.Context(), visitor, in)
			require.NoError(t, err)
		})
	}
	all.Wait()
	for _, session := range sessions {
		require.Equal(t, sessions[0], session)
	}
	kept, counted := h.Users(t, h.business)
	require.Equal(t, []int{1, 1}, []int{kept, counted})
}

func TestTheNumberOfUsersIsRightAfterFiftyRegistrationsAtOneMomentWithConflicts_3_i(t *testing.T) {
	h := newHall(t)
	inputs := make([]account.ConfirmInput, 50)
	for i := range inputs {
		inputs[i] = h.asked(t, fmt.Sprintf("person%d@example.com", i))
	}
	h.desk.Tables = h.Stumbling(5, enginetest.Conflict())
	var all sync.WaitGroup
	for _, in := range inputs {
		all.Go(func() {
			_, err := h.desk.Confirm(t.Context(), visitor, in)
			require.NoError(t, err)
		})
	}
	all.Wait()
	kept, counted := h.Users(t, h.business)
	require.Equal(t, []int{50, 50}, []int{kept, counted})
}

func TestARegistrationThatWasErasedWithinADayIsNotMadeAgainUnderItsOldId_7_erase(t *testing.T) {
	h := newHall(t)
	in := h.asked(t, "ann@example.com")
	h.Erased(t, whose(t, in))
	_, err := h.desk.Confirm(t.Context(), visitor, in)
	requireKind(t, problem.Conflict, err)
	kept, counted := h.Users(t, h.business)
	require.Equal(t, []int{0, 0}, []int{kept, counted})
}

func TestADomainThatIsTakenAwayWithinTheHourGivesNoAccess_3_d(t *testing.T) {
	h := newHall(t)
	in := h.asked(t, "ann@example.com")
	h.CustomerOf(t, "somebodyelse2345", "Other B.V.", "example.com")
	_, err := h.desk.Confirm(t.Context(), visitor, in)
	requireKind(t, problem.Unacceptable, err)
	kept, counted := h.Users(t, h.business)
	require.Equal(t, []int{0, 0}, []int{kept, counted})
}

func TestMalformedRegistrationsAreRefusedWithoutAnyRead(t *testing.T) {
	h := newHall(t)
	faults := &enginetest.Faults{}
	h.desk.Tables = h.Faulty(faults)
	for _, id := range []string{"", "x", strings.Repeat("A", 32), strings.Repeat("a", 33), strings.Repeat("#", 32)} {
		_, err := h.desk.Confirm(t.Context(), visitor,
			account.ConfirmInput{Registration: id, Code: "12345678", Key: "some-key-1"})
		requireKind(t, problem.Unauthorised, err)
	}
	require.Empty(t, faults.Calls())
}

func TestTheTimeOfAnAnswerDoesNotTellWhetherAnAddressIsRegistered(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	h.desk.Pace = 300 * time.Millisecond
	settings := h.settings()
	settings.Pace = h.desk.Pace
	for _, email := range []string{"ann@example.com", "nobody@example.com"} {
		began := time.Now()
		_, err := h.desk.Register(t.Context(), visitor, request(email))
		require.NoError(t, err)
		require.GreaterOrEqual(t, time.Since(began), h.desk.Pace)
		began = time.Now()
		_, err = settings.AskAddress(t.Context(), caller, account.AddressInput{Email: email})
		require.NoError(t, err)
		require.GreaterOrEqual(t, time.Since(began), h.desk.Pace)
	}
}
