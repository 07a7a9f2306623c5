package trigger

import (
	"context"
	"encoding/json"
	"time"

	lambdaevents "github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"github.com/iotspot/iotspot/events"
)

// EventAndWork serves events of one type that say that there is work, and a schedule that finds what an event did not
// bring about; it returns only when the process ends. Either takes steps, at once and then every five seconds, until
// one says that there is no more to do. So while there is no work, the schedule costs one step a minute.
func EventAndWork[T events.Detail](step func(context.Context) (more bool, err error)) {
	lasting, err := stepsFor()
	if err != nil {
		lambda.Start(func(context.Context) error { return err })
		return
	}
	lambda.Start(EventAndWorkHandler[T](step, lasting))
}

// EventAndWorkHandler is what EventAndWork serves, for tests. What has a detail type is an event.
func EventAndWorkHandler[T events.Detail](step func(context.Context) (more bool, err error),
	lasting time.Duration) func(context.Context, json.RawMessage) error {
	onEvent, work := EventHandler(func(context.Context, T) error { return nil }), MinuteHandler(step, lasting)
	return func(ctx context.Context, payload json.RawMessage) error {
		var event lambdaevents.EventBridgeEvent
		if json.Unmarshal(payload, &event) == nil && event.DetailType != "" {
			if err := onEvent(ctx, event); err != nil {
				return err
			}
		}
		return work(ctx, payload)
	}
}
