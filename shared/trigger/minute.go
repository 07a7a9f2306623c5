package trigger

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/iotspot/iotspot/shared/clock"
)

// StepsForVariable names the environment variable with how long an invocation keeps stepping, a Go duration; 0s is
// exactly one step. Unset it is DefaultStepsFor.
const StepsForVariable = "STEPS_FOR"

// DefaultStepsFor is long enough that the next minute's invocation has surely begun. The schedule is precise to a
// minute: one invocation may come at the beginning of its minute and the next at the end of its own, 120 seconds
// later, and between the two nothing would be looking.
const DefaultStepsFor = clock.Ahead - between

// between two steps: several fit into the 60 seconds in which a deadline must come true.
const between = 5 * time.Second

// Minute serves a schedule that starts it every minute; it returns only when the process ends. Step is done at once
// and then every five seconds, until one says that no other will find anything within clock.Ahead. Invocations
// overlap, so steps of two processes can run at the same time.
func Minute(step func(context.Context) (more bool, err error)) {
	lasting, err := stepsFor()
	if err != nil {
		lambda.Start(func(context.Context) error { return err }) // a wrong configuration fails every minute, visibly
		return
	}
	lambda.Start(MinuteHandler(step, lasting))
}

// MinuteHandler is what Minute serves, for tests.
func MinuteHandler(step func(context.Context) (more bool, err error), lasting time.Duration) func(context.Context,
	json.RawMessage) error {
	return func(ctx context.Context, _ json.RawMessage) error { return steps(ctx, step, lasting) }
}

// OnSchedule serves a schedule that does its step once for each start; it returns only when the process ends.
func OnSchedule(step func(context.Context) error) { lambda.Start(ScheduleHandler(step, 0)) }

func stepsFor() (time.Duration, error) {
	text := os.Getenv(StepsForVariable)
	if text == "" {
		return DefaultStepsFor, nil
	}
	lasting, err := time.ParseDuration(text)
	if err != nil || lasting < 0 {
		return 0, fmt.Errorf("%s is %q; accepted: a duration such as 125s", StepsForVariable, text)
	}
	return lasting, nil
}

// ScheduleHandler is what OnSchedule serves, for tests: it takes a step at once and then every five seconds for a
// time.
func ScheduleHandler(step func(context.Context) error, lasting time.Duration) func(context.Context,
	json.RawMessage) error {
	return func(ctx context.Context, _ json.RawMessage) error {
		return steps(ctx, func(ctx context.Context) (bool, error) { return true, step(ctx) }, lasting)
	}
}

// steps takes a step at once and then every five seconds, for a time or until one says that there is no more to do. A
// step that fails is logged and the next is tried, since the next deadline doesn't wait for the fault of the last;
// the last error is returned so that the failure is counted.
func steps(ctx context.Context, step func(context.Context) (more bool, err error), lasting time.Duration) error {
	var last error
	one := func() (more bool) {
		err := guarded(ctx, "step", func() (err error) { more, err = step(ctx); return err })
		if err != nil {
			last = err
		}
		return more || err != nil
	}
	more := one()
	end := time.NewTimer(lasting)
	defer end.Stop()
	next := time.NewTicker(between)
	defer next.Stop()
	for more && lasting > 0 {
		select {
		case <-ctx.Done():
			return last
		case <-end.C:
			return last
		case <-next.C:
			more = one()
		}
	}
	return last
}
