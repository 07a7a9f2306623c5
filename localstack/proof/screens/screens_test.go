package screens_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/bundle"
	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/stack"
)

// office is a stack with the example office, on a Monday at a minute to nine in Amsterdam.
func office(t *testing.T) *stack.Stack {
	t.Helper()
	monday := time.Now().UTC().Truncate(24 * time.Hour).Add(7*time.Hour + 59*time.Minute)
	for monday.Weekday() != time.Monday || monday.Before(time.Now()) {
		monday = monday.AddDate(0, 0, 1)
	}
	s, err := stack.Start(t.Context(), stack.Options{Engine: enginetest.URL(t), At: monday})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	client := example.Client{API: s.API, Console: s.Console}
	require.NoError(t, client.Load(t.Context()))
	return s
}

// registers is how a newcomer comes in: the statement, an explicit consent, a code.
func (p *phone) registers(s *stack.Stack, name, email string) {
	p.t.Helper()
	p.opens("/")
	p.taps("New here? Register")
	p.sees("Nothing is sent before you agree")
	p.taps("I explicitly agree")
	p.fills("Your name", name)
	p.fills("Your e-mail address at work", email)
	p.taps("Register me")
	p.sees("Look in your mail")
	p.fills("Code", p.code(s, email))
	p.taps("Sign in")
	p.sees("Good")
}

func TestTheDayIsLivedThroughTheAppAlone(t *testing.T) { // 2.consent 7.view 7.erase 9.cache 10.share
	s := office(t)
	ann := newPhone(t, s, "")
	ann.registers(s, "Ann Newcomer", "ann@voorbeeld.example")

	t.Run("Today is painted by one request, and a desk reserved by one tap and one request", func(t *testing.T) {
		before := len(ann.since(0))
		ann.opens("/")
		ann.sees("Your e-mail address at work")
		ann.signsIn(s, "ann@voorbeeld.example")
		ann.sees("Reserve, ")
		require.Equal(t, []string{"GET /", "POST /sign-ins", "POST /sessions", "GET /me/today"},
			without(ann.since(before), "GET /worker.js"))
		before = len(ann.since(0))
		ann.taps("Reserve, ")
		ann.sees("is yours")
		require.Equal(t, "POST /reservations", ann.since(before)[0])
	})
	t.Run("one checks in and gives back", func(t *testing.T) {
		ann.taps("I am here")
		ann.sees("checked in")
		ann.taps("Give back")
		ann.sees("is given back")
	})
	t.Run("what was cancelled can be taken back for five seconds", func(t *testing.T) {
		ann.taps("Reserve")
		ann.sees("is yours")
		ann.goes("#/agenda")
		ann.taps("Cancel: ")
		ann.sees("is cancelled")
		ann.taps("Undo")
		ann.until("the reservation is back",
			func() bool { return ann.run("String(!!document.querySelector('.booked'))") == "true" })
	})
	t.Run("a shared spot opens after signing in, and of another customer says nothing", func(t *testing.T) {
		ann.taps("1.1")
		ann.sees("Share")
		spot := strings.TrimPrefix(ann.run("location.hash"), "#/s/")
		other := newPhone(t, s, "")
		other.opens("/s/" + spot)
		other.sees("Sign in, and you get to the spot")
		other.signsIn(s, example.Administrator)
		other.sees("Share")
		other.goes("#/s/aaaaaaaaaaaaaaaa")
		other.sees("This spot is not there")
	})
	t.Run("everything that is kept is shown, and erased in two taps and a confirmation", func(t *testing.T) {
		ann.goes("#/data")
		ann.sees("ann@voorbeeld.example")
		ann.taps("Erase everything…")
		ann.sees("Within a minute everything is gone")
		ann.taps("Erase everything")
		ann.until("it is said", func() bool {
			if ann.run("String(!!document.querySelector('dialog'))") == "true" {
				ann.run(`document.querySelector("dialog .button.stop")?.click(); ""`)
			}
			return ann.run("String(document.body.innerText.includes('Everything of you is erased'))") == "true"
		})
	})
	t.Run("7.erase: on the device nothing personal is left, and nothing that opens anything", func(t *testing.T) {
		require.Equal(t, "0", ann.run("String(localStorage.length + sessionStorage.length)"))
		require.NoError(t, chromedp.Cancel(ann.ctx))
		for _, needle := range []string{"ann@voorbeeld.example", "Ann Newcomer"} {
			require.Empty(t, holding(t, ann.profile, needle), needle)
		}
	})
}

