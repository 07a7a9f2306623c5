// Package aside keeps messages that can't be read in a queue of their own, each with its reason, for someone to look at.
package aside

import (
	"context"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

// Variable names the environment variable with the queue's URL.
const Variable = "UNREADABLE_QUEUE_URL"

// Reason is the message attribute that says why.
const Reason = "reason"

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

// Put keeps a message as it came, with the reason. An empty one, which SQS doesn't take, is kept as "-".
func (q *Queue) Put(ctx context.Context, body []byte, reason string) error {
	if len(body) == 0 {
		body = []byte("-")
	}
	_, err := q.client.SendMessage(ctx, &sqs.SendMessageInput{
		QueueUrl:    aws.String(q.url),
		MessageBody: aws.String(string(body)),
		MessageAttributes: map[string]types.MessageAttributeValue{
			Reason: {DataType: aws.String("String"), StringValue: aws.String(reason)},
		},
	})
	return err
}
