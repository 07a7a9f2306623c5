package screens_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
	"github.com/iotspot/iotspot/shared/privacy"
)

func TestTodayIsOneRequestAndADeskOneTapAndOneMore(t *testing.T) {
	o := office(t)
	p := o.phone(t)
	p.Registers("Tess Today", "tess@voorbeeld.example")
	p.Opens("/")
	p.Sees("Your e-mail address at work")
	before := len(p.Asked())
	p.SignsIn("tess@voorbeeld.example")
	p.Sees("Reserve, ")
	require.Equal(t, []string{"POST /sign-ins", "POST /sessions", "GET /me/today"}, p.Since(before))
	p.Taps("Reserve, ")
	p.Sees("is yours")
	require.Contains(t, p.Asked(), "POST /reservations")

	p.Taps("I am here")
	p.Sees("checked in")
	p.Taps("Give back")
	p.Sees("is given back")
}

func TestASuggestionThatWasJustTakenIsReplacedByTheNext(t *testing.T) {
	o := office(t)
	p, _ := o.with(t, "Sue Gestion", "sue@voorbeeld.example")
	p.Sees("Reserve, ")
	quick := o.newcomer(t, "Quick Quentin", "quentin@voorbeeld.example")
	var same struct {
		Suggestion struct{ Spot, Name, Date, From, To string }
	}
	require.NoError(t, quick.Send(t.Context(), "GET", "/me/today", nil, &same))
	require.Contains(t, p.Run("document.body.innerText"), "Desk "+same.Suggestion.Name)
	require.NoError(t, quick.Send(t.Context(), "POST", "/reservations", map[string]any{"spot": same.Suggestion.Spot,
		"date": same.Suggestion.Date, "from": same.Suggestion.From, "to": same.Suggestion.To}, nil))
	p.Taps("Reserve, ")
	p.Sees(same.Suggestion.Name + " was just taken. This is the next one:")
	p.Taps("Reserve, ")
	p.Sees("is yours")
}

func TestWhatWasCancelledCanBeTakenBackForFiveSeconds(t *testing.T) {
	o := office(t)
	p, _ := o.with(t, "Una Undo", "una@voorbeeld.example")
	p.Taps("Reserve, ")
	p.Sees("is yours")
	p.Goes("#/agenda")
	p.Taps("Cancel: ")
	p.Sees("is cancelled")
	p.Taps("Undo")
	p.Until("the reservation is back", func() bool { return p.Has(".booked") })
}

func TestASharedSpotOpensAfterSigningInAndOfAnotherCustomerSaysNothing_10_share(t *testing.T) {
	o := office(t)
	ada := o.admin
	var today struct{ Suggestion struct{ Spot, Name string } }
	require.NoError(t, ada.Send(t.Context(), "GET", "/me/today", nil, &today))
	o.newcomer(t, "Lin Kedin", "lin@voorbeeld.example")
	p := o.phone(t)
	p.Opens("/s/" + today.Suggestion.Spot)
	p.Sees("Sign in, and you get to the spot")
	p.SignsIn("lin@voorbeeld.example")
	p.Sees("Share")
	require.Contains(t, p.Run("location.hash"), today.Suggestion.Spot)
	p.Run(`navigator.share = async given => { window.given = JSON.stringify(given) }; ""`)
	p.Taps("Share")
	require.JSONEq(t, `{"title":"iotspot","url":"`+p.Address()+`/s/`+today.Suggestion.Spot+`"}`,
		p.Run("window.given"))
	p.Taps("Sit here, until")
	p.Sees("is yours until")
	for _, foreign := range []string{o.spotOfAnother(t), "aaaaaaaaaaaaaaaa"} {
		p.Goes("#/s/" + foreign)
		p.Sees("This spot is not there")
		require.False(t, p.Shows("Elsewhere") || p.Shows("Corner desk"), "what another has is as if it were nowhere")
	}
}

