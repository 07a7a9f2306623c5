package waketest_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	lambdaevents "github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/wake"
	"github.com/iotspot/iotspot/shared/wake/waketest"
)

// A watch shows nobody the time.
type watch struct{}

func (watch) Set(time.Time) {}

func TestAPlayedMinuteKeepsWhatABellPromises(t *testing.T) {
	var came []wake.Part
	minute := &waketest.Minute{Clock: watch{}, Offset: func(int) time.Duration { return time.Hour }} // no look
	minute.Handler = func(_ context.Context, payload json.RawMessage) (any, error) {
		var batch lambdaevents.SQSEvent
		require.NoError(t, json.Unmarshal(payload, &batch))
		for _, message := range batch.Records {
			var part wake.Part
			require.NoError(t, json.Unmarshal([]byte(message.Body), &part))
			came = append(came, part)
		}
		return lambdaevents.SQSEventResponse{}, nil
	}
	waketest.Conforms(t, minute, func(by time.Time) []wake.Part {
		came = nil
		minute.Run(t, by, by.Add(time.Nanosecond), func(time.Time) {})
		return came
	})
}
