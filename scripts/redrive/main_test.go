package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
)

// queue is one in memory, whose messages stay until they are deleted.
type queue struct {
	bodies map[string]string
	given  map[string]bool
}

func newQueue(bodies ...string) *queue {
	q := &queue{bodies: map[string]string{}, given: map[string]bool{}}
	for i, body := range bodies {
		q.bodies[fmt.Sprint(i)] = body
	}
	return q
}

func (q *queue) ReceiveMessage(context.Context, *sqs.ReceiveMessageInput,
	...func(*sqs.Options)) (*sqs.ReceiveMessageOutput, error) {
	for id, body := range q.bodies {
		if !q.given[id] {
			q.given[id] = true
			return &sqs.ReceiveMessageOutput{Messages: []types.Message{{Body: aws.String(body),
				ReceiptHandle: aws.String(id)}}}, nil
		}
	}
	return &sqs.ReceiveMessageOutput{}, nil
}

func (q *queue) DeleteMessage(_ context.Context, in *sqs.DeleteMessageInput,
	_ ...func(*sqs.Options)) (*sqs.DeleteMessageOutput, error) {
	delete(q.bodies, *in.ReceiptHandle)
	return &sqs.DeleteMessageOutput{}, nil
}

// published takes what is published, or refuses it.
type published struct {
	sent []string
	err  error
}

func (p *published) Publish(_ context.Context, detailType string, detail any) error {
	if p.err == nil {
		p.sent = append(p.sent, detailType+" "+string(detail.(json.RawMessage)))
	}
	return p.err
}

const asked = `{"source":"` + events.Source + `","detail-type":"` + events.OverviewRequestedType +
	`","detail":{"user":"u"}}`

func TestAFailedEventIsSentAgainWhoeverPutItAside(t *testing.T) {
	q, to, out := newQueue(asked, `{"requestContext":{"condition":"RetriesExhausted"},"requestPayload":`+asked+`}`),
		&published{}, &bytes.Buffer{}
	require.NoError(t, redrive(t.Context(), q, "queue", to, out))
	require.Equal(t, []string{events.OverviewRequestedType + ` {"user":"u"}`, events.OverviewRequestedType +
		` {"user":"u"}`}, to.sent)
	require.Empty(t, q.bodies)
	require.Contains(t, out.String(), "sent 2 events again, took 0 others off")
}

func TestAnEventIsFoundInLambdasOwnRecordOfItsFailure(t *testing.T) {
	record, err := os.ReadFile("../../events/payloads/failed-event.json")
	require.NoError(t, err)
	q, to := newQueue(string(record)), &published{}
	require.NoError(t, redrive(t.Context(), q, "queue", to, &bytes.Buffer{}))
	require.Equal(t, []string{events.ErasureRequestedType +
		` {"business": "bbbbbbbbbbbbbbbb", "user": "uuuuuuuuuuuuuuuu"}`}, to.sent)
	require.Empty(t, q.bodies)
}

func TestWhatTheNextMinuteDoesItselfIsTakenOffAndNotSent(t *testing.T) {
	q, to, out := newQueue(`{"requestPayload":{"source":"aws.s3","detail-type":"Object Created"}}`, `{}`, "no JSON"),
		&published{}, &bytes.Buffer{}
	require.NoError(t, redrive(t.Context(), q, "queue", to, out))
	require.Empty(t, to.sent)
	require.Empty(t, q.bodies)
	require.Contains(t, out.String(), "took 3 others off")
}

func TestAnEventThatCannotBeSentStays(t *testing.T) {
	q := newQueue(asked)
	require.Error(t, redrive(t.Context(), q, "queue", &published{err: errors.New("refused")}, &bytes.Buffer{}))
	require.Len(t, q.bodies, 1)
}
