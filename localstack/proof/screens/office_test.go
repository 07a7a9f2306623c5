// Package screens_test lives in the app as people do, in a real browser before the whole local stack: what it shows,
// what it asks, what it leaves on the device.
package screens_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/build"
	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
	"github.com/iotspot/iotspot/localstack/stack"
)

// An Office is a stack with the example office, on a Monday at a minute to nine in Amsterdam.
type Office struct {
	*stack.Stack
	admin example.Client // signed in as its administrator
}

// open begins a stack that a test has for itself.
func open(t testing.TB, options stack.Options) Office {
	t.Helper()
	monday := time.Now().UTC().Truncate(24 * time.Hour).Add(7*time.Hour + 59*time.Minute)
	for monday.Weekday() != time.Monday || monday.Before(time.Now()) {
		monday = monday.AddDate(0, 0, 1)
	}
	require.NoError(t, built())
	options.Engine, options.At, options.Binaries = enginetest.URL(t), monday, build.Folder()
	s, err := stack.Start(context.Background(), options)
	require.NoError(t, err)
	office := Office{s, example.Client{API: s.API, Console: s.Console}}
	require.NoError(t, office.admin.Load(t.Context()))
	return office
}

var (
	idle    = make(chan Office, 16) // which no test is in
	windows phone.Browser
	built   = sync.OnceValue(func() error { return stack.Build(context.Background()) })
)

// office is for tests that neither move its clock nor count what is free: each comes with people of its own, after
// other tests and before others. It runs beside those in other offices.
func office(t *testing.T) (o Office) {
	t.Helper()
	t.Parallel()
	select {
	case o = <-idle:
	default:
		o = open(t, stack.Options{})
	}
	t.Cleanup(func() { idle <- o })
	return o
}

// quietOffice is an office of its own for a test that holds a stopwatch or has the browser draw much: nothing runs
// beside it.
func quietOffice(t *testing.T) Office {
	t.Helper()
	o := open(t, stack.Options{})
	t.Cleanup(func() { require.NoError(t, o.Close()) })
	return o
}

// ownOffice is for a test that moves the clock, or ends the contract. It runs beside others that have one of their own.
func ownOffice(t *testing.T) Office {
	t.Helper()
	t.Parallel()
	return quietOffice(t)
}

func TestMain(m *testing.M) {
	status := m.Run()
	err := windows.Close()
	close(idle)
	for office := range idle {
		err = errors.Join(err, office.Close())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		status = 1
	}
	os.Exit(status)
}

// newcomer registers somebody of the office, as the app does.
func (o Office) newcomer(t testing.TB, name, email string) example.Client {
	t.Helper()
	c := example.Client{API: o.API, Console: o.Console}
	var version struct{ Version string }
	require.NoError(t, c.Send(t.Context(), "GET", "/statement/version", nil, &version))
	var asked struct{ Registration string }
	require.NoError(t, c.Send(t.Context(), "POST", "/registrations", map[string]any{"name": name, "email": email,
		"language": "en", "consent": map[string]any{"version": version.Version, "agreed": true}}, &asked))
	var opened struct{ Token string }
	require.NoError(t, c.Send(t.Context(), "POST", "/registrations/"+asked.Registration+"/confirmation",
		map[string]any{"code": phone.MailedCode(t, o.Stack, email)}, &opened))
	c.Token = opened.Token
	return c
}

// phone is a private window of the browser that the tests share: those of what a profile on disk holds open their own.
func (o Office) phone(t testing.TB) *phone.Phone {
	t.Helper()
	return windows.Window(t, o.Stack)
}

// with is a phone in the hands of somebody who just registered, at Today.
func (o Office) with(t testing.TB, name, email string) (*phone.Phone, example.Client) {
	t.Helper()
	client := o.newcomer(t, name, email)
	p := o.phone(t)
	p.Opens("/")
	p.SignsIn(email)
	return p, client
}

// signIn opens a session of somebody's, as the app does.
func (o Office) signIn(t testing.TB, email string) (c example.Client) {
	t.Helper()
	c.API, c.Console = o.API, o.Console
	var asked struct {
		SignIn string `json:"sign_in"`
	}
	require.NoError(t, c.Send(t.Context(), "POST", "/sign-ins", map[string]any{"email": email}, &asked))
	var opened struct{ Token string }
	require.NoError(t, c.Send(t.Context(), "POST", "/sessions",
		map[string]any{"sign_in": asked.SignIn, "code": phone.MailedCode(t, o.Stack, email)}, &opened))
	c.Token = opened.Token
	return c
}

// takes lets somebody reserve what is suggested to them for a day.
func takes(t testing.TB, who example.Client, date string) {
	t.Helper()
	var of struct {
		Suggestion struct{ Spot, Date, From, To string }
	}
	require.NoError(t, who.Send(t.Context(), "GET", "/me/today?date="+date, nil, &of))
	require.NoError(t, who.Send(t.Context(), "POST", "/reservations", map[string]any{"spot": of.Suggestion.Spot,
		"date": of.Suggestion.Date, "from": of.Suggestion.From, "to": of.Suggestion.To}, nil))
}
