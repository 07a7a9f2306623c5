package trigger

import (
	"context"
	"encoding/json"
	"errors"

	lambdaevents "github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

// What S3 says of an object on the account's own bus.
const (
	objectSource  = "aws.s3"
	objectCreated = "Object Created"
)

// ObjectAndMinute serves the arrival of objects in a bucket, and a schedule that finds what an arrival did not bring
// about, with one step for each start; it returns only when the process ends. Use gets the object's name.
func ObjectAndMinute(use func(ctx context.Context, name string) error, step func(context.Context) error) {
	lambda.Start(ObjectAndMinuteHandler(use, step))
}

// ObjectAndMinuteHandler is what ObjectAndMinute serves, for tests. What has a detail type is an event.
func ObjectAndMinuteHandler(use func(ctx context.Context, name string) error,
	step func(context.Context) error) func(context.Context, json.RawMessage) error {
	onMinute := ScheduleHandler(step, 0)
	return func(ctx context.Context, payload json.RawMessage) error {
		var event lambdaevents.EventBridgeEvent
		if json.Unmarshal(payload, &event) != nil || event.DetailType == "" {
			return onMinute(ctx, payload)
		}
		return guarded(ctx, "object", func() error {
			var detail struct {
				Object struct {
					Key string `json:"key"`
				} `json:"object"`
			}
			if err := json.Unmarshal(event.Detail, &detail); err != nil {
				return err
			}
			if event.Source != objectSource || event.DetailType != objectCreated || detail.Object.Key == "" {
				return errors.New("an event of another type than the arrival of an object")
			}
			return use(ctx, detail.Object.Key)
		})
	}
}
