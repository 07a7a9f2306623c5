// Package sqs delays calls in a queue of SQS. It is apart from package wake, so that a function that asks for nothing
// links no client.
package sqs

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	sdk "github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/wake"
)

// The environment variables with the address of each function's queue.
const (
	Sweep       = "SWEEP_WAKE_QUEUE_URL"
	DayClose    = "DAY_CLOSE_WAKE_QUEUE_URL"
	Erasure     = "ERASURE_WAKE_QUEUE_URL"
	ContractEnd = "CONTRACT_END_WAKE_QUEUE_URL"
)

// A Bell is the queue of one function.
type Bell struct {
	client *sdk.Client
	url    string
	now    func() time.Time
}

// Open connects to the queue that an environment variable names.
func Open(ctx context.Context, variable string, now func() time.Time) (*Bell, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	return New(sdk.NewFromConfig(cfg), os.Getenv(variable), now), nil
}

// New uses a client that exists, as tests do.
func New(client *sdk.Client, url string, now func() time.Time) *Bell { return &Bell{client, url, now} }

// SQS takes ten messages in one call.
const together = 10

// margin is for clocks that differ: a step that comes before its moment finds nothing to do.
const margin = time.Second

// Ring implements wake.Bell. A queue that doesn't take a call is a problem.Unavailable.
func (b *Bell) Ring(ctx context.Context, calls ...wake.Call) error {
	for some := range slices.Chunk(calls, together) {
		if err := b.send(ctx, some); err != nil {
			return fmt.Errorf("%w: %w", problem.Unqueued(), err)
		}
	}
	return nil
}

func (b *Bell) send(ctx context.Context, calls []wake.Call) error {
	entries := make([]types.SendMessageBatchRequestEntry, len(calls))
	for i, call := range calls {
		body, err := json.Marshal(call.Part)
		if err != nil {
			return err
		}
		entries[i] = types.SendMessageBatchRequestEntry{Id: aws.String(strconv.Itoa(i)),
			MessageBody: aws.String(string(body)), DelaySeconds: b.delay(call.At)}
	}
	answer, err := b.client.SendMessageBatch(ctx, &sdk.SendMessageBatchInput{QueueUrl: &b.url, Entries: entries})
	if err != nil {
		return err
	}
	for _, failed := range answer.Failed {
		return fmt.Errorf("%d of %d calls were not taken: %s", len(answer.Failed), len(calls),
			aws.ToString(failed.Code))
	}
	return nil
}

// furthest is the longest delay that SQS takes.
const furthest = 900 * time.Second

// delay is in whole seconds, and never too short. The furthest moments have no room for the margin.
func (b *Bell) delay(at time.Time) int32 {
	wait := at.Sub(b.now())
	if wait <= 0 {
		return 0
	}
	delay := wait + margin
	if wait <= furthest {
		delay = min(delay, furthest)
	}
	return int32((delay + time.Second - 1) / time.Second)
}
