package trigger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	lambdaevents "github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

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

// Starts are what starts a function, other than a request; nil is none of them. A use case says its own, as it says
// its routes, and so do tests start it. Only what comes from our own source is an event of ours, and only what says
// that it is our schedule is the schedule.
type Starts struct {
	schedule func(context.Context) error
	queue    func(context.Context, lambdaevents.SQSEvent) (lambdaevents.SQSEventResponse, error)
	event    func(context.Context, lambdaevents.EventBridgeEvent) error // of events.Source
	object   func(context.Context, lambdaevents.EventBridgeEvent) error // of S3
}

// A Handler is what a function does with what starts it.
type Handler = func(context.Context, json.RawMessage) (any, error)

// Serve serves the starts of a function's use cases; it returns only when the process ends.
func Serve(all ...Starts) { lambda.Start(Handle(all...)) }

// Handle is what Serve serves, for tests. Each use case takes what is its own, though another one failed; what is
// nobody's is an UnknownStart. Errors say no more than their class.
func Handle(all ...Starts) Handler {
	return func(ctx context.Context, payload json.RawMessage) (answer any, err error) {
		taken := false
		for _, s := range all {
			take := s.taking(payload)
			if take == nil {
				continue
			}
			taken = true
			given, fault := take(ctx)
			if given != nil {
				answer = given
			}
			err = errors.Join(err, fault)
		}
		if taken {
			return answer, err
		}
		var event lambdaevents.EventBridgeEvent
		_ = json.Unmarshal(payload, &event) // what is no event has no source
		return nil, guarded(ctx, "start", func() error { return UnknownStart{event.Source, event.DetailType} })
	}
}

// taking tells the triggers apart by what each of them sends: what is to be done with it, nil for what is none of
// them.
func (s Starts) taking(payload json.RawMessage) func(context.Context) (any, error) {
	var own struct {
		Start string `json:"start"`
	}
	if json.Unmarshal(payload, &own) == nil && own.Start == events.StartOfSchedule && s.schedule != nil {
		return func(ctx context.Context) (any, error) { return nil, s.schedule(ctx) }
	}
	var batch lambdaevents.SQSEvent
	if json.Unmarshal(payload, &batch) == nil && len(batch.Records) > 0 &&
		batch.Records[0].EventSource == queueSource && s.queue != nil {
		return func(ctx context.Context) (any, error) { return s.queue(ctx, batch) }
	}
	var event lambdaevents.EventBridgeEvent
	if json.Unmarshal(payload, &event) != nil {
		return nil
	}
	switch {
	case event.Source == events.Source && s.event != nil:
		return func(ctx context.Context) (any, error) { return nil, s.event(ctx, event) }
	case event.Source == objectSource && s.object != nil:
		return func(ctx context.Context) (any, error) { return nil, s.object(ctx, event) }
	}
	return nil
}
