package trigger

import (
	"context"
	"encoding/json"
	"fmt"

	lambdaevents "github.com/aws/aws-lambda-go/events"

	"github.com/iotspot/iotspot/events"
)

// What S3 says of an object on the account's own bus.
const (
	objectSource  = "aws.s3"
	objectCreated = "Object Created"
)

// queueSource is what Lambda writes into each message of a queue.
const queueSource = "aws:sqs"

// UnknownStart is the error of a function that was started by something that is none of its triggers. Nothing was
// done.
type UnknownStart struct{ Source, DetailType string }

func (e UnknownStart) Error() string {
	return fmt.Sprintf("started by something that is no trigger of it: %q of the source %q", e.DetailType, e.Source)
}

// starts are the triggers of a function; nil is none of them. Only what comes from our own source is an event of ours,
// and only what says that it is our schedule is the schedule.
type starts struct {
	schedule func(context.Context) error
	wake     func(context.Context, lambdaevents.SQSEvent) (lambdaevents.SQSEventResponse, error)
	event    func(context.Context, lambdaevents.EventBridgeEvent) error // of events.Source
	object   func(context.Context, lambdaevents.EventBridgeEvent) error // of S3
}

// handle tells the triggers apart by what each of them sends.
func (s starts) handle(ctx context.Context, payload json.RawMessage) (any, error) {
	var own struct {
		Start string `json:"start"`
	}
	if json.Unmarshal(payload, &own) == nil && own.Start == events.StartOfSchedule && s.schedule != nil {
		return nil, s.schedule(ctx)
	}
	var batch lambdaevents.SQSEvent
	if json.Unmarshal(payload, &batch) == nil && len(batch.Records) > 0 &&
		batch.Records[0].EventSource == queueSource && s.wake != nil {
		return s.wake(ctx, batch)
	}
	var event lambdaevents.EventBridgeEvent
	if json.Unmarshal(payload, &event) == nil {
		switch {
		case event.Source == events.Source && s.event != nil:
			return nil, s.event(ctx, event)
		case event.Source == objectSource && s.object != nil:
			return nil, s.object(ctx, event)
		}
	}
	return nil, guarded(ctx, "start", func() error { return UnknownStart{event.Source, event.DetailType} })
}
