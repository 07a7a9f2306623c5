package trigger

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"

	lambdaevents "github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/clock"
)

// Event serves events of one type from the bus; it returns only when the process ends. An error makes the platform
// deliver the event again, and after the last try put it into the dead-letter queue.
func Event[T events.Detail](use func(context.Context, T) error) { lambda.Start(EventHandler(use)) }

// EventHandler is what Event serves, for tests. Another source or detail type, and a detail with a member that the
// contract doesn't have or without one that it has, are errors: they are never taken for something else.
func EventHandler[T events.Detail](use func(context.Context, T) error) func(context.Context,
	lambdaevents.EventBridgeEvent) error {
	return func(ctx context.Context, event lambdaevents.EventBridgeEvent) error {
		ctx, cancel := clock.BeforeTheEnd(ctx)
		defer cancel()
		var detail T
		return guarded(ctx, detail.DetailType(), func() error {
			if event.Source != events.Source || event.DetailType != detail.DetailType() {
				return fmt.Errorf("an event of another type than %s arrived", detail.DetailType())
			}
			if err := decode(event.Detail, &detail); err != nil {
				return err
			}
			return use(ctx, detail)
		})
	}
}

// decode reads one JSON object that has exactly the members of detail's type, each once.
func decode(text []byte, detail any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(detail); err != nil {
		return fmt.Errorf("the detail does not fit its contract: %w", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return fmt.Errorf("there is something after the detail")
	}
	given, expected := map[string]any{}, map[string]any{}
	if err := json.Unmarshal(text, &given); err != nil {
		return err
	}
	written, err := json.Marshal(detail)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(written, &expected); err != nil {
		return err
	}
	for name := range expected {
		if _, ok := given[name]; !ok {
			return fmt.Errorf("the detail has no %s", name)
		}
	}
	return nil
}
