package sqs_test

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	localsqs "github.com/iotspot/iotspot/localstack/aws/sqs"
	"github.com/iotspot/iotspot/localstack/protocol/sdk"
	"github.com/iotspot/iotspot/localstack/protocol/shape"
	"github.com/iotspot/iotspot/shared/catalog"
)

func TestAFunctionPutsAMessageInAndNothingElse(t *testing.T) {
	q := localsqs.New("aside", time.Hour, time.Now)
	server := httptest.NewServer(localsqs.Service{"aside": q})
	defer server.Close()
	client := sqs.NewFromConfig(sdk.Config(server.URL, "x"), func(o *sqs.Options) { o.RetryMaxAttempts = 1 })
	url := aws.String(server.URL + "/000000000000/aside")
	_, err := client.SendMessage(t.Context(), &sqs.SendMessageInput{QueueUrl: url, MessageBody: aws.String("hello")})
	require.NoError(t, err)
	require.Equal(t, "hello", q.Messages()[0].Body)
	reason := func(kind, value string) map[string]types.MessageAttributeValue {
		return map[string]types.MessageAttributeValue{"reason": {DataType: aws.String(kind),
			StringValue: aws.String(value)}}
	}
	told, err := client.SendMessage(t.Context(), &sqs.SendMessageInput{QueueUrl: url, MessageBody: aws.String("x"),
		MessageAttributes: reason("String", "why")})
	require.NoError(t, err)
	require.Equal(t, map[string]string{"reason": "why"}, q.Messages()[1].Attributes)
	require.Equal(t, "e809e8704c2146cff01a43978291c6f4", *told.MD5OfMessageAttributes)
	for _, wrong := range []*sqs.SendMessageInput{
		{QueueUrl: aws.String(server.URL + "/0/other"), MessageBody: aws.String("x")},
		{QueueUrl: url, MessageBody: aws.String("x"), DelaySeconds: 901},
		{QueueUrl: url, MessageBody: aws.String("x"), MessageGroupId: aws.String("g")},
		{QueueUrl: url, MessageBody: aws.String("")},
		{QueueUrl: url, MessageBody: aws.String("\x00")},
		{QueueUrl: url, MessageBody: aws.String("x"), MessageAttributes: reason("Number", "1")},
	} {
		_, err := client.SendMessage(t.Context(), wrong)
		require.Error(t, err)
	}
	_, err = client.PurgeQueue(t.Context(), &sqs.PurgeQueueInput{QueueUrl: url})
	require.ErrorContains(t, err, "NotImplemented")
	require.Len(t, q.Messages(), 2)
}

func TestAMessageThatNobodyTookIsGoneAfterItsTime(t *testing.T) {
	now := time.Now()
	q := localsqs.New("aside", time.Hour, func() time.Time { return now })
	q.Send("hello")
	now = now.Add(time.Hour - time.Second)
	require.Len(t, q.Messages(), 1)
	now = now.Add(time.Second)
	require.Empty(t, q.Messages())
}

// A reader counts how often each body was read and fails those that it is told to.
type reader struct {
	mu      sync.Mutex
	reads   map[string]int
	batches []int
	partly  string // fails this one alone
	wholly  int    // so many batches fail as a whole
	last    []byte // the payload
}

func (r *reader) invoke(payload []byte) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var event events.SQSEvent
	if err := json.Unmarshal(payload, &event); err != nil {
		return nil, err
	}
	response := events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{}}
	r.batches = append(r.batches, len(event.Records))
	r.last = payload
	for _, record := range event.Records {
		r.reads[record.Body]++
		if record.Body == r.partly {
			response.BatchItemFailures = append(response.BatchItemFailures,
				events.SQSBatchItemFailure{ItemIdentifier: record.MessageId})
		}
	}
	if r.wholly > 0 {
		r.wholly--
		return nil, errors.New("no luck")
	}
	return json.Marshal(response)
}

func (r *reader) count(body string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.reads[body]
}

