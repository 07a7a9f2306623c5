package lambda_test

import (
	"testing"
	"time"

	"github.com/iotspot/iotspot/localstack/aws/lambda"
	"github.com/iotspot/iotspot/localstack/protocol/shape"
)

func TestAnEventThatWasGivenUpIsRecordedAsLambdaDoes(t *testing.T) {
	shape.Require(t, "failed-event.json", lambda.FailureRecord("erasure", []byte(`{"source":"iotspot"}`), "no luck",
		time.Now()), "requestPayload")
}
