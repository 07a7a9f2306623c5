package trigger

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	lambdaevents "github.com/aws/aws-lambda-go/events"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/clock"
)

// Event starts with an event of one type from the bus. An error makes the platform deliver the event again, and after
// the last try put it into the dead-letter queue. Another source or detail type, and a detail with a member that the
// contract doesn't have or without one that it has, are errors: they are never taken for something else.
func Event[T events.Detail](use func(context.Context, T) error) Starts {
	return Starts{event: eventHandler(use)}
}

func eventHandler[T events.Detail](use func(context.Context, T) error) func(context.Context,
	lambdaevents.EventBridgeEvent) error {
	return func(ctx context.Context, event lambdaevents.EventBridgeEvent) error {
		ctx, cancel := clock.BeforeTheEnd(ctx)
		defer cancel()
		var detail T
		return guarded(ctx, detail.DetailType(), func() error {
			if event.DetailType != detail.DetailType() {
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
