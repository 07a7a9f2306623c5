package load

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"time"

	"github.com/iotspot/iotspot/localstack/guard"
	"github.com/iotspot/iotspot/localstack/stack"
)

// A Fault is something on which the system stands and that breaks while a flow runs.
type Fault struct {
	Name  string
	Flow  Flow
	May   []int // statuses that callers may see beside those of an ordinary day
	Begin func(ctx context.Context, s *stack.Stack) (end func() error)
}

// Ordinary are the statuses of an ordinary day: a spot may be taken.
var Ordinary = []int{200, 201, 204, 409}

// Faults are what is broken, one after the other. What AWS would tell a caller is 503 with Retry-After from a
// function, and 500 from API Gateway where an instance is lost.
var Faults = []Fault{
	{"the database throttles some calls", Mixed, []int{503}, intercept(every(4, throttled))},
	{"the database throttles every call", Availability, []int{503}, intercept(every(1, throttled))},
	{"answers of the database are lost", Mixed, []int{503}, intercept(every(5, lost))},
	{"the database does not answer some calls", Mixed, []int{503}, intercept(every(25, silent))},
	{"the database is restarted", Mixed, []int{503}, restart},
	{"instances are lost in the middle of requests", Mixed, []int{500}, repeat(crash)},
	{"sensors lose their connection", Sensing, nil,
		repeat(func(s *stack.Stack) error { s.DropDevices(); return nil })},
}

// The errors of the database as AWS gives them.
var (
	throttled = guard.Fault{Status: 400, Code: "ProvisionedThroughputExceededException", Message: "slow down"}
	lost      = guard.Fault{Status: 500, Code: "InternalServerError", Message: "done, and nobody hears it",
		Done: true}
	silent = guard.Fault{Hang: true}
)

// every breaks each nth call to the database.
func every(nth int64, fault guard.Fault) guard.Interceptor {
	var calls atomic.Int64
	return func(call guard.Call) *guard.Fault {
		if !strings.HasPrefix(call.Action, "dynamodb:") || calls.Add(1)%nth != 0 {
			return nil
		}
		return &fault
	}
}

func intercept(with guard.Interceptor) func(context.Context, *stack.Stack) func() error {
	return func(_ context.Context, s *stack.Stack) func() error {
		s.Intercept(with)
		return func() error { s.Intercept(nil); return nil }
	}
}

func restart(ctx context.Context, s *stack.Stack) func() error {
	done := make(chan error, 1)
	go func() { done <- s.RestartEngine(ctx) }()
	return func() error { return <-done }
}

func crash(s *stack.Stack) error {
	var errs []error
	for _, function := range []string{"booking", "availability", "sensor-reading"} {
		errs = append(errs, s.Crash(function))
	}
	return errors.Join(errs...)
}

// repeat does something several times a second until the end.
func repeat(do func(s *stack.Stack) error) func(context.Context, *stack.Stack) func() error {
	return func(_ context.Context, s *stack.Stack) func() error {
		ended, done := make(chan struct{}), make(chan error, 1)
		go func() {
			var errs []error
			for again := time.NewTicker(150 * time.Millisecond); ; {
				select {
				case <-ended:
					again.Stop()
					done <- errors.Join(errs...)
					return
				case <-again.C:
					errs = append(errs, do(s))
				}
			}
		}()
		return func() error { close(ended); return <-done }
	}
}
