// Package waketest plays a schedule that is precise to a minute and a queue that delivers at least once, second by
// second, with one thing going wrong.
package waketest

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	lambdaevents "github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/wake"
)

// A Fault is what goes wrong with a message, or with the start that it brings about.
type Fault string

// The faults. A step that is killed has done nothing, and its message comes again after a slot.
const (
	None    Fault = "nothing"
	Lost    Fault = "a message is lost"
	Doubled Fault = "a message comes twice"
	Late    Fault = "a message comes five seconds late"
	Killed  Fault = "a step is killed"
	NoLook  Fault = "a look is killed"
)

// Faults are all of them.
var Faults = []Fault{None, Lost, Doubled, Late, Killed, NoLook}

// Calls keeps what was asked for.
type Calls struct {
	mu  sync.Mutex
	all []wake.Call
}

// Ring implements wake.Bell.
func (c *Calls) Ring(_ context.Context, calls ...wake.Call) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = append(c.all, calls...)
	return nil
}

// All are the calls so far.
func (c *Calls) All() []wake.Call {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.all)
}

// A Minute is what starts a function: the schedule, by looks that fall anywhere in their minutes, and what it asks for
// itself.
type Minute struct {
	Clock   interface{ Set(time.Time) }
	Handler trigger.Handler
	Offset  func(minute int) time.Duration // of a look in its minute; nil is anywhere
	Fault   Fault
	At      int // which message or look it befalls, from 1

	Steps, Looks, Asked int // how many there were

	now     time.Time
	waiting []message
}

type message struct {
	at       time.Time
	body     string
	received int
	killed   bool
}

// Ring implements wake.Bell.
func (m *Minute) Ring(_ context.Context, calls ...wake.Call) error {
	for _, call := range calls {
		body, err := json.Marshal(call.Part)
		if err != nil {
			return err
		}
		at := call.At.Add(time.Second) // the queue is never early
		if at.Before(m.now) {
			at = m.now
		}
		m.Asked++
		one := message{at: at, body: string(body)}
		if m.Asked == m.At {
			switch m.Fault {
			case Lost:
				continue
			case Late:
				one.at = at.Add(5 * time.Second)
			case Doubled:
				m.waiting = append(m.waiting, one)
			case Killed:
				one.killed = true
			}
		}
		m.waiting = append(m.waiting, one)
	}
	return nil
}

// Run plays from one instant until another, and calls each after every second.
func (m *Minute) Run(t testing.TB, from, until time.Time, each func(now time.Time)) {
	t.Helper()
	if m.Offset == nil {
		m.Offset = func(int) time.Duration { return time.Duration(rand.IntN(60)) * time.Second }
	}
	var looks []time.Time
	for minute := range int(until.Sub(from)/time.Minute) + 1 {
		looks = append(looks, from.Add(time.Duration(minute)*time.Minute+m.Offset(minute)))
	}
	for m.now = from; m.now.Before(until); m.now = m.now.Add(time.Second) {
		m.Clock.Set(m.now)
		if slices.ContainsFunc(looks, m.now.Equal) {
			m.look(t)
		}
		m.deliver(t)
		each(m.now)
	}
}

func (m *Minute) look(t testing.TB) {
	if m.Looks++; m.Fault == NoLook && m.Looks == m.At {
		return
	}
	_, err := m.Handler(t.Context(), json.RawMessage(events.ScheduleInput))
	require.NoError(t, err)
}

func (m *Minute) deliver(t testing.TB) {
	due := slices.Clone(m.waiting)
	m.waiting = nil
	for _, one := range due {
		switch {
		case one.at.After(m.now):
			m.waiting = append(m.waiting, one)
		case one.killed:
			m.waiting = append(m.waiting, message{at: m.now.Add(wake.Slot), body: one.body, received: 1})
		default:
			m.start(t, one)
		}
	}
}

func (m *Minute) start(t testing.TB, one message) {
	m.Steps++
	answer, err := m.Handler(t.Context(), Batch(t, one.received+1, one.body))
	require.NoError(t, err)
	require.Empty(t, answer.(lambdaevents.SQSEventResponse).BatchItemFailures, fmt.Sprint(m.now))
}

// Batch is a batch of messages as Lambda hands it to a function.
func Batch(t testing.TB, received int, bodies ...string) json.RawMessage {
	t.Helper()
	var event lambdaevents.SQSEvent
	for i, body := range bodies {
		event.Records = append(event.Records, lambdaevents.SQSMessage{MessageId: strconv.Itoa(i), Body: body,
			EventSource: "aws:sqs", Attributes: map[string]string{"ApproximateReceiveCount": strconv.Itoa(received)}})
	}
	payload, err := json.Marshal(event)
	require.NoError(t, err)
	return payload
}
