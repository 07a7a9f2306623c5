package trigger

import (
	"context"
	"encoding/json"
	"time"

	lambdaevents "github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"github.com/iotspot/iotspot/events"
)

// EventAndMinute serves events of one type, and a schedule that finds what an event did not bring about; it returns
// only when the process ends.
func EventAndMinute[T events.Detail](use func(context.Context, T) error, step func(context.Context) error) {
	lasting, err := stepsFor()
	if err != nil {
		lambda.Start(func(context.Context) error { return err })
		return
	}
	lambda.Start(EventAndMinuteHandler(use, step, lasting))
}

// EventAndMinuteHandler is what EventAndMinute serves, for tests. What has a detail type is an event.
func EventAndMinuteHandler[T events.Detail](use func(context.Context, T) error, step func(context.Context) error,
	lasting time.Duration) func(context.Context, json.RawMessage) error {
	onEvent, onMinute := EventHandler(use), ScheduleHandler(step, lasting)
	return func(ctx context.Context, payload json.RawMessage) error {
		var event lambdaevents.EventBridgeEvent
		if json.Unmarshal(payload, &event) == nil && event.DetailType != "" {
			return onEvent(ctx, event)
		}
		return onMinute(ctx, payload)
	}
}
