package trigger

import (
	"context"
	"encoding/json"

	lambdaevents "github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

// ObjectAndSchedule serves the arrival of objects in a bucket, and a schedule that finds what an arrival did not bring
// about, with one step for each start; it returns only when the process ends. Use gets the object's name.
func ObjectAndSchedule(use func(ctx context.Context, name string) error, step func(context.Context) error) {
	lambda.Start(ObjectAndScheduleHandler(use, step))
}

// ObjectAndScheduleHandler is what ObjectAndSchedule serves, for tests.
func ObjectAndScheduleHandler(use func(ctx context.Context, name string) error,
	step func(context.Context) error) Handler {
	return starts{schedule: inTime(step), object: objectHandler(use)}.handle
}

func objectHandler(use func(ctx context.Context, name string) error) func(context.Context,
	lambdaevents.EventBridgeEvent) error {
	return func(ctx context.Context, event lambdaevents.EventBridgeEvent) error {
		return guarded(ctx, "object", func() error {
			var detail struct {
				Object struct {
					Key string `json:"key"`
				} `json:"object"`
			}
			if err := json.Unmarshal(event.Detail, &detail); err != nil {
				return err
			}
			if event.DetailType != objectCreated || detail.Object.Key == "" {
				return UnknownStart{event.Source, event.DetailType}
			}
			return use(ctx, detail.Object.Key)
		})
	}
}
