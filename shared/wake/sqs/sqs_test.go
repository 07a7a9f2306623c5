package sqs_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	sdk "github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/stretchr/testify/require"

	localsqs "github.com/iotspot/iotspot/localstack/aws/sqs"
	local "github.com/iotspot/iotspot/localstack/protocol/sdk"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/wake"
	"github.com/iotspot/iotspot/shared/wake/sqs"
	"github.com/iotspot/iotspot/shared/wake/waketest"
)

type entry struct {
	Id           string
	MessageBody  string
	DelaySeconds int
}

var now = time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)

// bell rings at a queue that answers as given, and keeps what it was sent, batch by batch.
func bell(t *testing.T, answer string) (*sqs.Bell, *[][]entry) {
	t.Helper()
	var batches [][]entry
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var sent struct{ Entries []entry }
		if r.Header.Get("X-Amz-Target") != "AmazonSQS.SendMessageBatch" ||
			json.NewDecoder(r.Body).Decode(&sent) != nil {
			http.Error(w, "{}", http.StatusBadRequest)
			return
		}
		batches = append(batches, sent.Entries)
		_, _ = w.Write([]byte(answer))
	}))
	t.Cleanup(server.Close)
	client := sdk.New(sdk.Options{BaseEndpoint: aws.String(server.URL), Region: "eu-west-1",
		Credentials:                      credentials.NewStaticCredentialsProvider("test", "test", ""),
		DisableMessageChecksumValidation: true})
	return sqs.New(client, server.URL+"/1/wake", func() time.Time { return now }), &batches
}

func TestAQueueKeepsWhatABellPromises(t *testing.T) {
	noon := func() time.Time { return waketest.Noon }
	queue := localsqs.New("wake", time.Hour, noon)
	server := httptest.NewServer(localsqs.Service{"wake": queue})
	t.Cleanup(server.Close)
	b := sqs.New(sdk.NewFromConfig(local.Config(server.URL, "x")), server.URL+"/1/wake", noon)
	waketest.Conforms(t, b, func(by time.Time) (due []wake.Part) {
		for _, m := range queue.Messages() {
			if !m.Visible.After(by) {
				due = append(due, partIn(t, m.Body))
			}
		}
		return due
	})
}

func partIn(t *testing.T, body string) (part wake.Part) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(body), &part))
	return part
}

func TestCallsAreAskedForTenAtATimeAndNeverBeforeTheirMoment(t *testing.T) {
	b, batches := bell(t, `{"Successful":[],"Failed":[]}`)
	calls := wake.Parts(now.Add(-time.Minute), 12, 24*time.Minute) // every two minutes, the first a minute ago
	require.NoError(t, b.Ring(t.Context(), calls...))
	require.Len(t, *batches, 2)
	require.Len(t, (*batches)[0], 10)
	require.Len(t, (*batches)[1], 2)
	for i, asked := range append((*batches)[0], (*batches)[1]...) {
		delay := time.Duration(asked.DelaySeconds) * time.Second
		require.False(t, now.Add(delay).Before(calls[i].At), i)
		require.Less(t, now.Add(delay).Sub(calls[i].At), time.Minute+3*time.Second, i)
		require.Equal(t, calls[i].Part, partIn(t, asked.MessageBody))
	}
	require.Zero(t, (*batches)[0][0].DelaySeconds, "at once for a moment that has passed")
}

func TestACallThatTheQueueDoesNotTakeCanBeAskedForAgain(t *testing.T) {
	b, _ := bell(t, `{"Successful":[],"Failed":[{"Id":"0","Code":"InternalError","SenderFault":false}]}`)
	var told *problem.Error
	require.ErrorAs(t, b.Ring(t.Context(), wake.At(now)...), &told)
	require.Equal(t, problem.Unavailable, told.Kind)
}
