package screens_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
	"github.com/iotspot/iotspot/shared/catalog"
)

func TestANewcomerIsAtAReservedDeskInUnderAMinuteFromTheAddressThatTheConsoleLinksTo(t *testing.T) {
	o := quietOffice(t)
	answer, err := http.Get(o.Console)
	require.NoError(t, err)
	defer answer.Body.Close()
	console, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Contains(t, string(console), `<a href="`+o.API+`">Open the app</a>`)
	p := o.phone(t)
	began := time.Now()
	p.Registers("Nina Newcomer", "nina@voorbeeld.example")
	p.Taps("Reserve, ")
	p.Sees("is yours")
	took := time.Since(began)
	t.Logf("at a reserved desk after %s", took.Round(100*time.Millisecond))
	require.Less(t, took, time.Minute)
}

func TestNothingIsSentBeforeConsent_2_consent(t *testing.T) {
	p := office(t).phone(t)
	p.Opens("/")
	p.Taps("New here? Register")
	p.Fills("Your name", "Noor Niets")
	p.Fills("Your e-mail address at work", "niets@voorbeeld.example")
	p.Taps("Register me")
	p.Sees(p.Word("screens/start", "first"))
	for _, asked := range p.Asked() {
		require.Regexp(t, "^GET /statement/version$", asked)
	}
	require.Equal(t, "Noor Niets", p.Run(`document.querySelector(".field input").value`), "and nothing typed is lost")
}

func TestACodeIsTakenInTheDigitsInWhichItWasPasted_8_security(t *testing.T) {
	o := office(t)
	o.newcomer(t, "Wide Digits", "wide@voorbeeld.example")
	p := o.phone(t)
	p.Opens("/")
	p.Fills("Your e-mail address at work", "wide@voorbeeld.example")
	p.Taps("Mail me a code")
	p.Sees("Look in your mail")
	require.True(t, p.Has(`input[autocomplete="one-time-code"][inputmode="numeric"]`), "a phone offers it by itself")
	p.Fills("Code", strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, p.Code("wide@voorbeeld.example")))
	p.Taps("Sign in")
	p.Sees("Good morning, Wide")
}

// outdate makes somebody one who agreed to an earlier version of the statement.
func (o Office) outdate(t *testing.T, who example.Client) {
	t.Helper()
	text := func(value string) types.AttributeValue { return &types.AttributeValueMemberS{Value: value} }
	_, err := o.Tables().UpdateItem(t.Context(), &dynamodb.UpdateItemInput{
		TableName: aws.String(string(catalog.Directory)),
		Key: map[string]types.AttributeValue{"pk": text(who.Token[:16] + "#u#" +
			who.Token[16:32]), "sk": text("user")},
		UpdateExpression:          aws.String("SET consent_version = :v"),
		ExpressionAttributeValues: map[string]types.AttributeValue{":v": text("2026-01-01")}})
	require.NoError(t, err)
}

func TestAStatementThatChangedLeavesOnesOwnDataAloneUntilItIsAgreedTo_2_consent_13_versions(t *testing.T) {
	o := ownOffice(t)
	client := o.newcomer(t, "Cor Consent", "cor@voorbeeld.example")
	require.NoError(t, client.Send(t.Context(), "POST", "/me/calendar-feed", nil, nil))
	o.outdate(t, client)
	p := o.phone(t)
	p.Opens("/")
	p.SignsIn("cor@voorbeeld.example")
	for _, screen := range []string{"#/", "#/floor", "#/agenda", "#/people", "#/guests", "#/emergency",
		"#/s/" + o.desk(t, "0.01"), "#/codes/" + o.floor(t)} {
		p.Goes(screen)
		p.Sees("The privacy statement has changed")
	}
	p.Goes("#/data")
	p.Sees("cor@voorbeeld.example")
	for _, refused := range []string{"Change: ", "Add: ", "Hide: ", "Show: ", "Remove now: "} {
		require.False(t, p.Has(fmt.Sprintf("[aria-label^=%q]", refused)), "%sis not offered", refused)
	}
	feed := "End: " + o.Now().Format("Monday 2 January")
	p.Taps(feed) // what can be ended still can: the calendar feed of that day
	p.Until("it is ended", func() bool { return !p.Has(fmt.Sprintf("[aria-label^=%q]", feed)) })
	p.Taps("Object: The operating system")
	p.Until("one has objected",
		func() bool { return p.Has(`[aria-label^="Withdraw objection: The operating system"]`) })
	p.Taps("Mail me everything")
	p.Sees("The overview is on its way")
	p.Goes("#/")
	p.Sees("The privacy statement has changed")
	p.Taps("I explicitly consent")
	p.Taps("I consent")
	p.Sees("Good morning, Cor")
}

