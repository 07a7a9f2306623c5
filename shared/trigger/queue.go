package trigger

import (
	"context"
	"strconv"

	lambdaevents "github.com/aws/aws-lambda-go/events"

	"github.com/iotspot/iotspot/shared/clock"
)

// MaxReceives is how often a queue of ours delivers a message that fails; after that it goes to the dead letters.
const MaxReceives = 5

// Queue starts with messages of an SQS queue. Use gets the body of one, and whether it is delivered for the last
// time. Messages whose use fails are given back one by one, so that the others of their batch are not delivered
// again.
func Queue(use func(ctx context.Context, body []byte, last bool) error) Starts {
	return Starts{queue: taking(use)}
}

// taking gives no error: an error would give back the whole batch.
func taking(use func(ctx context.Context, body []byte, last bool) error) func(context.Context,
	lambdaevents.SQSEvent) (lambdaevents.SQSEventResponse, error) {
	return func(ctx context.Context, event lambdaevents.SQSEvent) (lambdaevents.SQSEventResponse, error) {
		ctx, cancel := clock.BeforeTheEnd(ctx)
		defer cancel()
		response := lambdaevents.SQSEventResponse{BatchItemFailures: []lambdaevents.SQSBatchItemFailure{}}
		for _, message := range event.Records {
			received, _ := strconv.Atoi(message.Attributes["ApproximateReceiveCount"]) // SQS writes a number
			err := guarded(ctx, "message", func() error {
				return use(ctx, []byte(message.Body), received >= MaxReceives)
			})
			if err != nil {
				response.BatchItemFailures = append(response.BatchItemFailures,
					lambdaevents.SQSBatchItemFailure{ItemIdentifier: message.MessageId})
			}
		}
		return response, nil
	}
}
