package screens_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/bundle"
	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
)

// screens are all that there are for people, by their address.
var screens = []string{"#/", "#/floor", "#/agenda", "#/people", "#/guests", "#/data", "#/emergency"}

// opened is a phone of the administrator's, before the start.
func opened(t *testing.T) *phone.Phone {
	t.Helper()
	p := phone.New(t, office(t).Stack, "")
	p.Opens("/")
	p.Sees("Your e-mail address at work")
	return p
}

// each goes through all screens.
func each(p *phone.Phone, look func(screen string)) {
	for _, screen := range screens {
		p.Goes(screen)
		p.Settles()
		look(screen)
	}
}

func TestAxeFindsNothingOnAnyScreenInEitherTheme(t *testing.T) {
	p := opened(t)
	axe, err := os.ReadFile(filepath.Join(bundle.Source(), "node_modules", "axe-core", "axe.min.js"))
	require.NoError(t, err)
	look := func(where string) {
		for _, theme := range []string{"light", "dark"} {
			p.Theme(theme)
			require.Empty(t, audit(p, string(axe)), "%s in %s", where, theme)
		}
	}
	look("start")
	p.Taps("New here? Register")
	p.Sees("Nothing is sent before you agree")
	look("register")
	p.Opens("/")
	p.SignsIn(example.Administrator)
	p.Sees("Reserve")
	each(p, look)
	p.Goes("#/codes/" + office(t).floor(t))
	p.Sees("8 spots. Print them on A4")
	look("codes")
	p.Goes("#/data")
	for _, sheet := range []string{"Change: Your name", "Change: Your e-mail address", "Add: Your profile photo",
		"Erase everything…"} {
		p.Taps(sheet)
		p.Until("the sheet is open", func() bool { return p.Has("dialog[open]") })
		look(sheet)
		p.Taps("Close")
	}
}

// audit is what axe finds wrong: rule and element.
func audit(p *phone.Phone, axe string) string {
	p.Run(axe + "; ''")
	return p.Awaits(`axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v => v.id + ": " +
		v.nodes.map(n => n.html + " " + n.failureSummary).join("; ")).join("\n"))`)
}

func TestEveryScreenFitsAPhoneOf320PixelsAndTextOfTwiceItsSize(t *testing.T) {
	p := opened(t)
	p.Resize(320, 640)
	fits(t, p, "start")
	p.SignsIn(example.Administrator)
	each(p, func(screen string) { fits(t, p, screen) })
	p.Goes("#/codes/" + office(t).floor(t))
	p.Sees("8 spots. Print them on A4")
	fits(t, p, "codes")
	p.Resize(390, 844)
	p.Run(`document.documentElement.style.fontSize = "200%"; ""`)
	each(p, func(screen string) { fits(t, p, screen+" at 200 %") })
}

func fits(t *testing.T, p *phone.Phone, what string) {
	t.Helper()
	wide := p.Run(`(() => {
		const over = document.scrollingElement.scrollWidth - innerWidth
		if (over <= 0) return ""
		const widest = [...document.querySelectorAll("main *")]
			.filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".plan-frame"))
		return over + " px too wide: " + widest.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(" | ")
	})()`)
	require.Empty(t, wide, what)
}

func TestTheKeyboardAloneSignsInReservesAndErases(t *testing.T) {
	o := office(t)
	o.newcomer(t, "Key Board", "key@voorbeeld.example")
	p := phone.New(t, o.Stack, "")
	p.Opens("/")
	p.Sees("Your e-mail address at work")
	p.TabsTo("Your e-mail address at work")
	p.Types("key@voorbeeld.example")
	p.Presses(kb.Enter)
	p.Sees("Look in your mail")
	p.TabsTo("Code")
	p.Types(p.Code("key@voorbeeld.example"))
	p.Presses(kb.Enter)
	p.Sees("Reserve, ")
	p.TabsTo("Reserve, ")
	p.Presses(kb.Enter)
	p.Sees("is yours")
	p.Goes("#/floor")
	p.Sees(" free")
	p.TabsTo("0.01, ")
	p.Presses(kb.ArrowRight)
	require.Contains(t, p.Focused(), "0.02")
	p.Presses(kb.Enter)
	p.Sees("Open this spot")
	p.Goes("#/data")
	p.Settles()
	p.TabsTo("Erase everything…")
	p.Presses(kb.Enter)
	p.Sees("Within a minute everything is gone")
	p.TabsTo("Erase everything")
	require.Equal(t, "true", p.Run("String(!!document.activeElement.closest('dialog'))"))
	p.Presses(kb.Enter)
	p.Sees("Everything of you is erased")
}

// bearable is how long a screen may take on a slow connection before people give it up.
const bearable = 10 * time.Second

func TestOnSlow3GTheStartAndTodayAreThereWithinTenSecondsAndAScreenSaysMeanwhileThatItLoads(t *testing.T) {
	p := phone.New(t, office(t).Stack, "")
	p.Meets(phone.Slow3G())
	opens := func(what, shows string) {
		began := time.Now()
		p.Opens("/")
		p.Sees(shows)
		took := time.Since(began)
		t.Logf("%s: there after %s", what, took.Round(100*time.Millisecond))
		require.Less(t, took, bearable, what)
	}
	opens("the start, of which the device has nothing yet", "Your e-mail address at work")
	p.SignsIn(example.Administrator)
	p.Settles()
	p.Goes("#/data")
	p.Until("it says that it loads", func() bool { return p.Has("[aria-busy=true]") })
	p.Settles()
	p.Sees(example.Administrator)
	p.Taps("Stay signed in on this device")
	p.Sees("A key is kept on this device")
	opens("Today, the next time", "Good morning")
}
