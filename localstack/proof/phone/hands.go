package phone

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/jhillyerd/enmime"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/bundle"
	"github.com/iotspot/iotspot/localstack/stack"
)

// Opens goes to an address of the app.
func (p *Phone) Opens(path string) {
	p.t.Helper()
	require.NoError(p.t, chromedp.Do(p.ctx, chromedp.Navigate(p.address+path)))
}

// Goes changes the screen, as a link does, and waits until the app has heard of it.
func (p *Phone) Goes(hash string) {
	p.t.Helper()
	p.Awaits(fmt.Sprintf(`new Promise(done => {
		if (location.hash === %[1]q) return done("")
		addEventListener("hashchange", () => setTimeout(() => done("")), { once: true })
		location.hash = %[1]q
	})`, hash))
}

// Run evaluates a program in the page, whose value is a text. Texts that it is to hold are filled in as by Sprintf.
func (p *Phone) Run(program string, texts ...any) string {
	p.t.Helper()
	if len(texts) > 0 {
		program = fmt.Sprintf(program, texts...)
	}
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](program))
	require.NoError(p.t, err)
	return value
}

// Awaits evaluates a program in the page that promises a text.
func (p *Phone) Awaits(program string) string {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[string](program, chromedp.EvalAwaitPromise))
	require.NoError(p.t, err)
	return value
}

// joiner is a mark of no width where a word isn't to be parted, which nobody sees or hears.
const joiner = "\u2060"

// Sees waits until a text is on the screen.
func (p *Phone) Sees(text string) {
	p.t.Helper()
	p.Until("the screen shows "+text, func() bool { return p.Shows(text) })
}

// Shows tells whether a text is on the screen now.
func (p *Phone) Shows(text string) bool {
	p.t.Helper()
	return p.Run("String((document.body?.innerText ?? '').replaceAll(%q, '').includes(%q))", joiner, text) == "true"
}

// Has tells whether something is in the page now, by a selector of CSS.
func (p *Phone) Has(selector string) bool {
	p.t.Helper()
	return p.Run("String(!!document.querySelector(%q))", selector) == "true"
}

// Until waits for what the screen comes to.
func (p *Phone) Until(what string, holds func() bool) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if holds() {
			return
		}
	}
	p.t.Fatalf("%s: not so after %s; it shows:\n%s", what, patience, p.Run("document.body.innerText"))
}

// Settles waits until what the screen shows is loaded.
func (p *Phone) Settles() {
	p.t.Helper()
	p.Until("the screen is there", func() bool {
		return p.Run(`String(!!document.querySelector("h1") && !document.querySelector("[aria-busy=true]"))`) == "true"
	})
}

// found is a program that finds what has a name for who hears the screen: its label, else its text. A dialog is
// before all that lies under it.
const found = `[...([...document.querySelectorAll("dialog[open]")].at(-1) ?? document)
	.querySelectorAll("button,a,summary,label,input,select")]
	.filter(e => e.offsetParent !== null || e.getClientRects().length)
	.find(e => (e.getAttribute("aria-label") ?? e.textContent.trim().replaceAll("` + joiner + `", "")).startsWith(%[1]q))`

// place is a program that tells where the middle of what has the name is, once nothing else lies over it and the part
// of the screen that it stands in is loaded.
const place = `{ const e = ` + found + `; e?.scrollIntoView({block: "center"}); const b = e?.getBoundingClientRect();
	const [x, y] = b ? [b.left + b.width / 2, b.top + b.height / 2] : []
	e?.contains(document.elementFromPoint(x, y)) && !e.closest("[aria-busy=true]") ? x + " " + y : "" }`

// Taps presses what has the name, as a finger does, once it stays where it is.
func (p *Phone) Taps(name string) {
	p.t.Helper()
	at := ""
	p.Until("one can tap "+name, func() bool {
		before := at
		at = p.Run(place, name)
		return at != "" && at == before
	})
	var x, y float64
	_, err := fmt.Sscan(at, &x, &y)
	require.NoError(p.t, err)
	require.NoError(p.t, chromedp.Do(p.ctx, chromedp.MouseClickXY(x, y)))
}

// Drags presses the mouse at the first of some places of the window, in px, goes along the others and lets go: of one
// place alone it is a click.
func (p *Phone) Drags(along ...[2]float64) {
	p.t.Helper()
	does := func(what input.DispatchMouseEventType, at [2]float64) {
		_, err := chromedp.Call(p.ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: what,
			X: at[0], Y: at[1], Button: input.MouseButtonLeft, ClickCount: 1})
		require.NoError(p.t, err)
	}
	does(chromedp.MousePressed, along[0])
	for _, at := range along[1:] {
		does(chromedp.MouseMoved, at)
	}
	does(chromedp.MouseReleased, along[len(along)-1])
}

// Fills types into the field with the label, in place of what is there.
func (p *Phone) Fills(label, text string) {
	p.t.Helper()
	p.Taps(label)
	p.Run("document.activeElement.select?.(); ''")
	p.Types(text)
}

// Chooses picks a value in a field with a picker of the browser's own: a list, a day, a slide. Pages have no hold of
// those pickers, so the field is given the value and says so, as it does when its picker is closed.
func (p *Phone) Chooses(label, value string) {
	p.t.Helper()
	p.Until("there is "+label, func() bool {
		return p.Run("String(("+found+")?.matches('label,input'))", label) == "true"
	})
	p.Run(`{ const e = `+found+`, field = e.control ?? e
		field.value = %[2]q
		for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }))
		"" }`, label, value)
}

// Types puts a text where the focus is.
func (p *Phone) Types(text string) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: text})
	require.NoError(p.t, err)
}

