// Package eventbridge is EventBridge and Lambda's asynchronous invocation on one machine: it takes PutEvents, matches
// the catalog's rules, and starts functions, again where they fail, until the event goes to the dead letters. What it
// does not do: keep what is on its way when the stack ends, archives, replay, and patterns on anything but source and
// type.
package eventbridge

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/lambda"
	"github.com/iotspot/iotspot/localstack/protocol"
	"github.com/iotspot/iotspot/shared/catalog"
)

// Options say what is on the bus.
type Options struct {
	Functions []catalog.Function
	Invoke    func(function string, payload []byte) ([]byte, error)
	Dead      func(function, reason string, event []byte) // takes what was given up, and what no rule matched
	Now       func() time.Time
	Retries   []time.Duration // pauses before each further try

	Let func(catalog.Edge) error // what EventBridge may do
}

// DefaultRetries are as many as Lambda makes, sooner than its minutes.
var DefaultRetries = []time.Duration{time.Second, 5 * time.Second}

// A Bus is the one event bus.
type Bus struct {
	Options
	running sync.WaitGroup
	closed  chan struct{}
	once    sync.Once
}

// New makes a bus.
func New(options Options) *Bus { return &Bus{Options: options, closed: make(chan struct{})} }

type request struct{ Entries []entry }

type entry struct {
	EventBusName, Source, DetailType, Detail string
}

type event struct {
	Version    string          `json:"version"`
	ID         string          `json:"id"`
	DetailType string          `json:"detail-type"`
	Source     string          `json:"source"`
	Account    string          `json:"account"`
	Time       string          `json:"time"`
	Region     string          `json:"region"`
	Resources  []string        `json:"resources"`
	Detail     json.RawMessage `json:"detail"`
}

// EventBridge's limits of one request and of an entry (API_PutEvents, PutEventsRequestEntry), and Lambda's of an
// event.
const (
	maxEntries    = 10
	maxBytes      = 256 << 10 // of all entries
	maxDetailType = 128
	maxAsync      = 1 << 20
)

func (b *Bus) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if operation := protocol.Operation(r); operation != "PutEvents" {
		protocol.Refuse(w, r, http.StatusNotImplemented, "NotImplemented", "the bus has no "+operation)
		return
	}
	var asked request
	if err := protocol.Decode(r, &asked); err != nil {
		protocol.Refuse(w, r, http.StatusBadRequest, "ValidationException", err.Error())
		return
	}
	if err := asked.check(); err != nil {
		protocol.Refuse(w, r, http.StatusBadRequest, "ValidationException", err.Error())
		return
	}
	var answer struct {
		FailedEntryCount int
		Entries          []map[string]string
	}
	for _, one := range asked.Entries {
		answer.Entries = append(answer.Entries, map[string]string{"EventId": b.put(one)})
	}
	protocol.Answer(w, r, answer)
}

// check refuses the whole request where EventBridge would fail a single entry: ours have one.
func (r request) check() error {
	if len(r.Entries) == 0 || len(r.Entries) > maxEntries {
		return fmt.Errorf("%d entries: accepted are 1 to %d", len(r.Entries), maxEntries)
	}
	size := 0
	for _, one := range r.Entries {
		size += len(one.Detail) + len(one.Source) + len(one.DetailType)
		var detail map[string]any
		switch {
		case one.EventBusName != string(catalog.Bus):
			return fmt.Errorf("there is no bus of this name")
		case one.Source == "" || one.DetailType == "":
			return fmt.Errorf("source or detail type is missing")
		case strings.HasPrefix(one.Source, "aws."):
			return fmt.Errorf("the sources that begin with aws. are AWS's own")
		case len(one.DetailType) > maxDetailType:
			return fmt.Errorf("a detail type has %d characters at most", maxDetailType)
		case size > maxBytes:
			return fmt.Errorf("the entries have %d bytes at most", maxBytes)
		case json.Unmarshal([]byte(one.Detail), &detail) != nil:
			return fmt.Errorf("the detail is not a JSON object")
		}
	}
	return nil
}

func (b *Bus) put(one entry) string {
	e := event{Version: "0", ID: protocol.ID(), DetailType: one.DetailType, Source: one.Source,
		Account: protocol.Account,
		Time:    b.Now().UTC().Format(time.RFC3339), Region: protocol.Region, Resources: []string{},
		Detail: json.RawMessage(one.Detail)}
	payload, err := json.Marshal(e)
	if err != nil {
		panic(err) // the detail was read as JSON before
	}
	matched := false
	for _, function := range b.Functions {
		if e.Source == events.Source && slices.Contains(function.Events, e.DetailType) {
			matched = true
			b.Deliver(catalog.RuleOf(function.Name, e.DetailType), function.Name, payload)
		}
	}
	if !matched {
		b.Dead("", "no rule matches "+e.Source+" "+e.DetailType, payload)
	}
	return e.ID
}

// Deliver starts a function by a rule, if the rule may start it. What it may not deliver it puts aside, if it may do
// that.
func (b *Bus) Deliver(rule, function string, payload []byte) {
	act := catalog.Edge{By: catalog.EventBridge, For: rule, Action: catalog.InvokeFunction,
		On: catalog.Resource(function)}
	err := b.Let(act)
	if err == nil {
		b.start(function, payload)
		return
	}
	act.Action, act.On = catalog.SendMsg, catalog.DeadLetterQueue
	if b.Let(act) == nil {
		b.Dead("", err.Error(), payload)
	}
}

// start invokes a function without waiting for it, as Lambda does asynchronously.
func (b *Bus) start(function string, payload []byte) {
	if len(payload) > maxAsync {
		b.Dead(function, "the event is larger than 1 MB, which Lambda does not take", payload)
		return
	}
	b.running.Go(func() {
		for try := 0; ; try++ {
			_, err := b.Invoke(function, payload)
			if err == nil {
				return
			}
			if errors.Is(err, lambda.ErrEnded) { // by a move of the clock, which AWS has none of: it counts as no try
				try--
			}
			if try >= len(b.Retries) {
				b.Dead(function, err.Error(), payload)
				return
			}
			select {
			case <-b.closed:
				b.Dead(function, "the stack ended: "+err.Error(), payload)
				return
			case <-time.After(b.Retries[max(try, 0)]):
			}
		}
	})
}

// Wait returns when nothing is on its way any more, tries again included.
func (b *Bus) Wait() { b.running.Wait() }

// Close makes no further tries.
func (b *Bus) Close() { b.once.Do(func() { close(b.closed) }) }
