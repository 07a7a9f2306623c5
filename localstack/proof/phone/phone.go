// Package phone is a person's phone: a real browser, Debian's Chromium, in which tests live in the app as people do,
// before the whole local stack.
package phone

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/stack"
)

// patience is how long the screen may take to show what is expected of it, on a machine that does much else.
const patience = time.Minute

// A Phone is a browser, and the connection by which it reaches the stack. Its clock is the stack's.
type Phone struct {
	*connection
	Profile string // the folder of all that it keeps; "" is a private window, which keeps all in memory

	t        testing.TB
	ctx      context.Context
	end      context.CancelFunc
	stack    *stack.Stack
	language string // "nl" or "en"
}

// BlockingSiteData are Chromium's own preferences of who refuses cookies and site data.
const BlockingSiteData = `{"profile":{"default_content_setting_values":{"cookies":2}}}`

// New opens a browser with nothing in its profile but preferences as a person would set them. It is for what a
// profile holds, or whole browsers do: a private window opens in a fifth of the time.
func New(t testing.TB, s *stack.Stack, preferences string) *Phone {
	t.Helper()
	profile := t.TempDir()
	if preferences != "" {
		require.NoError(t, os.MkdirAll(filepath.Join(profile, "Default"), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(profile, "Default", "Preferences"), []byte(preferences), 0o600))
	}
	p := &Phone{connection: connect(t, s), Profile: profile, t: t, stack: s, language: "en"}
	options := allocation(t, profile)
	p.ctx, p.end = chromedp.NewContext(t.Context(), options, chromedp.WithListener(p.watch))
	p.begin()
	return p
}

// begin shows an empty page, in the size of a phone.
func (p *Phone) begin() {
	p.t.Helper()
	p.t.Cleanup(p.end)
	require.NoError(p.t, chromedp.Do(p.ctx, chromedp.Navigate("about:blank")))
	_, err := chromedp.Call(p.ctx, network.Enable, network.EnableParams{})
	require.NoError(p.t, err)
	p.Resize(390, 844)
	p.ClockIsOff(0)
}

// allocation says how a browser is begun.
func allocation(t testing.TB, profile string) chromedp.ContextOption {
	t.Helper()
	browser, err := exec.LookPath("chromium")
	require.NoError(t, err, "the screens are tried in Debian's chromium: apt-get install chromium")
	return chromedp.WithAllocatorOptions(chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(profile), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("lang", "en"))
}

// Close ends the browser, after which its profile holds what it keeps.
func (p *Phone) Close() {
	p.t.Helper()
	require.NoError(p.t, chromedp.Cancel(p.ctx))
}

// watch fails on what must never happen, whatever the test is about: an exception, and a request to another origin.
func (p *Phone) watch(event any) {
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

// clock sets a page's clock apart from the machine's by some ms.
const clock = `(() => {
	globalThis.apart = %d
	const Machine = globalThis.Machine ??= Date
	globalThis.Date = class extends Machine {
		constructor(...given) { given.length === 0 ? super(Machine.now() + apart) : super(...given) }
		static now() { return Machine.now() + apart }
	}
})()`

// ClockIsOff sets the phone's clock to the stack's and so much ahead of it, from the next page on.
func (p *Phone) ClockIsOff(by time.Duration) {
	p.t.Helper()
	apart := time.Until(p.stack.Now()) + by
	_, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: fmt.Sprintf(clock, apart.Milliseconds())})
	require.NoError(p.t, err)
}

// Moves moves the stack's clock, and the phone's with it.
func (p *Phone) Moves(by time.Duration) {
	p.t.Helper()
	require.NoError(p.t, p.stack.Move(by))
	p.ClockIsOff(0)
	p.Run("globalThis.apart = %d; ''", time.Until(p.stack.Now()).Milliseconds())
}

// Resize gives the screen another size, in CSS pixels.
func (p *Phone) Resize(width, height int64) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetDeviceMetricsOverride,
		emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
	require.NoError(p.t, err)
}

// Speaks sets the language that the browser says its person reads, "nl" or "en", from the next page on.
func (p *Phone) Speaks(language string) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{
		UserAgent: p.Run("navigator.userAgent"), AcceptLanguage: language})
	require.NoError(p.t, err)
	p.language = language
}

// LivesIn sets the time zone of the phone.
func (p *Phone) LivesIn(zone string) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetTimezoneOverride,
		emulation.SetTimezoneOverrideParams{TimezoneID: zone})
	require.NoError(p.t, err)
}

// Theme is "light" or "dark". Nothing moves by itself meanwhile.
func (p *Phone) Theme(name string) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name},
			{Name: "prefers-reduced-motion", Value: "reduce"}}})
	require.NoError(p.t, err)
}

// Picture is what the screen shows, as PNG, of its whole length where that is asked.
func (p *Phone) Picture(whole bool) []byte {
	p.t.Helper()
	taken, err := chromedp.Call(p.ctx, page.CaptureScreenshot,
		page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng, CaptureBeyondViewport: &whole})
	require.NoError(p.t, err)
	return taken.Data
}

// Printed is on how many pages of A4 the screen is printed.
func (p *Phone) Printed() int {
	p.t.Helper()
	preferred := true
	printed, err := chromedp.Call(p.ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &preferred})
	require.NoError(p.t, err)
	return bytes.Count(printed.Data, []byte("/Type /Page\n"))
}

// LacksToBeInstalled is what the browser finds missing to offer the app beside the others of the phone. A private
// window never does.
func (p *Phone) LacksToBeInstalled() (lacks []string) {
	p.t.Helper()
	found, err := chromedp.Call(p.ctx, page.GetInstallabilityErrors, cdp.Empty{})
	require.NoError(p.t, err)
	for _, one := range found.InstallabilityErrors {
		lacks = append(lacks, one.ErrorID)
	}
	return lacks
}
