package table

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/problem"
)

// Refused is the error of a transaction whose conditions did not hold: Failed are the indexes of those actions, in
// the order in which they were added. It matches ErrRefused.
type Refused struct {
	Failed []int
	items  map[int]dynamo.Item // what stood there, where the transaction asked for it
}

func (r *Refused) Error() string { return fmt.Sprintf("%v: actions %v", ErrRefused, r.Failed) }

// Unwrap makes errors.Is(err, ErrRefused) true.
func (r *Refused) Unwrap() error { return ErrRefused }

// At reports whether the action at index i is among those refused.
func (r *Refused) At(i int) bool { return slices.Contains(r.Failed, i) }

// wrap turns the engine's errors into this package's: refusals, and an honest "try again" for what throttles,
// conflicts or can't be reached. Anything else passes as it is.
func wrap(err error) error {
	if err == nil {
		return nil
	}
	var cancelled *types.TransactionCanceledException
	if errors.As(err, &cancelled) {
		return wrapCancelled(cancelled)
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

func wrapCancelled(err *types.TransactionCanceledException) error {
	refused := &Refused{items: map[int]dynamo.Item{}}
	for i, reason := range err.CancellationReasons {
		if reason.Code == nil {
			continue
		}
		switch *reason.Code {
		case "ConditionalCheckFailed":
			refused.Failed = append(refused.Failed, i)
			refused.items[i] = reason.Item
		case "ThrottlingError", "ProvisionedThroughputExceeded", "TransactionConflict":
			return unavailable(err)
		}
	}
	if len(refused.Failed) == 0 {
		return err
	}
	return refused
}

func unavailable(err error) error {
	caller := problem.New(problem.Unavailable, "the store is busy; the same request can safely be sent again")
	caller.RetryAfter = 1
	return errors.Join(caller, err)
}
