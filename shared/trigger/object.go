package trigger

import (
	"context"
	"encoding/json"

	lambdaevents "github.com/aws/aws-lambda-go/events"
)

// ObjectAndSchedule starts with the arrival of an object in a bucket, and with a schedule that finds what an arrival
// did not bring about, one step for each start. Use gets the object's name.
func ObjectAndSchedule(use func(ctx context.Context, name string) error, step func(context.Context) error) Starts {
	return Starts{schedule: inTime(step), object: objectHandler(use)}
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
