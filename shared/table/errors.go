package table

import (
	"context"
	"errors"

	"github.com/aws/smithy-go"
	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/problem"
)

// wrap turns the engine's errors into this package's: refusals, and an honest "try again" for what throttles,
// conflicts or can't be reached. Anything else passes as it is.
func wrap(err error) error {
	if err == nil {
		return nil
	}
	if dynamo.IsCondCheckFailed(err) {
		return ErrRefused
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return unavailable(err)
	}
	var api smithy.APIError
	if !errors.As(err, &api) {
		return unavailable(err) // no answer of the engine: connection refused, reset, timed out
	}
	switch api.ErrorCode() {
	case "ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded",
		"TransactionConflictException",
		"TransactionInProgressException", "InternalServerError", "ServiceUnavailable":
		return unavailable(err)
	}
	return err
}

func unavailable(err error) error {
	return errors.Join(problem.Busy("the store is busy"), err)
}

// Unknown is the error for a caller to whom what is absent, whose person is gone, or who is no staff, is unknown;
// another error passes as it is.
func Unknown(err error) error {
	if errors.Is(err, ErrAbsent) || errors.Is(err, ErrGone) || errors.Is(err, ErrNotStaff) {
		return problem.Unknown()
	}
	return err
}
