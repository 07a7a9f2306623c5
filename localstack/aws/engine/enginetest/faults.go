package enginetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"

	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/shared/table"
)

// ErrFault is what a call gives that was broken on purpose.
var ErrFault = errors.New("a fault put in by the test")

// Faults counts the calls to AWS that a use case makes, and breaks one of them. What is not DynamoDB takes part
// through Call. The SDK does not try a broken call again; for that see Stumbling.
type Faults struct {
	At   int  // which call, from 1; 0 breaks none
	Done bool // the call is carried out and its answer lost; otherwise it never arrives
	Dead bool // no later call arrives either, as where the process ended there

	// Seen is told what an AWS client was asked for; it may be nil, and is called by several at a time.
	Seen func(name string, parameters any)

	mu    sync.Mutex
	calls []string
}

// Call is one call to AWS of the given name.
func (f *Faults) Call(name string, do func() error) error {
	f.mu.Lock()
	f.calls = append(f.calls, name)
	n, at, done, dead := len(f.calls), f.At, f.Done, f.Dead
	f.mu.Unlock()
	switch {
	case at > 0 && n > at && dead, n == at && !done:
		return ErrFault
	case n == at:
		return errors.Join(ErrFault, do())
	}
	return do()
}

// Calls names the calls so far, in order.
func (f *Faults) Calls() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.calls)
}

// Arm makes ready to break one call of those that follow, and forgets those so far; 0 breaks none.
func (f *Faults) Arm(at int, done, dead bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.At, f.Done, f.Dead, f.calls = at, done, dead, nil
}

// Reached reports whether there was a call to break.
func (f *Faults) Reached() bool { return len(f.Calls()) >= f.At }

// EachCall runs a test once with its first call broken, once with its second and so on, and at last without a fault,
// each with databases of its own. A call is broken in both ways: it never arrives, or it is done and its answer lost.
// For a read these are one, and it is broken once. What dead means is said at Faults.
func EachCall(t *testing.T, dead bool, test func(t *testing.T, faults *Faults)) {
	t.Helper()
	for at := 1; ; at++ {
		for _, done := range []bool{false, true} {
			faults := &Faults{At: at, Done: done, Dead: dead}
			name := fmt.Sprintf("call %d, done: %v", at, done)
			if !t.Run(name, func(t *testing.T) { test(t, faults) }) || !faults.Reached() {
				return
			}
			if Reads[faults.Calls()[at-1]] {
				break
			}
		}
	}
}

// Reads are the calls that change nothing.
var Reads = map[string]bool{"GetItem": true, "BatchGetItem": true, "Query": true, "Scan": true, "GetObject": true,
	"ListObjectVersions": true}

// Faulty opens the database so that each call goes through f.
func (d *Database) Faulty(f *Faults) *table.Tables { return d.with(f.Break) }

// Break lets each call of an AWS client go through f; it is one of the client's APIOptions.
func (f *Faults) Break(stack *middleware.Stack) error {
	return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("fault", func(
		ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
	) (out middleware.InitializeOutput, metadata middleware.Metadata, err error) {
		if f.Seen != nil {
			f.Seen(middleware.GetOperationName(ctx), in.Parameters)
		}
		err = f.Call(middleware.GetOperationName(ctx), func() error {
			out, metadata, err = next.HandleInitialize(ctx, in)
			return err
		})
		if errors.Is(err, ErrFault) {
			out = middleware.InitializeOutput{}
		}
		return out, metadata, err
	}), middleware.Before)
}

// Stumbling opens the database so that every nth attempt gets fail instead of an answer, beneath the SDK's own
// retries, as AWS gives conflicts and throttles that the local engine never shows. The first attempt goes through.
func (d *Database) Stumbling(every int, fail error) *table.Tables {
	var attempts atomic.Int64
	return d.with(func(stack *middleware.Stack) error {
		return stack.Finalize.Insert(middleware.FinalizeMiddlewareFunc("stumble", func(
			ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
		) (middleware.FinalizeOutput, middleware.Metadata, error) {
			if attempts.Add(1)%int64(every) == 0 {
				return middleware.FinalizeOutput{}, middleware.Metadata{}, fail
			}
			return next.HandleFinalize(ctx, in)
		}), "Retry", middleware.After)
	})
}

// Meanwhile opens the database so that do happens before the nth call, from 1: what others do at that moment.
func (d *Database) Meanwhile(n int, do func()) *table.Tables {
	var calls atomic.Int64
	return d.with(func(stack *middleware.Stack) error {
		return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("meanwhile", func(
			ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
		) (middleware.InitializeOutput, middleware.Metadata, error) {
			if calls.Add(1) == int64(n) {
				do()
			}
			return next.HandleInitialize(ctx, in)
		}), middleware.Before)
	})
}

// Conflict is what AWS answers to a transaction that meets another one on an item.
func Conflict() error {
	return &types.TransactionCanceledException{Message: aws.String("conflict"),
		CancellationReasons: []types.CancellationReason{{Code: aws.String("TransactionConflict")}}}
}

// Throttled is what AWS answers when a table or partition has had enough.
func Throttled() error {
	return &types.ProvisionedThroughputExceededException{Message: aws.String("slow down")}
}

func (d *Database) with(change func(*middleware.Stack) error) *table.Tables {
	options := d.Client.Options()
	options.APIOptions = append(slices.Clone(options.APIOptions), change)
	return table.New(dynamodb.New(options), engine.Names(), d.Clock.Now)
}
