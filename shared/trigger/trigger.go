// Package trigger is the adapter between the Lambda triggers that are not HTTP and the use cases: the bus, queues and
// the schedule. A fault is logged by its class and returned to the platform without its text, since platforms store
// and log the texts of errors.
package trigger

import (
	"context"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/iotspot/iotspot/shared/report"
)

// guarded runs use, turns a panic into an error, logs a fault, and strips it to its class.
func guarded(ctx context.Context, what string, use func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = report.Recovered(value)
		}
		if err != nil {
			report.Fault(ctx, what, requestID(ctx), err)
			err = report.Safe(err)
		}
	}()
	return use()
}

func requestID(ctx context.Context) string {
	if invocation, ok := lambdacontext.FromContext(ctx); ok {
		return invocation.AwsRequestID
	}
	return ""
}
