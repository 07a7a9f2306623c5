// Package eventbridge publishes on EventBridge. It is apart from package bus, so that a function that publishes
// nothing links no client.
package eventbridge

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	sdk "github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge/types"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/problem"
)

// Variable names the environment variable with the bus's name.
const Variable = "EVENT_BUS"

// A Bus is the deployment's event bus.
type Bus struct {
	client *sdk.Client
	name   string
}

// Open connects to the bus that the environment names.
func Open(ctx context.Context) (*Bus, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	return &Bus{client: sdk.NewFromConfig(cfg), name: os.Getenv(Variable)}, nil
}

// Publish implements bus.Publisher.
func (b *Bus) Publish(ctx context.Context, detailType string, detail any) error {
	body, err := json.Marshal(detail)
	if err != nil {
		return err
	}
	answer, err := b.client.PutEvents(ctx, &sdk.PutEventsInput{Entries: []types.PutEventsRequestEntry{{
		EventBusName: aws.String(b.name),
		Source:       aws.String(events.Source),
		DetailType:   aws.String(detailType),
		Detail:       aws.String(string(body)),
	}}})
	if err != nil {
		return fmt.Errorf("%w: %w", problem.Unqueued(), err)
	}
	if answer.FailedEntryCount > 0 {
		return fmt.Errorf("%w: %s", problem.Unqueued(), aws.ToString(answer.Entries[0].ErrorCode))
	}
	return nil
}
