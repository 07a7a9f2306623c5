// Package sqs puts sensors' messages into the queue of readings.
package sqs

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	sdk "github.com/aws/aws-sdk-go-v2/service/sqs"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/problem"
)

// Variable names the environment variable with the queue's URL.
const Variable = "READINGS_QUEUE_URL"

// A Queue is where the messages go.
type Queue struct {
	client *sdk.Client
	url    string
}

// Open connects to the queue that the environment names.
func Open(ctx context.Context) (*Queue, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	return &Queue{client: sdk.NewFromConfig(cfg), url: os.Getenv(Variable)}, nil
}

// Put implements connector.Readings.
func (q *Queue) Put(ctx context.Context, delivery events.Delivery) error {
	body, err := json.Marshal(delivery)
	if err != nil {
		return err
	}
	_, err = q.client.SendMessage(ctx, &sdk.SendMessageInput{QueueUrl: aws.String(q.url),
		MessageBody: aws.String(string(body))})
	if err != nil {
		return fmt.Errorf("%w: %w", problem.New(problem.Unavailable,
			"the message could not be queued; it can safely be sent again"), err)
	}
	return nil
}
