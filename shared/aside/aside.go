// Package aside keeps messages that can't be read in a queue of their own, each with its reason, for someone to look at.
package aside

import (
	"context"
	"encoding/json"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

// Variable names the environment variable with the queue's URL.
const Variable = "UNREADABLE_QUEUE_URL"

// A Message is what the queue holds.
type Message struct {
	Reason  string `json:"reason"`
	Message string `json:"message"` // as it came
}

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

// Put keeps a message as it came, with the reason.
func (q *Queue) Put(ctx context.Context, body []byte, reason string) error {
	kept, err := json.Marshal(Message{Reason: reason, Message: string(body)})
	if err != nil {
		return err
	}
	_, err = q.client.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: aws.String(q.url), MessageBody: aws.String(string(kept))})
	return err
}