func without(list []string, what string) []string {
	var rest []string
	for _, each := range list {
		if each != what {
			rest = append(rest, each)
		}
	}
	return rest
}

// holding are the files of a browser's profile that hold a text, in the encodings in which browsers write it.
func holding(t *testing.T, profile, text string) (files []string) {
	t.Helper()
	wide := []byte{}
	for _, letter := range []byte(text) {
		wide = append(wide, letter, 0)
	}
	require.NoError(t, filepath.WalkDir(profile, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return nil // the browser is closing, and removes files of its own
		}
		content, err := os.ReadFile(path)
		if err == nil && (bytes.Contains(content, []byte(text)) || bytes.Contains(content, wide)) {
			files = append(files, path)
		}
		return nil
	}))
	return files
}

func TestWhatSomebodyElseTakesShowsOnThePlanWithinFifteenSeconds(t *testing.T) {
	s := office(t)
	ann, ada := newPhone(t, s, ""), newPhone(t, s, "")
	ann.registers(s, "<img src=x onerror=alert(1)>", "ann@voorbeeld.example") // an evil name is a name
	ann.sees("Good morning, <img")
	ada.opens("/#/floor")
	ada.signsIn(s, example.Administrator)
	ada.sees("of 8 free")
	ann.goes("#/floor")
	ann.sees("8 of 8 free")
	ann.taps("0.02, free")
	ann.taps("Reserve 8:45")
	ann.sees("7 of 8 free")
	began := time.Now()
	ada.sees("7 of 8 free")
	require.Less(t, time.Since(began), 20*time.Second, "fifteen seconds, and what this machine takes")
	ada.taps("0.02, taken")
	ada.sees("Close by and free all of that time")
}

// screens are all that there are for people, by their address.
var screens = []string{"#/", "#/floor", "#/agenda", "#/people", "#/guests", "#/data", "#/emergency"}

func TestAxeFindsNothingOnAnyScreenInEitherTheme(t *testing.T) {
	s := office(t)
	p := newPhone(t, s, "")
	axe, err := os.ReadFile(filepath.Join(bundle.Source(), "node_modules", "axe-core", "axe.min.js"))
	require.NoError(t, err)
	look := func(where string) {
		for _, theme := range []string{"light", "dark"} {
			p.theme(theme)
			require.Empty(t, p.audit(string(axe)), "%s in %s", where, theme)
		}
	}
	p.opens("/")
	p.sees("Your e-mail address at work")
	look("start")
	p.signsIn(s, example.Administrator)
	p.sees("Reserve")
	for _, screen := range screens {
		p.goes(screen)
		p.settles()
		look(screen)
	}
}

// audit is what axe finds wrong: rule and element.
func (p *phone) audit(axe string) string {
	p.t.Helper()
	_, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](axe+"; ''"))
	require.NoError(p.t, err)
	const run = `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v => v.id + ": " +
		v.nodes.map(n => n.html + " " + n.failureSummary).join("; ")).join("\n"))`
	found, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](run, chromedp.EvalAwaitPromise))
	require.NoError(p.t, err)
	return found
}

// settles waits until what the screen shows is loaded.
func (p *phone) settles() {
	p.t.Helper()
	p.until("the screen is there", func() bool {
		return p.run(`String(!!document.querySelector("h1") && !document.querySelector("[aria-busy=true]"))`) == "true"
	})
}

