// Command redrive sends the events that a function failed on once more: go run ./scripts/redrive QUEUE_URL, with the
// dead letters' address, EVENT_BUS and AWS's own variables. SQS itself moves messages back only into a queue that
// they came from, and these came from the bus and from Lambda. What a schedule or a bucket started is taken off
// without being sent, since the next minute's run looks at what is left itself. A message goes when its event is on
// the bus, so an event may be sent twice, which every function stands.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/bus"
	"github.com/iotspot/iotspot/shared/bus/eventbridge"
)

func main() {
	if len(os.Args) != 2 || os.Getenv(eventbridge.Variable) == "" {
		fmt.Fprintln(os.Stderr, "usage: EVENT_BUS=<name> redrive QUEUE_URL; see infra/runbooks.md")
		os.Exit(1)
	}
	if err := open(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "redrive:", err)
		os.Exit(1)
	}
}

func open(ctx context.Context, queue string) error {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return err
	}
	publisher, err := eventbridge.Open(ctx)
	if err != nil {
		return err
	}
	return redrive(ctx, sqs.NewFromConfig(cfg), queue, publisher, os.Stdout)
}

// letters are the calls to SQS.
type letters interface {
	ReceiveMessage(ctx context.Context, in *sqs.ReceiveMessageInput,
		options ...func(*sqs.Options)) (*sqs.ReceiveMessageOutput, error)
	DeleteMessage(ctx context.Context, in *sqs.DeleteMessageInput,
		options ...func(*sqs.Options)) (*sqs.DeleteMessageOutput, error)
}

// redrive empties the queue; it stops at the first message that can't be sent, which stays.
func redrive(ctx context.Context, from letters, queue string, to bus.Publisher, out io.Writer) error {
	sent, taken := 0, 0
	defer func() { fmt.Fprintf(out, "redrive: sent %d events again, took %d others off\n", sent, taken) }()
	for {
		got, err := from.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{QueueUrl: aws.String(queue),
			MaxNumberOfMessages: 10, WaitTimeSeconds: 5})
		if err != nil || len(got.Messages) == 0 {
			return err
		}
		for _, message := range got.Messages {
			event, ours := eventIn([]byte(aws.ToString(message.Body)))
			if ours {
				if err := to.Publish(ctx, event.DetailType, event.Detail); err != nil {
					return err
				}
				sent++
			} else {
				taken++
			}
			_, err := from.DeleteMessage(ctx, &sqs.DeleteMessageInput{QueueUrl: aws.String(queue),
				ReceiptHandle: message.ReceiptHandle})
			if err != nil {
				return err
			}
		}
	}
}

// An event is one as EventBridge delivers it.
type event struct {
	Source     string          `json:"source"`
	DetailType string          `json:"detail-type"`
	Detail     json.RawMessage `json:"detail"`
}

// eventIn finds the event in a dead letter: of a rule it is the event itself, of Lambda it is in a record about the
// failure.
func eventIn(body []byte) (event, bool) {
	var letter struct {
		event
		RequestPayload event `json:"requestPayload"`
	}
	if err := json.Unmarshal(body, &letter); err != nil {
		return event{}, false
	}
	for _, found := range []event{letter.event, letter.RequestPayload} {
		if found.Source == events.Source {
			return found, true
		}
	}
	return event{}, false
}