// spotOfAnother opens the account of another customer, who has one desk.
func (o Office) spotOfAnother(t *testing.T) string {
	t.Helper()
	c := example.Client{API: o.API, Console: o.Console}
	var asked struct{ Opening string }
	require.NoError(t, c.Send(t.Context(), "POST", "/business-accounts", map[string]any{
		"legal_name": "Elsewhere B.V.", "addresses": []string{"Singel 1, Amsterdam"},
		"domains": []string{"elsewhere.example"},
		"invoice": map[string]any{"name": "Elsewhere B.V.", "address": "Singel 1, Amsterdam",
			"email": "invoices@elsewhere.example", "vat_number": "NL001234567B02"},
		"administrator": map[string]any{"name": "Else Where", "email": "else@elsewhere.example", "language": "en"},
		"consent":       map[string]any{"version": privacy.StatementVersion, "agreed": true}}, &asked))
	var opened struct{ Token string }
	require.NoError(t, c.Send(t.Context(), "POST", "/business-accounts/"+asked.Opening+"/confirmation",
		map[string]any{"code": phone.MailedCode(t, o.Stack, "else@elsewhere.example")}, &opened))
	c.Token = opened.Token
	require.NoError(t, c.Send(t.Context(), "POST", "/business-account/import", []byte(
		"location,address,latitude,longitude,time_zone,floor,level,spot,category,type,x,y\n"+
			"Elsewhere,\"Singel 1, Amsterdam\",52.37,4.89,Europe/Amsterdam,Ground,0,Corner desk,workplace,desk,0.5,0.5\n"),
		nil))
	var today struct{ Suggestion struct{ Spot string } }
	require.NoError(t, c.Send(t.Context(), "GET", "/me/today", nil, &today))
	require.NotEmpty(t, today.Suggestion.Spot)
	return today.Suggestion.Spot
}

func TestTheAppCanBePutBesideTheOthersOfAPhone(t *testing.T) {
	p := phone.New(t, office(t).Stack, "")
	p.Opens("/")
	p.Sees("Your e-mail address at work")
	p.Until("the app is found fit to be installed", func() bool { return len(p.LacksToBeInstalled()) == 0 })
}

func TestTheMailsLinkFillsInTheCodeAndThePersonSignsIn_8_security(t *testing.T) {
	o := office(t)
	o.newcomer(t, "Mel Link", "mel@voorbeeld.example")
	p := o.phone(t)
	p.Opens("/")
	p.Fills("Your e-mail address at work", "mel@voorbeeld.example")
	p.Taps("Mail me a code")
	p.Sees("Look in your mail")

	other := o.phone(t)
	other.Opens(other.Link("mel@voorbeeld.example"))
	other.Sees("Sign in here?")
	require.False(t, strings.Contains(other.Run("location.href"), "code"), "the code is out of the address")
	require.Empty(t, other.Asked(), "opening the link signs nobody in")
	other.Taps("Sign in")
	other.Sees("Good morning, Mel")
}

func TestWithSiteDataBlockedTheAppWorksUntilItIsClosed_11_cookies(t *testing.T) {
	o := office(t)
	o.newcomer(t, "Bo Blocked", "bo@voorbeeld.example")
	p := phone.New(t, o.Stack, phone.BlockingSiteData)
	p.Opens("/")
	p.Sees("Your e-mail address at work")
	require.Equal(t, "refused", p.Run(`(() => { try { localStorage; return "open" } catch { return "refused" } })()`))
	p.SignsIn("bo@voorbeeld.example")
	p.Taps("Reserve, ")
	p.Sees("is yours")
}

func TestTodayShowsWhichFavouriteColleaguesAreInAsFarAsTheyShowIt_4_c_2_7_shield(t *testing.T) {
	o := office(t)
	shows, hides := o.newcomer(t, "Fay Vourite", "fay@voorbeeld.example"),
		o.newcomer(t, "Hy Der", "hy@voorbeeld.example")
	require.NoError(t, shows.Send(t.Context(), "PATCH", "/me", map[string]any{"shield": []string{}}, nil))
	for _, colleague := range []example.Client{shows, hides} {
		takes(t, colleague, o.Now().Format(time.DateOnly))
	}
	fan := o.newcomer(t, "Fan Tast", "fan@voorbeeld.example")
	for _, name := range []string{"fay vourite", "Hy Der"} {
		require.NoError(t, fan.Send(t.Context(), "POST", "/me/favourites/colleagues", map[string]any{"name": name},
			nil))
	}
	p := o.phone(t)
	p.Opens("/")
	before := len(p.Asked())
	p.SignsIn("fan@voorbeeld.example")
	p.Sees("Your favourites who are in")
	p.Sees("Fay Vourite")
	require.False(t, p.Shows("Hy Der"))
	require.Equal(t, []string{"POST /sign-ins", "POST /sessions", "GET /me/today"}, p.Since(before),
		"one request paints it")
}