func TestEveryScreenFitsAPhoneOf320PixelsAndTextOfTwiceItsSize(t *testing.T) {
	s := office(t)
	p := newPhone(t, s, "")
	p.resize(320, 640)
	p.opens("/")
	p.sees("Your e-mail address at work")
	p.fits("start")
	p.signsIn(s, example.Administrator)
	for _, screen := range screens {
		p.goes(screen)
		p.settles()
		p.fits(screen)
	}
	p.resize(390, 844)
	p.run(`document.documentElement.style.fontSize = "200%%"; ""`)
	for _, screen := range screens {
		p.goes(screen)
		p.settles()
		p.fits(screen + " at 200 %")
	}
}

func (p *phone) fits(what string) {
	p.t.Helper()
	wide := p.run(`(() => { const root = document.scrollingElement, over = root.scrollWidth - innerWidth; if (over <= 0) return "";
		const widest = [...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".plan-frame"));
		return over + " px too wide: " + widest.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(" | ") })()`)
	require.Empty(p.t, wide, what)
}

func TestTheKeyboardAloneSignsInAndReserves(t *testing.T) {
	s := office(t)
	p := newPhone(t, s, "")
	p.opens("/")
	p.sees("Your e-mail address at work")
	p.tabsTo("Your e-mail address at work")
	p.types(example.Administrator)
	p.presses(kb.Enter)
	p.sees("Look in your mail")
	p.tabsTo("Code")
	p.types(p.code(s, example.Administrator))
	p.presses(kb.Enter)
	p.sees("Reserve, ")
	p.tabsTo("Reserve, ")
	p.presses(kb.Enter)
	p.sees("is yours")
	p.goes("#/floor")
	p.sees("of 8 free")
	p.tabsTo("0.01, free")
	p.presses(kb.ArrowRight)
	require.Contains(t, p.focused(), "0.02")
	p.presses(kb.Enter)
	p.sees("Open this spot")
}

// focused is the name of what has the focus.
func (p *phone) focused() string {
	p.t.Helper()
	return p.run(`(() => { const e = document.activeElement; return e.getAttribute("aria-label") ?? e.labels?.[0]?.textContent ?? e.textContent.trim() })()`)
}

func (p *phone) tabsTo(name string) {
	p.t.Helper()
	for range 60 {
		if strings.HasPrefix(p.focused(), name) {
			return
		}
		p.presses(kb.Tab)
	}
	p.t.Fatalf("Tab never comes to %q", name)
}

func TestWithoutAConnectionTheAppOpensAndSaysSoAndLosesNothing(t *testing.T) {
	s := office(t)
	p := newPhone(t, s, "")
	p.opens("/")
	p.until("the program is kept", func() bool {
		return p.awaits(`caches.keys().then(async k => String(k.length > 0 && (await (await caches.open(k[0])).keys()).length > 5))`) == "true"
	})
	p.signsIn(s, example.Administrator)
	p.sees("Reserve, ")
	p.break_(true)
	p.taps("Reserve, ")
	p.sees("There is no connection. Nothing was sent")
	p.opens("/")
	p.sees("Your e-mail address at work")
	p.fills("Your e-mail address at work", example.Administrator)
	p.taps("Mail me a code")
	p.sees("There is no connection")
	p.break_(false)
	p.taps("Mail me a code")
	p.sees("Look in your mail")
}

func (p *phone) awaits(program string) string {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[string](program, chromedp.EvalAwaitPromise))
	require.NoError(p.t, err)
	return value
}

func TestWithSiteDataBlockedTheAppWorksUntilItIsClosed_11_cookies(t *testing.T) {
	s := office(t)
	p := newPhone(t, s, `{"profile":{"default_content_setting_values":{"cookies":2}}}`)
	p.opens("/")
	p.sees("Your e-mail address at work")
	require.Equal(t, "refused", p.run(`(() => { try { localStorage; return "open" } catch { return "refused" } })()`))
	p.signsIn(s, example.Administrator)
	p.taps("Reserve, ")
	p.sees("is yours")
}
