package screens_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/bundle"
	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
)

// screens are all that there are for somebody of the office, by their address, but for those of one spot or floor.
var screens = []string{"#/", "#/floor", "#/agenda", "#/people", "#/guests", "#/data", "#/emergency"}

// notHere is a spot's address that is another customer's, or nobody's: the app can't tell.
const notHere = "#/s/aaaaaaaaaaaaaaaa"

// A tour is a phone that goes to all that the app shows anybody, where somebody looks.
type tour struct {
	*phone.Phone
	Office
	t        *testing.T
	language string
	look     func(where string)
}

// goes looks at screens one by one as somebody who is signed in.
func (o tour) goes(who string, addresses ...string) {
	for _, address := range addresses {
		o.Goes(address)
		o.Settles()
		o.look(who + " at " + address)
	}
}

// entrance is what one sees before signing in, and what is said when that is over.
func (o tour) entrance() {
	o.Opens("/")
	o.Sees(o.Word("screens/start", "what"))
	o.look("the start")
	o.Opens("/" + notHere)
	o.Sees(o.Word("screens/start", "there"))
	o.look("the start on the way to a spot")
	o.Opens("/")
	o.Taps(o.Word("screens/start", "new"))
	o.Sees(o.Word("screens/start", "consent"))
	o.look("registering")
}

// administrator goes to all that is for members, and opens what opens over My data.
func (o tour) administrator() {
	o.reads(o.admin)
	defer reads(o.t, o.admin, "en")
	o.Opens("/")
	o.SignsIn(example.Administrator)
	o.goes("the administrator", append(screens, "#/s/"+o.desk(o.t, "0.01"), notHere, "#/codes/"+o.floor(o.t), "#/plans", "#/figures",
		"#/editor/"+o.floor(o.t))...)
	o.goes("the administrator", "#/data")
	const opens = `{ const e = document.querySelectorAll(%q)[%d]; e.focus(); e.ariaLabel ?? e.textContent.trim() }`
	opener := o.Run(opens, "button.stop", 0) // to erase everything
	o.Presses(kb.Enter)
	for sheet := range 4 {
		o.Until("a sheet is open", func() bool { return o.Has("dialog[open]") })
		o.look(fmt.Sprintf("sheet %d of My data", sheet))
		o.Presses(kb.Escape)
		o.Until("it is gone, and one is where one was",
			func() bool { return !o.Has("dialog[open]") && o.Focused() == opener })
		opener = o.Run(opens, "li.kept.bare button, li.kept .kept-body > button", sheet)
		o.Presses(kb.Enter)
	}
}

// reads lets somebody read the tour's language.
func (o tour) reads(who example.Client) { reads(o.t, who, o.language) }

// officer sees who is inside.
func (o tour) officer(email string) {
	bea := o.confirmedOfficer(o.t, "Bea Hulp", email)
	o.reads(bea)
	o.comes(o.t, bea)
	o.Opens("/")
	o.SignsIn(email)
	o.Goes("#/emergency")
	o.Sees("Bea Hulp")
	o.look("the officer's list")
	o.goes("who is checked in", "#/", "#/agenda", "#/people")
	o.Opens("/")
}

// asked is somebody whose statement has changed since they agreed to it.
func (o tour) asked(email string) {
	olga := o.newcomer(o.t, "Olga Oud", email)
	o.reads(olga)
	o.outdate(o.t, olga)
	o.SignsIn(email)
	o.Sees(o.Word("screens/consent", "title"))
	o.look("a statement that changed")
	o.goes("who has not agreed yet", "#/consent", "#/data")
	o.Opens("/")
}

