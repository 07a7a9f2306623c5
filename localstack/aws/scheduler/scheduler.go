// Package scheduler is EventBridge Scheduler on one machine: it starts functions at every minute of the moved clock,
// and others once when it has passed an hour of a day.
package scheduler

import (
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/iotspot/iotspot/localstack/aws/lambda"
	"github.com/iotspot/iotspot/localstack/protocol"
	"github.com/iotspot/iotspot/shared/catalog"
)

// A Scheduler starts functions. Runs overlap where one takes longer than a minute, as in AWS.
type Scheduler struct {
	Input     string        // what functions are started with; "": the notification that EventBridge Scheduler sends
	Functions []string      // every minute
	Daily     []string      // once a day; a move over several days is one start
	DailyAt   time.Duration // after midnight UTC
	Invoke    func(function string, payload []byte) ([]byte, error)
	Dead      func(function, reason string, event []byte)
	Now       func() time.Time
	Let       func(catalog.Edge) error // what EventBridge Scheduler may do

	mu      sync.Mutex
	next    time.Time // when the daily ones are due
	running sync.WaitGroup
	moved   chan struct{}
	closed  chan struct{}
	once    sync.Once
}

// Start begins to watch the clock.
func (s *Scheduler) Start() {
	s.moved, s.closed, s.next = make(chan struct{}, 1), make(chan struct{}), s.nextDaily(s.Now())
	s.running.Go(func() {
		for {
			now := s.Now()
			select {
			case <-s.closed:
				return
			case <-s.moved: // looks at the clock again
			case <-time.After(now.Truncate(time.Minute).Add(time.Minute).Sub(now)):
				s.Fire()
			}
		}
	})
}

// Moved says that the clock was moved: the schedules are started at once.
func (s *Scheduler) Moved() {
	s.Fire()
	select {
	case s.moved <- struct{}{}:
	default: // it will look anyway
	}
}

// due are the functions to start now.
func (s *Scheduler) due() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Now()
	if now.Before(s.next) {
		return s.Functions
	}
	s.next = s.nextDaily(now)
	return slices.Concat(s.Functions, s.Daily)
}

func (s *Scheduler) nextDaily(now time.Time) time.Time {
	at := now.Truncate(24 * time.Hour).Add(s.DailyAt)
	if !now.Before(at) {
		at = at.Add(24 * time.Hour)
	}
	return at
}

// Fire starts every function that is due and does not wait.
func (s *Scheduler) Fire() {
	for _, function := range s.due() {
		s.running.Go(func() {
			payload := s.payload(function)
			if err := s.run(function, payload); err != nil && !errors.Is(err, errRefused) {
				s.Dead(function, err.Error(), payload)
			}
		})
	}
}

// Tick starts every function that is due, all at once, and waits until they have ended. The errors are of those that
// failed.
func (s *Scheduler) Tick() error {
	due := s.due()
	failures := make([]error, len(due))
	var all sync.WaitGroup
	for i, function := range due {
		all.Go(func() { failures[i] = s.run(function, s.payload(function)) })
	}
	all.Wait()
	return errors.Join(failures...)
}

// payload is what Scheduler sends. Without an input that is a notification whose detail is a text; its parts are those
// of events/payloads/scheduler-without-input.json.
func (s *Scheduler) payload(function string) []byte {
	if s.Input != "" {
		return []byte(s.Input)
	}
	text, err := json.Marshal(map[string]any{"version": "0", "id": protocol.ID(), "detail-type": "Scheduled Event",
		"source": "aws.scheduler", "account": protocol.Account, "time": s.Now().UTC().Format(time.RFC3339),
		"region": protocol.Region, "resources": []string{protocol.ARN("scheduler", "schedule/default/"+function)},
		"detail": "{}"})
	if err != nil {
		panic(err) // texts
	}
	return text
}

// run starts one function. That it was ended because the clock was moved or the stack ends is no failure: the next
// run does its work.
func (s *Scheduler) run(function string, payload []byte) error {
	if err := s.may(function, payload); err != nil {
		return err
	}
	_, err := s.Invoke(function, payload)
	if errors.Is(err, lambda.ErrEnded) || errors.Is(err, lambda.ErrClosed) {
		return nil
	}
	return err
}

var errRefused = errors.New("the schedule may not start its function")

// may reports whether the role of the schedules lets one start the function. What it may not start it puts aside, if
// it may do that.
func (s *Scheduler) may(function string, payload []byte) error {
	act := catalog.Edge{By: catalog.Scheduler, For: catalog.TheSchedules, Action: catalog.InvokeFunction,
		On: catalog.Resource(function)}
	err := s.Let(act)
	if err == nil {
		return nil
	}
	act.Action, act.On = catalog.SendMsg, catalog.DeadLetterQueue
	if s.Let(act) == nil {
		s.Dead("", err.Error(), payload)
	}
	return errors.Join(errRefused, err)
}

// Close starts no more, and waits for what runs.
func (s *Scheduler) Close() {
	s.once.Do(func() { close(s.closed) })
	s.running.Wait()
}