func start(t *testing.T, r *reader, bodies ...string) (q, dead *localsqs.Queue) {
	r.reads = map[string]int{}
	q, dead = localsqs.New("readings", time.Hour, time.Now), localsqs.New("dead", time.Hour, time.Now)
	for _, body := range bodies {
		q.Send(body)
	}
	m := &localsqs.Mapping{Queue: q, Dead: dead, Batch: catalog.BatchSize, Invoke: r.invoke,
		Hide: 10 * time.Millisecond, Log: func(string) {}}
	m.Start()
	t.Cleanup(m.Close)
	return q, dead
}

func empty(q *localsqs.Queue) func() bool { return func() bool { return len(q.Messages()) == 0 } }

func TestABatchHasTenMessagesAtMostAndWhatSucceededIsGone(t *testing.T) {
	r := &reader{}
	q, dead := start(t, r, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")
	require.Eventually(t, empty(q), 5*time.Second, time.Millisecond)
	require.Equal(t, []int{10, 2}, r.batches)
	shape.Require(t, "sensor-messages.json", r.last)
	shape.Require(t, "wake-ups.json", r.last)
	require.Empty(t, dead.Messages())
}

func TestOnlyTheMessageThatFailedComesAgainAndAfterFiveTimesItIsPutAside(t *testing.T) {
	r := &reader{partly: "bad"}
	q, dead := start(t, r, "good", "bad")
	require.Eventually(t, empty(q), 5*time.Second, time.Millisecond)
	require.Equal(t, 1, r.count("good"))
	require.Equal(t, catalog.MaxReceives, r.count("bad"))
	require.Equal(t, "bad", dead.Messages()[0].Body)
}

func TestABatchThatFailedAsAWholeComesAgainWhole(t *testing.T) {
	r := &reader{wholly: 1}
	q, dead := start(t, r, "a", "b")
	require.Eventually(t, empty(q), 5*time.Second, time.Millisecond)
	require.Equal(t, []int{2, 2}, []int{r.count("a"), r.count("b")})
	require.Empty(t, dead.Messages())
}

func TestADelayedMessageComesWhenTheStacksClockSaysSo(t *testing.T) {
	r := &reader{reads: map[string]int{}}
	var clock enginetest.Clock
	clock.Set(time.Now())
	q := localsqs.New("calls", time.Hour, clock.Now)
	m := &localsqs.Mapping{Queue: q, Batch: 1, Invoke: r.invoke, Hide: time.Minute, Log: func(string) {}}
	m.Start()
	t.Cleanup(m.Close)
	server := httptest.NewServer(localsqs.Service{"calls": q})
	defer server.Close()
	client := sqs.NewFromConfig(sdk.Config(server.URL, "x"), func(o *sqs.Options) { o.RetryMaxAttempts = 1 })
	send := func(entries ...types.SendMessageBatchRequestEntry) error {
		_, err := client.SendMessageBatch(t.Context(), &sqs.SendMessageBatchInput{
			QueueUrl: aws.String(server.URL + "/000000000000/calls"), Entries: entries})
		return err
	}
	call := func(id string, delay int32) types.SendMessageBatchRequestEntry {
		return types.SendMessageBatchRequestEntry{Id: &id, MessageBody: &id, DelaySeconds: delay}
	}
	require.NoError(t, send(call("at-once", 0), call("in-a-minute", 60)))
	require.Eventually(t, func() bool { return r.count("at-once") == 1 }, time.Second, time.Millisecond)
	require.Zero(t, q.Pending())
	clock.Move(59 * time.Second)
	q.Moved()
	require.Zero(t, r.count("in-a-minute"))
	clock.Move(time.Second)
	q.Moved()
	require.Eventually(t, func() bool { return r.count("in-a-minute") == 1 }, time.Second, time.Millisecond)
	require.Eventually(t, func() bool { return len(q.Messages()) == 0 }, time.Second, time.Millisecond)
	for _, wrong := range [][]types.SendMessageBatchRequestEntry{{call("a", 901)}, {call("a", 0), call("a", 0)},
		{call("no letters: ;", 0)}, slices.Repeat([]types.SendMessageBatchRequestEntry{call("a", 0)}, 11)} {
		require.Error(t, send(wrong...))
	}
}
