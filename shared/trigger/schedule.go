package trigger

import (
	"context"
	"encoding/json"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/iotspot/iotspot/shared/clock"
)

// A Handler is what a function does with what starts it.
type Handler = func(context.Context, json.RawMessage) (any, error)

// OnSchedule serves a schedule that takes a step with each start; it returns only when the process ends.
func OnSchedule(step func(context.Context) error) { lambda.Start(ScheduleHandler(step)) }

// ScheduleHandler is what OnSchedule serves, for tests.
func ScheduleHandler(step func(context.Context) error) Handler {
	return starts{schedule: inTime(step)}.handle
}

// inTime takes a step that has ended before the platform ends the function. The failure is logged, and told to the
// platform so that it is counted.
func inTime(step func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		ctx, cancel := clock.BeforeTheEnd(ctx)
		defer cancel()
		return guarded(ctx, "step", func() error { return step(ctx) })
	}
}
