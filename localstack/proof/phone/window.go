package phone

import (
	"context"
	"os"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/stack"
)

// A Browser is one for many phones, each a private window of it: what one keeps no other sees, and nothing is kept when
// it is closed. Its zero value is begun by the first of them.
type Browser struct {
	mu      sync.Mutex
	ctx     context.Context
	profile string
}

// Window opens a private window.
func (b *Browser) Window(t testing.TB, s *stack.Stack) *Phone {
	t.Helper()
	p := &Phone{connection: connect(t, s), t: t, stack: s, language: "en"}
	p.ctx, p.end = chromedp.NewContext(b.begun(t), chromedp.WithNewBrowserContext(), chromedp.WithListener(p.watch))
	p.begin()
	_, err := chromedp.Call(p.ctx, emulation.SetFocusEmulationEnabled,
		emulation.SetFocusEmulationEnabledParams{Enabled: true}) // the one in front, though others lie there too
	require.NoError(t, err)
	return p
}

// begun is the browser's own context, which outlives the test that begins it.
func (b *Browser) begun(t testing.TB) context.Context {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ctx != nil {
		return b.ctx
	}
	profile, err := os.MkdirTemp("", "windows")
	require.NoError(t, err)
	ctx, _ := chromedp.NewContext(context.Background(), allocation(t, profile)) // Close ends it
	require.NoError(t, chromedp.Do(ctx))
	b.ctx, b.profile = ctx, profile
	return ctx
}

// Close ends the browser, if one was begun.
func (b *Browser) Close() error {
	if b.ctx == nil {
		return nil
	}
	if err := chromedp.Cancel(b.ctx); err != nil {
		return err
	}
	return os.RemoveAll(b.profile)
}