func TestWhoWithdrawsTheirConsentInsteadLeavesNothingOnTheDeviceEither_2_consent_7_erase(t *testing.T) {
	o := ownOffice(t)
	client := o.newcomer(t, "Wim Weggegaan", "wim@voorbeeld.example")
	o.outdate(t, client)
	p := phone.New(t, o.Stack, "")
	p.Opens("/")
	p.SignsIn("wim@voorbeeld.example")
	p.Taps("View or erase my data")
	p.Taps("Stay signed in on this device")
	p.Sees("A key is kept on this device")
	token := p.Run(kept)
	p.Sees("Withdrawing your consent and erasing everything is one thing")
	p.Taps("Erase everything…")
	p.Sees("Your registration ends at once, and with it your consent.")
	p.Taps("Erase everything")
	p.Sees("Your data is being erased")
	require.NotContains(t, p.Run("document.documentElement.outerHTML"), "Weggegaan")
	require.NoError(t, o.Settle(t.Context()))
	require.ErrorContains(t, client.Send(t.Context(), "GET", "/me/overview", nil, nil), "401")
	p.Opens("/")
	p.Sees("Your e-mail address at work")
	p.Close()
	require.Empty(t, p.Keeps("wim@voorbeeld.example", "Wim Weggegaan", "Weggegaan", token, token[:32], token[32:]))
}

func TestAGuestWhoDoesNotAgreeErasesAllAndThePassOpensNothing_4_d_3_7_erase(t *testing.T) {
	o := ownOffice(t)
	_, pass := o.invites(t, o.admin, "Nel Nee", "nel@visitor.example")
	p := o.phone(t)
	p.Opens("/" + pass)
	p.Sees("Welcome as a guest")
	p.Taps("View or erase my data")
	p.Sees("Nel Nee")
	p.Taps("Erase everything…")
	p.Taps("Erase everything")
	p.Sees("Your data is being erased")
	require.NoError(t, o.Settle(t.Context()))
	p.Goes(pass)
	p.Sees("Your session is over")
	require.NotContains(t, p.Run("document.documentElement.outerHTML"), "Nel Nee")
}

func TestMyDataSaysWhoLookedAndWhy_6_confidential(t *testing.T) {
	o := ownOffice(t)
	p, _ := o.with(t, "Lu Looked", "lu@voorbeeld.example")
	p.Goes("#/data")
	p.Sees("Nobody of iotspot has looked at your data.")
	who := employs(t, o)
	require.NoError(t, who.Send(t.Context(), "POST", "/staff/looks", map[string]any{"email": "lu@voorbeeld.example",
		"kinds": []string{"4.d.2"}, "reason": "asked us by phone why a reservation is gone"}, nil))
	p.Goes("#/agenda")
	p.Goes("#/data")
	p.Sees("Sam Support")
	p.Sees("asked us by phone why a reservation is gone")
	require.False(t, p.Shows("Nobody of iotspot has looked"))
	require.Contains(t, rows(t, p)["Who of our staff looked at your data: when, why and at which"].Text, "Kept: ")
}
