// Package quarantine notes messages that could not be used in a queue of their own, each with its reason, for someone
// to look at.
package quarantine

import (
	"context"
	"encoding/json"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"github.com/iotspot/iotspot/events"
)

// Variable names the environment variable with the queue's URL.
const Variable = "UNREADABLE_QUEUE_URL"

// A Queue is where the messages go.
type Queue struct {
	client *sqs.Client
	url    string
}

// Open connects to the queue that the environment names.
func Open(ctx context.Context) (*Queue, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	return &Queue{client: sqs.NewFromConfig(cfg), url: os.Getenv(Variable)}, nil
}

// Put keeps what is noted of a message.
func (q *Queue) Put(ctx context.Context, note events.Quarantined) error {
	kept, err := json.Marshal(note)
	if err != nil {
		return err
	}
	_, err = q.client.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: aws.String(q.url),
		MessageBody: aws.String(string(kept))})
	return err
}
