package account_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/webtest"
)

func (h *hall) settings() account.Settings {
	return account.Settings{Tables: h.desk.Tables, Photos: h.photos, Mail: h.mail, Keys: enginetest.Keys,
		Now: h.Clock.Now, Statement: statement}
}

func change(t *testing.T, patch string) (in account.ChangeInput) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(patch), &in))
	return in
}

func TestEverythingThatARegistrationHoldsIsSeenByItsOwner_7_view_4_d_1(t *testing.T) {
	h := newHall(t)
	caller, session := h.registered(t, "ann@example.com")
	profile, err := h.settings().Read(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	today := civil.Date("2026-11-22")
	require.Equal(t, account.Profile{
		Name: "Ann Example", Email: "ann@example.com", Language: "en", Customer: "Example B.V.", Business: h.business,
		Role:       "user",
		Shield:     hiddenByDefault(),
		Objections: []string{},
		Consent:    account.Consented{Version: statement, Language: "en", At: morning, Current: statement},
		Sessions:   []account.Open{{ID: caller.Session, Since: morning, Until: session.Until, Used: today, This: true}},
		LastLogin: &account.LastLogin{RequestedAt: morning, LoggedInAt: &morning, IP: "192.0.2.7",
			LoginName: "ann@example.com"},
		LastUse: &today,
	}, profile)
}

func TestEachOptionalItemIsGivenChangedAndClearedAlone_4_b(t *testing.T) { // 7.rectify
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	given := func(patch map[string]any) map[string]any { // what is kept of the optional items after a change
		text, err := json.Marshal(patch)
		require.NoError(t, err)
		got, err := h.settings().Change(t.Context(), caller, change(t, string(text)))
		require.NoError(t, err)
		require.Equal(t, "Ann Example", got.Name)
		text, err = json.Marshal(got.Optional)
		require.NoError(t, err)
		kept := map[string]any{}
		require.NoError(t, json.Unmarshal(text, &kept))
		return kept
	}
	full := map[string]any{}
	for _, item := range privacy.OptionalItems {
		full[item.Name] = item.Example
	}
	for _, item := range privacy.OptionalItems {
		require.Equal(t, full, given(full))
		want := maps.Clone(full)
		want[item.Name] = another(item.Example)
		require.Equal(t, want, given(map[string]any{item.Name: want[item.Name]}), "%s is changed alone", item.Name)
		delete(want, item.Name)
		require.Equal(t, want, given(map[string]any{item.Name: nil}), "%s is cleared alone", item.Name)
		require.NotContains(t, h.Item(t, privacy.Directory, table.PersonPartition(caller.Person), "user"), item.Name,
			"what is cleared is gone, not empty")
		require.Equal(t, full, given(map[string]any{item.Name: item.Example}), "%s is given alone", item.Name)
	}
}

func TestAWishForRemindersIsKeptWhileItIsOneAndNotItsAbsence_4_f_1(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	for patch, wants := range map[string]bool{`{"reminders":true}`: true, `{"reminders":false}`: false,
		`{"reminders":null}`: false} {
		for _, first := range []string{`{"reminders":true}`, patch} {
			_, err := h.settings().Change(t.Context(), caller, change(t, first))
			require.NoError(t, err)
		}
		got, err := h.settings().Read(t.Context(), caller, struct{}{})
		require.NoError(t, err)
		require.Equal(t, wants, got.Reminders, patch)
		kept := h.Item(t, privacy.Directory, table.PersonPartition(caller.Person), "user")
		if !wants {
			require.NotContains(t, kept, "reminders")
		}
	}
}

func TestAWishForCalendarMailsIsHeardByOpenSessionsAtOnce_4_f_1(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	for _, wants := range []bool{true, false} {
		got, err := h.settings().Change(t.Context(), caller, change(t, fmt.Sprintf(`{"calendar_mails":%t}`, wants)))
		require.NoError(t, err)
		require.Equal(t, wants, got.CalendarMails)
		require.False(t, got.Reminders, "the one wish is not the other")
		sessions, err := h.Tables().Sessions(t.Context(), caller.Person)
		require.NoError(t, err)
		require.NotEmpty(t, sessions)
		for _, session := range sessions {
			require.Equal(t, wants, session.Calendar)
		}
	}
}

func hiddenByDefault() (clauses []string) {
	for _, clause := range privacy.HiddenByDefault() {
		clauses = append(clauses, string(clause))
	}
	return clauses
}

// another value of an item than its example.
func another(value any) any {
	if yes, is := value.(bool); is {
		return !yes
	}
	return value.(string) + "1"
}

func TestTheNameCanBeChangedButNotCleared_4_a_1_7_rectify(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	got, err := h.settings().Change(t.Context(), caller, change(t, `{"name":"Ann Other","language":"nl"}`))
	require.NoError(t, err)
	require.Equal(t, []string{"Ann Other", "nl"}, []string{got.Name, got.Language})
	_, err = h.settings().Change(t.Context(), caller, change(t, `{"name":null,"phone":"0612345678"}`))
	requireKind(t, problem.Malformed, err)
	got, err = h.settings().Read(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	require.Equal(t, []string{"Ann Other", ""}, []string{got.Name, got.Phone})
}

func TestShieldAndObjectionsAreChosenAndResetAndTakeEffectAtOnce_7_shield_7_object(t *testing.T) {
	h := newHall(t)
	in := h.asked(t, "ann@example.com")
	in.OS, in.OSRelease = "iOS", "26.1"
	session, err := h.desk.Confirm(t.Context(), visitor, in)
	require.NoError(t, err)
	caller, err := bearertest.Caller(t.Context(), h.gate, session.Token)
	require.NoError(t, err)

	got, err := h.settings().Change(t.Context(), caller, change(t, `{"shield":[],"objections":["4.d.4"]}`))
	require.NoError(t, err)
	require.Equal(t, []string{}, got.Shield, "nothing is hidden")
	require.Equal(t, &account.Device{OS: "iOS", Release: "26.1"}, got.Device)
	got, err = h.settings().Change(t.Context(), caller,
		change(t, `{"shield":["4.a.1"],"objections":["4.d.4","4.d.5"]}`))
	require.NoError(t, err)
	require.Equal(t, []string{"4.a.1"}, got.Shield)
	require.Nil(t, got.Device, "an objection to the device's system removes it")

	desk := h.door()
	asked, err := desk.Ask(t.Context(), visitor, signin.AskInput{Email: "ann@example.com"})
	require.NoError(t, err)
	_, err = desk.Start(t.Context(), visitor, signin.StartInput{SignIn: asked.SignIn,
		Code: h.code(t, "ann@example.com"), OS: "iOS", Key: "signing-in"})
	require.NoError(t, err)
	got, err = h.settings().Change(t.Context(), caller, change(t, `{"shield":null}`))
	require.NoError(t, err)
	require.Nil(t, got.Device, "nor does it come back with the next sign-in")
	require.Equal(t, hiddenByDefault(), got.Shield)
	require.Equal(t, []string{"4.d.4", "4.d.5"}, got.Objections)
}

func TestUntilConsentToANewVersionOneCanObjectAndNotChange_2_consent_13_versions(t *testing.T) {
	h := newHall(t)
	caller, session := h.registered(t, "ann@example.com")
	second := h.signedInAgain(t, "ann@example.com")
	settings := h.settings()
	settings.Statement = "2027-01-01"
	_, err := settings.Change(t.Context(), caller, change(t, `{"phone":"0612345678"}`))
	require.Equal(t, "2027-01-01", requireKind(t, problem.Consent, err).Extra["version"])
	_, err = settings.Change(t.Context(), caller, change(t, `{"phone":"0612345678","objections":["a"]}`))
	requireKind(t, problem.Consent, err)
	got, err := settings.Change(t.Context(), caller, change(t, `{"objections":["a"]}`))
	require.NoError(t, err)
	require.Equal(t, []string{"a"}, got.Objections)

	for _, refused := range []account.ConsentInput{{Version: statement, Agreed: true, Language: "nl"},
		{Version: "2027-01-01", Language: "nl"}} {
		_, err = settings.Consent(t.Context(), caller, refused)
		requireKind(t, problem.Consent, err)
	}
	h.Clock.Move(time.Hour)
	_, err = settings.Consent(t.Context(), caller, account.ConsentInput{Version: "2027-01-01", Agreed: true,
		Language: "nl"})
	require.NoError(t, err)
	for _, token := range []string{session.Token, second.Token} {
		caller, err := bearertest.Caller(t.Context(), h.gate, token)
		require.NoError(t, err)
		require.Equal(t, "2027-01-01", caller.Consent, "every session knows")
	}
	got, err = settings.Read(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	require.Equal(t, account.Consented{Version: "2027-01-01", Language: "nl", At: morning.Add(time.Hour),
		Current: "2027-01-01"}, got.Consent)
}

func (h *hall) signedInAgain(t *testing.T, email string) signin.Session {
	t.Helper()
	desk := h.door()
	asked, err := desk.Ask(t.Context(), visitor, signin.AskInput{Email: email})
	require.NoError(t, err)
	session, err := desk.Start(t.Context(), visitor, signin.StartInput{SignIn: asked.SignIn, Code: h.code(t, email),
		Key: "signing-in"})
	require.NoError(t, err)
	return session.Session
}

func TestALateChangeBringsNobodyBack_7_erase(t *testing.T) {
	h := newHall(t)
	office := h.NewOffice(t, "Europe/Amsterdam", 1)
	h.CustomerOf(t, office.Business, "Office B.V.", "office.example")
	caller, _ := h.registered(t, "ann@office.example")
	user, err := h.desk.Tables.User(t.Context(), caller.Person)
	require.NoError(t, err)
	require.NoError(t, h.desk.Tables.Unregister(t.Context(), user,
		identity.Email("ann@office.example").Entries(enginetest.Keys[secret.Addresses])))
	before := h.Everything(t)

	settings := h.settings()
	_, err = settings.Change(t.Context(), caller, change(t, `{"phone":"0612345678"}`))
	requireKind(t, problem.NotFound, err)
	_, err = settings.Consent(t.Context(), caller, account.ConsentInput{Version: statement, Agreed: true,
		Language: "nl"})
	requireKind(t, problem.NotFound, err)
	_, err = settings.AddSpot(t.Context(), caller, account.SpotInput{Spot: office.Desks[0]})
	requireKind(t, problem.NotFound, err)
	_, err = settings.AddColleague(t.Context(), caller, account.ColleagueInput{Name: "Bob", Key: "some-key-1"})
	require.Error(t, err)
	_, err = settings.SetPhoto(t.Context(), caller, account.PhotoInput{Content: png(t, 10, 10)})
	requireKind(t, problem.NotFound, err)
	_, err = settings.AskAddress(t.Context(), caller, account.AddressInput{Email: "bob@office.example"})
	requireKind(t, problem.NotFound, err)
	require.Equal(t, before, h.Everything(t))
	require.Empty(t, h.photos.kept)
}

func TestUnregisteringIsOnceAndRightWhateverIsGoneAlready_3_i(t *testing.T) {
	h := newHall(t)
	ann, _ := h.registered(t, "ann@example.com")
	h.registered(t, "bob@example.com")
	user, err := h.desk.Tables.User(t.Context(), ann.Person)
	require.NoError(t, err)
	hash := identity.Email("ann@example.com").Entries(enginetest.Keys[secret.Addresses])
	stale := user
	stale.Email = "old@example.com"
	require.ErrorIs(t, h.desk.Tables.Unregister(t.Context(), stale, hash), table.ErrRefused)
	for range 2 {
		require.NoError(t, h.desk.Tables.Unregister(t.Context(), user, hash))
		kept, counted := h.Users(t, h.business)
		require.Equal(t, []int{1, 1}, []int{kept, counted})
	}
	in := request("ann@example.com")
	in.Key = "registering-again"
	_, err = h.desk.Register(t.Context(), visitor, in)
	require.NoError(t, err)
	require.Contains(t, h.mail.Last(t, "ann@example.com").Text, "code", "the address is free again")
}

func TestFavouritesAreOfTheOwnBusinessAccountAndEndWhenTheyAreTakenAway_4_c(t *testing.T) { // 4.c.1 4.c.2
	h := newHall(t)
	office := h.NewOffice(t, "Europe/Amsterdam", 2)
	other := h.NewOffice(t, "Europe/Amsterdam", 1)
	h.CustomerOf(t, office.Business, "Office B.V.", "office.example")
	caller, _ := h.registered(t, "ann@office.example")
	settings := h.settings()
	for _, spot := range []string{office.Desks[0], office.Room, office.Desks[0]} {
		_, err := settings.AddSpot(t.Context(), caller, account.SpotInput{Spot: spot})
		require.NoError(t, err)
	}
	for _, spot := range []string{other.Desks[0], "aaaaaaaaaaaaaaaa"} {
		_, err := settings.AddSpot(t.Context(), caller, account.SpotInput{Spot: spot})
		require.Equal(t, problem.Unknown(), err, "foreign and unknown are alike")
	}
	bob := account.ColleagueInput{Name: "Bob from the third floor", Key: "adding-bob"}
	added, err := settings.AddColleague(t.Context(), caller, bob)
	require.NoError(t, err)
	again, err := settings.AddColleague(t.Context(), caller, bob)
	require.NoError(t, err)
	require.Equal(t, added, again)
	bob.Name = "Carol"
	_, err = settings.AddColleague(t.Context(), caller, bob)
	requireKind(t, problem.Conflict, err)

	listed, err := settings.Favourites(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	require.ElementsMatch(t, []account.FavouriteSpot{
		{Spot: office.Desks[0], Location: office.Location.ID, Floor: office.Floor},
		{Spot: office.Room, Location: office.Location.ID, Floor: office.Floor}}, listed.Spots)
	require.Equal(t, []account.Colleague{{ID: added.ID, Name: "Bob from the third floor"}}, listed.Colleagues)

	for range 2 {
		_, err = settings.RemoveSpot(t.Context(), caller, account.SpotInput{Spot: office.Desks[0]})
		require.NoError(t, err)
		_, err = settings.RemoveSpot(t.Context(), caller, account.SpotInput{Spot: office.Room})
		require.NoError(t, err)
		_, err = settings.RemoveColleague(t.Context(), caller, account.ColleagueID{Colleague: added.ID})
		require.NoError(t, err)
	}
	listed, err = settings.Favourites(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	require.Equal(t, account.Favourites{Spots: []account.FavouriteSpot{}, Colleagues: []account.Colleague{}}, listed)
}

func TestValuesThatAreNotWhatTheyShouldBeAreRefusedByTheDeclaration(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	before := h.Everything(t)
	serve := webtest.Handler(h.settings().Routes()...)
	for _, patch := range []string{
		`{"linkedin":"https://www.linkedin.com/in/ann"}`, `{"linkedin":"in/ann"}`, `{"linkedin":"a b"}`,
		`{"linkedin":""}`, `{"phone":"call me"}`,
		`{"phone":7}`, `{"name":""}`, `{"name":"   "}`, `{"name":"a\u0000b"}`, `{"department":"two\nlines"}`,
		`{"language":"de"}`,
		`{"shield":["4.z"]}`, `{"objections":["everything"]}`, `{"objections":["b"]}`, `{"objections":["c"]}`,
		`{"objections":["4.a.1"]}`, `{"emergency_officer":"yes"}`, `{"reminders":1}`, `{"email":"bob@example.com"}`,
		`{"role":"administrator"}`,
		`{"name":"` + strings.Repeat("x", 201) + `"}`, `[]`, `null`, `{`,
	} {
		response, err := serve(t.Context(), h.patch(caller, patch))
		require.NoError(t, err)
		require.Equal(t, 400, response.StatusCode, patch+response.Body)
	}
	require.Equal(t, before, h.Everything(t))
	refused, err := serve(t.Context(), h.patch(caller, `{"objections":["b"]}`))
	require.NoError(t, err)
	for _, accepted := range privacy.Objectionable() {
		require.Contains(t, refused.Body, accepted, "the answer names what can be objected to")
	}
	response, err := serve(t.Context(), h.patch(caller, `{"linkedin":"ann-example"}`))
	require.NoError(t, err)
	require.Equal(t, 200, response.StatusCode, response.Body)
	require.Equal(t, "no-store", response.Headers["Cache-Control"])
}

func (h *hall) patch(caller identity.Caller, body string) web.Request {
	return webtest.As(web.Request{RouteKey: "PATCH /me",
		Headers: map[string]string{"content-type": "application/json"},
		Body:    body}, caller)
}
