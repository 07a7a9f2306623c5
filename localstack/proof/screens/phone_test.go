// Package screens_test lives in the app as people do, in a real browser before the whole local stack: what it shows,
// what it asks, what it leaves on the device.
package screens_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/stack"
)

// patience is how long the screen may take to show what is expected of it, on a machine that does much else.
const patience = 30 * time.Second

// A phone is a browser with a profile of its own, and the connection by which it reaches the stack.
type phone struct {
	*connection
	t       *testing.T
	ctx     context.Context
	profile string
	size    [2]int64
}

// A connection is all that a phone asks of the stack, and can be cut.
type connection struct {
	address string
	mu      sync.Mutex
	cut     bool
	asked   []string // method and path, in order
}

func connect(t *testing.T, s *stack.Stack) *connection {
	target, err := url.Parse(s.API)
	require.NoError(t, err)
	c, proxy := &connection{}, httputil.NewSingleHostReverseProxy(target)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		cut := c.cut
		if !cut && !strings.HasPrefix(r.URL.Path, "/app/") && !strings.HasPrefix(r.URL.Path, "/usage/") {
			c.asked = append(c.asked, r.Method+" "+r.URL.Path)
		}
		c.mu.Unlock()
		if cut {
			panic(http.ErrAbortHandler) // as a connection that breaks
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	c.address = server.URL
	return c
}

// since is what was asked after the first n requests.
func (c *connection) since(n int) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string(nil), c.asked[n:]...)
}

func (c *connection) break_(cut bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cut = cut
}

// newPhone opens a browser with nothing in it. Preferences are Chromium's own, as a person would set them.
func newPhone(t *testing.T, s *stack.Stack, preferences string) *phone {
	t.Helper()
	browser, err := exec.LookPath("chromium")
	require.NoError(t, err, "the screens are tried in Debian's chromium: apt-get install chromium")
	p := &phone{connection: connect(t, s), t: t, profile: t.TempDir(), size: [2]int64{390, 844}}
	if preferences != "" {
		require.NoError(t, os.MkdirAll(filepath.Join(p.profile, "Default"), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(p.profile, "Default", "Preferences"), []byte(preferences),
			0o600))
	}
	ctx, cancel := chromedp.NewContext(t.Context(),
		chromedp.WithAllocatorOptions(chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.DisableGPU,
			chromedp.UserDataDir(p.profile), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-sync", true),
			chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
			chromedp.Flag("lang", "en")),
		chromedp.WithListener(p.watch))
	t.Cleanup(cancel)
	p.ctx = ctx
	require.NoError(t, chromedp.Do(ctx, chromedp.Navigate("about:blank")))
	_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	require.NoError(t, err)
	p.resize(p.size[0], p.size[1])
	return p
}

// watch fails on what must never happen, whatever the test is about: an exception, and a request to another origin.
func (p *phone) watch(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		p.t.Errorf("the app failed: %s %v", e.ExceptionDetails.Text, e.ExceptionDetails.Exception)
	case *network.EventRequestWillBeSent:
		own := []string{p.address, "blob:" + p.address, "about:", "data:"}
		for _, beginning := range own {
			if strings.HasPrefix(e.Request.URL, beginning) {
				return
			}
		}
		p.t.Errorf("the app asks elsewhere: %s", e.Request.URL)
	}
}

func (p *phone) resize(width, height int64) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetDeviceMetricsOverride,
		emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
	require.NoError(p.t, err)
}

func (p *phone) theme(name string) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name},
			{Name: "prefers-reduced-motion", Value: "reduce"}}})
	require.NoError(p.t, err)
}

// opens goes to an address of the app.
func (p *phone) opens(path string) {
	p.t.Helper()
	require.NoError(p.t, chromedp.Do(p.ctx, chromedp.Navigate(p.address+path)))
}

// goes changes the screen, as a link does.
func (p *phone) goes(hash string) { p.t.Helper(); p.run("location.hash = %q; ''", hash) }

// run evaluates a program in the page, whose value is a text.
func (p *phone) run(format string, args ...any) string {
	p.t.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](fmt.Sprintf(format, args...)))
	require.NoError(p.t, err)
	return value
}

// sees waits until a text is on the screen.
func (p *phone) sees(text string) {
	p.t.Helper()
	p.until("the screen shows "+text, func() bool {
		return p.run("String((document.body?.innerText ?? '').includes(%q))", text) == "true"
	})
}

func (p *phone) until(what string, holds func() bool) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if holds() {
			return
		}
	}
	p.t.Fatalf("%s: not so after %s; it shows:\n%s", what, patience, p.run("document.body.innerText"))
}

// found is a program that finds what has a name for who hears the screen: its label, else its text.
const found = `[...document.querySelectorAll("button,a,summary,label,input,select")].filter(e => e.offsetParent !== null || e.getClientRects().length).find(e => { const n = e.getAttribute("aria-label") ?? e.textContent.trim(); return n === %[1]q || n.startsWith(%[1]q) })`

// taps presses the middle of what has the name, as a finger does: what lies over it is pressed instead.
func (p *phone) taps(name string) {
	p.t.Helper()
	p.until("there is "+name, func() bool { return p.run("String(!!("+found+"))", name) == "true" })
	at := p.run(`{ const e = `+found+`; e.scrollIntoView({block: "center"}); const b = e.getBoundingClientRect();
		(b.left + b.width / 2) + " " + (b.top + b.height / 2) }`, name)
	var x, y float64
	_, err := fmt.Sscan(at, &x, &y)
	require.NoError(p.t, err)
	require.NoError(p.t, chromedp.Do(p.ctx, chromedp.MouseClickXY(x, y)))
}

// fills types into the field with the label.
func (p *phone) fills(label, text string) {
	p.t.Helper()
	p.taps(label)
	p.types(text)
}

func (p *phone) types(text string) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: text})
	require.NoError(p.t, err)
}

func (p *phone) presses(keys string) {
	p.t.Helper()
	require.NoError(p.t, chromedp.Do(p.ctx, chromedp.KeyEvent(keys)))
}

var mailed = regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`)

// code is the one in the latest mail to an address.
func (p *phone) code(s *stack.Stack, email string) string {
	p.t.Helper()
	code := ""
	p.until("a code comes for "+email, func() bool {
		for _, mail := range s.Mailbox.All() {
			if mail.To == email {
				if found := mailed.FindString(string(mail.Raw)); found != "" {
					code = found
				}
			}
		}
		return code != ""
	})
	return code
}

// signsIn signs in by the code from the mailbox, from wherever the app stands.
func (p *phone) signsIn(s *stack.Stack, email string) {
	p.t.Helper()
	p.fills("Your e-mail address at work", email)
	p.taps("Mail me a code")
	p.sees("Look in your mail")
	p.fills("Code", p.code(s, email))
	p.taps("Sign in")
	p.until("one is signed in", func() bool { return p.run("String(!!document.querySelector('nav'))") == "true" })
}
