package screens_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/phone"
)

// over is what is said when a session opens nothing any more, whatever ended it: of an erased person or an ended
// contract nothing is left from which more could be told.
const over = "Your session is over. Sign in to go on where you were; if no code comes, your registration is here " +
	"no " +
	"more."

// writes lets somebody fill in an invitation, which is not sent.
func writes(p *phone.Phone) {
	p.Goes("#/guests")
	p.Taps("Invite a guest")
	p.Fills("Name", "Gus Typed")
	p.Fills("E-mail address", "gus@visitor.example")
}

const typed = `[...document.querySelectorAll("dialog input")].map(e => e.value).join(" ")`

func TestWhoIsSignedOutElsewhereIsToldAndLosesNothingThatWasTyped(t *testing.T) {
	o := office(t)
	p, client := o.with(t, "Ola Out", "ola@voorbeeld.example")
	writes(p)
	require.NoError(t, client.Send(t.Context(), "DELETE", "/sessions", nil, nil))
	p.Taps("Mail the pass")
	p.Sees(over)
	p.Presses(kb.Escape)
	p.Presses(kb.Escape)
	p.Until("nothing below can be come to", func() bool { return p.Has("dialog.whole[open]") })
	p.SignsIn("ola@voorbeeld.example")
	require.Contains(t, p.Run(typed), "Gus Typed gus@visitor.example")
	p.Taps("Mail the pass")
	p.Sees("The pass is on its way to Gus Typed")
	p.Sees("New pass") // the guest is in the list, which is drawn anew before the next invitation

	writes(p) // and whoever else signs in there finds nothing of it
	other := o.newcomer(t, "Pia Else", "pia.else@voorbeeld.example")
	require.NotEmpty(t, other.Token)
	again := o.signIn(t, "ola@voorbeeld.example")
	require.NoError(t, again.Send(t.Context(), "DELETE", "/sessions", nil, nil))
	p.Taps("Mail the pass")
	p.Sees(over)
	p.SignsIn("pia.else@voorbeeld.example")
	p.Sees("Invite a guest")
	require.NotContains(t, p.Run("document.documentElement.outerHTML"), "Gus Typed")
}

func TestASessionWhoseTimeHasPassedIsToldToBeOverAndSoIsThatOfTheErasedAndOfAnEndedContract(t *testing.T) {
	o := ownOffice(t)
	p, client := o.with(t, "Era Sed", "era@voorbeeld.example")
	late, _ := o.with(t, "Tom Time", "tom@voorbeeld.example")
	t.Run("7.erase: an erasure was just accepted elsewhere, and the session is still open", func(t *testing.T) {
		gone, _ := o.with(t, "Go Ne", "gone@voorbeeld.example")
		gone.Meets(phone.Unknown("/me/access"))
		gone.Goes("#/agenda")
		gone.Sees("Your registration has ended: everything of it is erased within a minute")
		require.NotContains(t, gone.Run("document.documentElement.outerHTML"), "Go Ne")
	})
	t.Run("7.erase: erased elsewhere", func(t *testing.T) {
		require.NoError(t, client.Send(t.Context(), "POST", "/me/erasure", map[string]any{"confirm": true}, nil))
		require.NoError(t, o.Settle(t.Context())) // the sessions go with the job that the request starts
		p.Goes("#/agenda")
		p.Sees(over)
		require.Equal(t, "0", p.Run("String(localStorage.length + sessionStorage.length)"))
		require.NotContains(t, p.Run("document.documentElement.outerHTML"), "Era")
	})
	t.Run("8.security: the session's time has passed", func(t *testing.T) {
		late.Moves(31 * 24 * time.Hour)
		late.Goes("#/agenda")
		late.Sees(over)
		late.SignsIn("tom@voorbeeld.example")
		late.Sees("Agenda")
	})
	t.Run("3: the contract has ended", func(t *testing.T) {
		admin := o.signIn(t, "ada@voorbeeld.example")
		require.NoError(t, admin.Send(t.Context(), "POST", "/business-account/end",
			map[string]any{"legal_name": "Voorbeeld Kantoren B.V."}, nil))
		late.Goes("#/people")
		late.Sees(over)
	})
}