// Presses presses keys.
func (p *Phone) Presses(keys string) {
	p.t.Helper()
	require.NoError(p.t, chromedp.Do(p.ctx, chromedp.KeyEvent(keys)))
}

// Focused is the name of what has the focus.
func (p *Phone) Focused() string {
	p.t.Helper()
	named := p.Run(`(() => { const e = document.activeElement;
		return e.getAttribute("aria-label") ?? e.labels?.[0]?.textContent ?? e.textContent.trim() })()`)
	return strings.ReplaceAll(named, joiner, "")
}

// TabsTo presses Tab until what has the name has the focus.
func (p *Phone) TabsTo(name string) {
	p.t.Helper()
	for range 60 {
		if strings.HasPrefix(p.Focused(), name) {
			return
		}
		p.Presses(kb.Tab)
	}
	p.t.Fatalf("Tab never comes to %q", name)
}

// Uploads gives a file to the field that takes files.
func (p *Phone) Uploads(file string) {
	p.t.Helper()
	require.NoError(p.t, chromedp.Do(p.ctx, chromedp.SetUploadFiles("input[type=file]", []string{file})))
}

var (
	mailedCode = regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`)
	mailedLink = regexp.MustCompile(`/(#/code|#/pass|decisions)/\S+`)
)

// taken are the mails whose code or link was used, by the mails' ids: the mail that is asked for may still be on its
// way when one that came before it lies there.
var taken sync.Map

// mailed looks in the latest mail to an address for something, and waits until it comes. Each mail is used once.
func mailed(t testing.TB, s *stack.Stack, email string, something *regexp.Regexp) string {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		for _, mail := range slices.Backward(s.Mailbox.To(email)) {
			letter, err := enmime.ReadEnvelope(bytes.NewReader(mail.Raw))
			require.NoError(t, err)
			found := something.FindString(letter.Text)
			if found == "" {
				continue
			}
			if _, used := taken.LoadOrStore(mail.ID, true); used {
				break
			}
			return found
		}
	}
	t.Fatalf("no mail with %s came to %s", something, email)
	return ""
}

// MailedCode is the code in the latest mail to an address that has one. Each mail's code is given once.
func MailedCode(t testing.TB, s *stack.Stack, email string) string {
	t.Helper()
	return mailed(t, s, email, mailedCode)
}

// Code is the code in the latest mail to an address that has one. Each mail's code is given once.
func (p *Phone) Code(email string) string {
	p.t.Helper()
	return mailed(p.t, p.stack, email, mailedCode)
}

// MailedLink is the path of the link in the latest mail to an address that has one: of a code, a pass or a decision.
func MailedLink(t testing.TB, s *stack.Stack, email string) string {
	t.Helper()
	return mailed(t, s, email, mailedLink)
}

// Link is the path of the link to the app in the latest mail to an address that has one.
func (p *Phone) Link(email string) string {
	p.t.Helper()
	return mailed(p.t, p.stack, email, mailedLink)
}

// Word is a text of the app as this phone shows it, up to what is filled in there: of a file of words of the
// client's, by its name.
func (p *Phone) Word(file, name string) string {
	p.t.Helper()
	kept, err := os.ReadFile(filepath.Join(bundle.Source(), file+".json"))
	require.NoError(p.t, err)
	var words map[string]map[string]string
	require.NoError(p.t, json.Unmarshal(kept, &words))
	text, _, _ := strings.Cut(words[name][p.language], "{")
	require.NotEmpty(p.t, text, "%s of %s in %s", name, file, p.language)
	return text
}

// SignsIn signs in by the code from the mailbox, from wherever the app stands.
func (p *Phone) SignsIn(email string) {
	p.t.Helper()
	word := func(name string) string { return p.Word("screens/start", name) }
	p.Fills(word("email"), email)
	p.Taps(word("mailcode"))
	p.Sees(word("codetitle"))
	p.Fills(word("code"), p.Code(email))
	p.Taps(word("signin"))
	p.Until("one is signed in", func() bool {
		return !p.Shows(word("codetitle")) && p.Run("String(!!document.querySelector('nav'))") == "true"
	})
}

// Registers is how a newcomer comes in: the statement, an explicit consent, a code. It gives the code.
func (p *Phone) Registers(name, email string) (code string) {
	p.t.Helper()
	p.Opens("/")
	p.Taps("New here? Register")
	p.Sees("Nothing is sent before you consent")
	p.Taps("I explicitly consent")
	p.Fills("Your name", name)
	p.Fills("Your e-mail address at work", email)
	p.Taps("Register me")
	p.Sees("Look in your mail")
	code = p.Code(email)
	p.Fills("Code", code)
	p.Taps("Sign in")
	p.Sees("Good")
	return code
}

// Frames is how many frames a second are drawn while a floor's plan is dragged for two seconds.
func (p *Phone) Frames() float64 {
	p.t.Helper()
	var frames float64
	_, err := fmt.Sscan(p.Awaits(`new Promise(done => {
		const frame = document.querySelector(".plan-frame"), began = performance.now()
		const at = { x: 200, y: 200 }, to = type => frame.dispatchEvent(new PointerEvent(type,
			{ pointerId: 1, clientX: at.x, clientY: at.y, bubbles: true, isPrimary: true }))
		frame.setPointerCapture = () => {}
		let drawn = 0
		to("pointerdown")
		const step = () => {
			drawn++
			at.x += drawn % 80 < 40 ? 3 : -3
			at.y += drawn % 60 < 30 ? 2 : -2
			to("pointermove")
			if (performance.now() - began < 2000) return requestAnimationFrame(step)
			to("pointerup")
			done(String(drawn * 1000 / (performance.now() - began)))
		}
		requestAnimationFrame(step)
	})`), &frames)
	require.NoError(p.t, err)
	return frames
}