// guest is somebody who comes by a pass, agrees, and sees what guests see.
func (o tour) guest(email string) {
	_, pass := o.invitesIn(o.t, o.language, o.admin, "Gea Gast", email)
	o.Opens("/" + pass)
	o.Sees(o.Word("screens/consent", "guest"))
	o.look("a guest's welcome")
	o.Taps(o.Word("screens/consent", "agreetext"))
	o.Taps(o.Word("screens/consent", "agree"))
	o.Sees(o.Word("screens/today", "welcome"))
	o.goes("a guest", "#/", "#/floor", "#/agenda", "#/data", "#/s/"+o.desk(o.t, "0.01"), notHere)
	o.Opens("/")
}

func TestAllThatTheAppShowsAnybodyIsFlawlessToAxeInBothThemesAndFitsSmallPhonesAndLargeTextInBothLanguages(t *testing.T) {
	for _, language := range []string{"en", "nl"} {
		t.Run(language, func(t *testing.T) {
			in := office(t)
			p := in.phone(t)
			p.Speaks(language)
			o := tour{Phone: p, Office: in, t: t, language: language,
				look: func(where string) {
					flawless(t, p, where)
					if language == "en" { // the keys are the same in each
						require.Empty(t, unkeyed(p), where)
					}
				}}
			o.entrance()
			o.administrator()
			o.officer("bea." + language + "@voorbeeld.example")
			o.asked("olga." + language + "@voorbeeld.example")
			o.guest("gea." + language + "@visitor.example")
		})
	}
}

// flawless sees that nothing is wrong with what is shown, for axe and on small phones and with large text.
func flawless(t *testing.T, p *phone.Phone, where string) {
	t.Helper()
	p.Theme("light")
	require.Empty(t, audit(p), "%s in light", where)
	p.Theme("dark")
	require.Empty(t, audit(p, ofColours...), "%s in dark", where)
	p.Resize(320, 640)
	fits(t, p, where)
	p.Resize(390, 844)
	p.Run(`document.documentElement.style.fontSize = "200%"; ""`)
	fits(t, p, where+" at 200 %")
	p.Run(`document.documentElement.style.fontSize = ""; ""`)
}

// axe is the program that knows the rules.
var axe = sync.OnceValue(func() string {
	program, err := os.ReadFile(filepath.Join(bundle.Source(), "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		panic(err) // it comes with the client's other packages
	}
	return string(program)
})

// ofColours are axe's rules for which the theme matters.
var ofColours = []string{"color-contrast", "link-in-text-block"}

// audit is what axe finds wrong: rule and element. Without rules it looks for everything.
func audit(p *phone.Phone, rules ...string) string {
	if p.Run("typeof axe") == "undefined" {
		p.Run(axe() + "; ''")
	}
	options := map[string]any{"resultTypes": []string{"violations"}}
	if len(rules) > 0 {
		options["runOnly"] = rules
	}
	asked, err := json.Marshal(options)
	if err != nil {
		panic(err) // texts alone
	}
	return p.Awaits(`axe.run(document, ` + string(asked) + `).then(r => r.violations.map(v => v.id + ": " +
		v.nodes.map(n => n.html + " " + n.failureSummary).join("; ")).join("\n"))`)
}

// fits sees that nothing makes the screen wider than the phone, but for what scrolls in a frame of its own.
func fits(t *testing.T, p *phone.Phone, what string) {
	t.Helper()
	wide := p.Run(`(() => {
		const over = document.scrollingElement.scrollWidth - innerWidth
		if (over <= 0) return ""
		const framed = e => { for (let at = e.parentElement; at; at = at.parentElement)
			if (getComputedStyle(at).overflowX !== "visible") return true }
		const widest = [...document.querySelectorAll("body *")]
			.filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !framed(e))
		return over + " px too wide: " + widest.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(" | ")
	})()`)
	require.Empty(t, wide, what)
}

// bearable is how long a screen may take on a slow connection before people give it up.
const bearable = 10 * time.Second

func TestOnSlow3GTheStartAndTodayAreThereWithinTenSecondsAndAScreenSaysMeanwhileThatItLoads(t *testing.T) {
	p := quietOffice(t).phone(t)
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