func TestABusyServerIsToldOfAndTheSameTapGoesOnWhereItWas(t *testing.T) {
	o := office(t)
	p, _ := o.with(t, "Bus Y", "busy@voorbeeld.example")
	writes(p)
	for status, says := range map[int]string{
		http.StatusServiceUnavailable: "It is too busy at the moment. What you filled in is still here",
		http.StatusTooManyRequests:    "Too often in a row. Wait a minute",
	} {
		p.Meets(phone.Refusing(status))
		p.Taps("Mail the pass")
		p.Sees(says)
		require.Contains(t, p.Run(typed), "Gus Typed gus@visitor.example")
	}
	p.Meets(nil)
	p.Taps("Mail the pass")
	p.Sees("The pass is on its way to Gus Typed")
}

func TestAWriteOfWhichNoAnswerCameIsMadeOnce(t *testing.T) {
	o := office(t)
	p, client := o.with(t, "Lo St", "lost@voorbeeld.example")
	writes(p)
	p.Meets(phone.Losing("POST /guests"))
	p.Taps("Mail the pass")
	p.Sees("There is no connection. What you filled in is still here")
	p.Meets(nil)
	p.Taps("Mail the pass")
	p.Sees("The pass is on its way to Gus Typed")
	var guests struct{ Guests []struct{ Name string } }
	require.NoError(t, client.Send(t.Context(), "GET", "/guests", nil, &guests))
	require.Len(t, guests.Guests, 1)
}

// keepsTheProgram waits until the app opens without a connection.
func keepsTheProgram(p *phone.Phone) {
	p.Until("the program is kept", func() bool {
		return p.Awaits(`caches.keys().then(async k =>
			String(k.length > 0 && (await (await caches.open(k[0])).keys()).length > 5))`) == "true"
	})
	p.Awaits(`navigator.serviceWorker.ready.then(() => "")`) // what is kept is given by a worker that is active
}

func TestWithoutAConnectionTheAppOpensAndSaysSoAndLosesNothing(t *testing.T) {
	o := office(t)
	o.newcomer(t, "Off Line", "offline@voorbeeld.example")
	p := o.phone(t)
	p.Opens("/")
	keepsTheProgram(p)
	p.Opens("/")
	require.Equal(t, "true", p.Run("String(!!navigator.serviceWorker.controller)"), "it passes all that is asked")
	p.SignsIn("offline@voorbeeld.example")
	p.Sees("Reserve, ")
	p.Goes("#/data")
	p.Sees("offline@voorbeeld.example")
	require.Regexp(t, `^/( /app/[\w.-]+)+$`, p.Awaits(`caches.keys()
		.then(async names => (await Promise.all(names.map(async name => (await caches.open(name)).keys()))).flat()
			.map(kept => new URL(kept.url).pathname).join(" "))`), "the program alone is kept (9.cache)")
	p.Goes("#/")
	p.Sees("Reserve, ")
	p.Meets(phone.Cut)
	p.Taps("Reserve, ")
	p.Sees("There is no connection. What you filled in is still here")
	p.Opens("/")
	p.Fills("Your e-mail address at work", "offline@voorbeeld.example")
	p.Taps("Mail me a code")
	p.Sees("There is no connection")
	p.Meets(nil)
	p.Taps("Mail me a code")
	p.Sees("Look in your mail")
}

func TestAClockThatIsWrongIsToldOfAndTheOfficesTimeCounts(t *testing.T) {
	o := office(t)
	o.newcomer(t, "Clo Ck", "clock@voorbeeld.example")
	p := o.phone(t)
	p.ClockIsOff(5 * time.Hour)
	p.Opens("/")
	p.SignsIn("clock@voorbeeld.example")
	p.Sees("This device's clock is 5 hours off. The app goes by the office's time")
	p.Sees("Good morning, Clo")
	p.Sees("Reserve, ")
}

func TestATabThatIsOpenSurvivesADeployment(t *testing.T) {
	o := office(t)
	p, _ := o.with(t, "Dep Loyed", "deployed@voorbeeld.example")
	p.Until("the other screens are there", func() bool {
		return p.Run(`String(["floor", "agenda", "people", "guests", "data", "emergency"].every(screen =>
			performance.getEntriesByType("resource").some(e => e.name.includes("/app/" + screen + "-"))))`) == "true"
	})
	p.Awaits(`Promise.all(performance.getEntriesByType("resource").filter(e => /\/app\/\w+-\w+\.js$/.test(e.name))
		.map(e => import(e.name))).then(() => "")`) // and what they are made of
	p.Meets(phone.Deployed)
	for _, screen := range screens {
		p.Goes(screen)
		p.Settles()
		require.False(t, p.Shows("newer version"), screen)
	}
}
