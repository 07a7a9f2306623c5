// Package mailtest records mail in tests, and reads it back with a MIME library that is not the one that wrote it.
package mailtest

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jhillyerd/enmime"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/ses"
)

// From is the sender identity of recorded mail.
const From = "iotspot <no-reply@iotspot.example>"

// A Recorder is a mail.Sender that keeps what it is given. Its zero value is ready.
type Recorder struct {
	Fail   error    // when set, Send and Forget give it and keep nothing
	During func()   // when set, called within each Send, before it is kept
	On     []string // addresses on the suppression list, in lower case

	mu        sync.Mutex
	sent      []mail.Message
	forgotten []string
}

// Send implements mail.Sender: the message is composed as for SES, so that what SES would refuse is refused here.
func (r *Recorder) Send(_ context.Context, m mail.Message) error {
	if r.During != nil {
		r.During()
	}
	if _, err := ses.Compose(controllertest.Example, From, time.Unix(0, 0), m); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.Fail != nil {
		return r.Fail
	}
	r.sent = append(r.sent, m)
	return nil
}

// Forget records an address that was taken off the suppression list.
func (r *Recorder) Forget(_ context.Context, address string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.Fail != nil {
		return r.Fail
	}
	r.forgotten = append(r.forgotten, address)
	return nil
}

// Suppressed is a suppression list with the addresses of On.
func (r *Recorder) Suppressed(context.Context) ([]string, error) { return slices.Clone(r.On), nil }

// Forgotten are the addresses of all calls of Forget.
func (r *Recorder) Forgotten() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.forgotten)
}

// Sent are all messages so far, oldest first.
func (r *Recorder) Sent() []mail.Message {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.sent)
}

// To are the messages to one address, oldest first.
func (r *Recorder) To(address string) []mail.Message {
	return slices.DeleteFunc(r.Sent(), func(m mail.Message) bool { return m.To != address })
}

// Last is the newest message to an address; the test fails where there is none.
func (r *Recorder) Last(t testing.TB, address string) mail.Message {
	t.Helper()
	sent := r.To(address)
	require.NotEmpty(t, sent, "no mail was sent to that address")
	return sent[len(sent)-1]
}

// Read composes the message and parses the result independently. A parser's complaint fails the test.
func Read(t testing.TB, m mail.Message) *enmime.Envelope {
	t.Helper()
	raw, err := ses.Compose(controllertest.Example, From, time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC), m)
	require.NoError(t, err)
	return Parse(t, raw)
}

// Parse reads raw MIME; a parser's complaint fails the test.
func Parse(t testing.TB, raw []byte) *enmime.Envelope {
	t.Helper()
	envelope, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	require.NoError(t, err)
	require.Empty(t, envelope.Errors)
	return envelope
}

// An Inbox is when mails arrived that wait at the support address, by the address that each names. Its zero value is
// empty.
type Inbox map[string][]time.Time

// Waiting implements overview.Received.
func (i Inbox) Waiting(_ context.Context, address string) ([]time.Time, error) {
	return i[address], nil
}
