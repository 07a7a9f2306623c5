package main

import (
	"context"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"

	"github.com/iotspot/iotspot/shared/privacy"
)

// A meter adds up the request units that the engine reports of each call.
type meter struct {
	mu          sync.Mutex
	read, write float64
}

func (m *meter) reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.read, m.write = 0, 0
}

func (m *meter) total() (read, write float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.read, m.write
}

// watch is an option of a client.
func (m *meter) watch(o *dynamodb.Options) {
	o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error {
		return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("meter", func(
			ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
		) (middleware.InitializeOutput, middleware.Metadata, error) {
			const all = types.ReturnConsumedCapacityTotal
			switch input := in.Parameters.(type) {
			case *dynamodb.DeleteItemInput:
				input.ReturnConsumedCapacity = all
			case *dynamodb.ScanInput:
				if input.IndexName != nil { // the sweep's own
					input.ReturnConsumedCapacity = all
				}
			case *dynamodb.QueryInput:
				input.ReturnConsumedCapacity = all
			}
			out, metadata, err := next.HandleInitialize(ctx, in)
			switch output := out.Result.(type) {
			case *dynamodb.DeleteItemOutput:
				m.add(0, output.ConsumedCapacity)
			case *dynamodb.ScanOutput:
				m.add(1, output.ConsumedCapacity)
			case *dynamodb.QueryOutput:
				m.add(1, output.ConsumedCapacity)
			}
			return out, metadata, err
		}), middleware.Before)
	})
}

// add counts units, of which the share is read and the rest written.
func (m *meter) add(share float64, consumed *types.ConsumedCapacity) {
	if consumed == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	units := aws.ToFloat64(consumed.CapacityUnits)
	m.read += share * units
	m.write += (1 - share) * units
}

func name(store privacy.Store) *string { return aws.String(string(store)) }

func limit(n int32) *int32 { return &n }

func keys(item map[string]types.AttributeValue) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{"pk": item["pk"], "sk": item["sk"]}
}
