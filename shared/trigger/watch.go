package trigger

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	lambdaevents "github.com/aws/aws-lambda-go/events"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/wake"
)

// A Watch does what comes due at moments that can be seen coming; see package wake. Nothing of it waits.
type Watch struct {
	Now func() time.Time
	// Look is the schedule's, every minute: it does what is due, and tells at which moments within clock.Ahead a step
	// will find something. It may tell them although something failed.
	Look func(context.Context) (coming []wake.Call, err error)
	// Step is a call's: it does what is due, or a part of it.
	Step func(context.Context, wake.Part) error
	Bell wake.Bell // takes the calls
}

// Whole makes a step of one that knows no parts.
func Whole(step func(context.Context) error) func(context.Context, wake.Part) error {
	return func(ctx context.Context, _ wake.Part) error { return step(ctx) }
}

// Watching starts with the schedule and the calls.
func Watching(w Watch) Starts { return Starts{schedule: inTime(w.look), queue: w.woken} }

// EventAndWatch starts with an event of one type beside a watch: an event brings its work about at once, and the
// watch what comes later or was lost.
func EventAndWatch[T events.Detail](use func(context.Context, T) error, w Watch) Starts {
	s := Watching(w)
	s.event = eventHandler(use)
	return s
}

func (w Watch) look(ctx context.Context) error {
	coming, err := w.Look(ctx)
	return errors.Join(err, w.Bell.Ring(ctx, wake.Slots(w.Now(), coming)...))
}

// tries is how often a call whose step fails is delivered. After that the next look finds what it left.
const tries = 3

// woken takes one step for each call. One that fails is logged and given back, so that it comes again after a slot.
func (w Watch) woken(ctx context.Context, batch lambdaevents.SQSEvent) (lambdaevents.SQSEventResponse, error) {
	ctx, cancel := clock.BeforeTheEnd(ctx)
	defer cancel()
	response := lambdaevents.SQSEventResponse{BatchItemFailures: []lambdaevents.SQSBatchItemFailure{}}
	for _, message := range batch.Records {
		err := guarded(ctx, "woken step", func() error {
			var part wake.Part
			if err := json.Unmarshal([]byte(message.Body), &part); err != nil {
				return err
			}
			return w.Step(ctx, part)
		})
		if received, _ := strconv.Atoi(message.Attributes["ApproximateReceiveCount"]); err != nil &&
			received < tries {
			response.BatchItemFailures = append(response.BatchItemFailures,
				lambdaevents.SQSBatchItemFailure{ItemIdentifier: message.MessageId})
		}
	}
	return response, nil
}
