package enginetest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"

	"github.com/iotspot/iotspot/shared/table"
)

// A Meter counts what a use case costs: calls to DynamoDB one after the other, and request units. They are as the
// engine reports them, except for transactions, which it always reports as 2: those are reckoned from the items'
// sizes as AWS does, 2 for each item and started KB, the larger of the item before and after. What a transaction does
// to an index, and a write whose condition failed, are reckoned likewise.
type Meter struct {
	mu    sync.Mutex
	usage Usage
	parts []Part
	holds time.Duration // how long a call takes at least, so that what is begun beside it is beside it
}

// A Usage is what was counted.
type Usage struct {
	Calls       []string // operations in order; the SDK's own retries of one count as one
	Read, Write float64  // request units
	InARow      int      // the most calls of which each began after another one had ended
}

// RoundTrips is how many calls there were.
func (u Usage) RoundTrips() int { return len(u.Calls) }

// Reset starts again from nothing and gives what was counted before.
func (m *Meter) Reset() Usage {
	m.mu.Lock()
	defer m.mu.Unlock()
	counted := m.usage
	m.usage, m.parts = Usage{}, nil
	return counted
}

// Usage is what was counted so far.
func (m *Meter) Usage() Usage {
	m.mu.Lock()
	defer m.mu.Unlock()
	counted := m.usage
	counted.Calls = slices.Clone(counted.Calls)
	return counted
}

// Parts are the units that were counted so far, by where they fell.
func (m *Meter) Parts() []Part {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.parts)
}

// begins says which in a row a call is that begins now.
func (m *Meter) begins() (nth int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.usage.InARow + 1
}

func (m *Meter) count(call string, nth int, read, write float64, parts []Part) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.usage.InARow = max(m.usage.InARow, nth)
	m.usage.Calls = append(m.usage.Calls, call)
	m.usage.Read += read
	m.usage.Write += write
	m.parts = append(m.parts, parts...)
}

// Metered opens the database so that m counts each call. The meter reads items of its own to know their sizes; those
// reads are not counted, but take time: measure time without a meter.
func (d *Database) Metered(m *Meter) *table.Tables {
	return d.with(func(stack *middleware.Stack) error {
		return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("meter", func(
			ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
		) (middleware.InitializeOutput, middleware.Metadata, error) {
			askCapacity(in.Parameters)
			nth, held := m.begins(), time.After(m.holds)
			before := d.sizes(ctx, in.Parameters)
			out, metadata, err := next.HandleInitialize(ctx, in)
			read, write := reported(out.Result)
			parts := fell(in.Parameters, read, write)
			if len(before) > 0 {
				after := d.sizes(ctx, in.Parameters)
				parts = written(in.Parameters, before, after)
				if reckoned(in.Parameters, err) {
					write = total(parts)
				}
			}
			<-held
			m.count(middleware.GetOperationName(ctx), nth, read, write, parts)
			return out, metadata, err
		}), middleware.Before)
	})
}

func askCapacity(input any) {
	const total = types.ReturnConsumedCapacityTotal
	switch in := input.(type) {
	case *dynamodb.GetItemInput:
		in.ReturnConsumedCapacity = total
	case *dynamodb.BatchGetItemInput:
		in.ReturnConsumedCapacity = total
	case *dynamodb.QueryInput:
		in.ReturnConsumedCapacity = total
	case *dynamodb.ScanInput:
		in.ReturnConsumedCapacity = total
	case *dynamodb.PutItemInput:
		in.ReturnConsumedCapacity = total
	case *dynamodb.UpdateItemInput:
		in.ReturnConsumedCapacity = total
	case *dynamodb.DeleteItemInput:
		in.ReturnConsumedCapacity = total
	case *dynamodb.BatchWriteItemInput:
		in.ReturnConsumedCapacity = total
	}
}

func reported(output any) (read, write float64) {
	switch out := output.(type) {
	case *dynamodb.GetItemOutput:
		return units(out.ConsumedCapacity), 0
	case *dynamodb.BatchGetItemOutput:
		return allUnits(out.ConsumedCapacity), 0
	case *dynamodb.QueryOutput:
		return units(out.ConsumedCapacity), 0
	case *dynamodb.ScanOutput:
		return units(out.ConsumedCapacity), 0
	case *dynamodb.PutItemOutput:
		return 0, units(out.ConsumedCapacity)
	case *dynamodb.UpdateItemOutput:
		return 0, units(out.ConsumedCapacity)
	case *dynamodb.DeleteItemOutput:
		return 0, units(out.ConsumedCapacity)
	case *dynamodb.BatchWriteItemOutput:
		return 0, allUnits(out.ConsumedCapacity)
	}
	return 0, 0
}

func units(consumed *types.ConsumedCapacity) float64 {
	if consumed == nil {
		return 0
	}
	return aws.ToFloat64(consumed.CapacityUnits)
}

func allUnits(consumed []types.ConsumedCapacity) float64 {
	sum := 0.0
	for i := range consumed {
		sum += units(&consumed[i])
	}
	return sum
}

// reckoned reports whether the engine's figures for a call are wrong or missing.
func reckoned(input any, err error) bool {
	if _, transaction := input.(*dynamodb.TransactWriteItemsInput); transaction {
		return true
	}
	var refused *types.ConditionalCheckFailedException
	return errors.As(err, &refused)
}

// target is an item that a write is about.
type target struct {
	table *string
	key   map[string]types.AttributeValue
}

func targets(input any) []target {
	switch in := input.(type) {
	case *dynamodb.TransactWriteItemsInput:
		var all []target
		for _, action := range in.TransactItems {
			switch {
			case action.Update != nil:
				all = append(all, target{action.Update.TableName, action.Update.Key})
			case action.Put != nil:
				all = append(all, target{action.Put.TableName, keyOf(action.Put.Item)})
			case action.Delete != nil:
				all = append(all, target{action.Delete.TableName, action.Delete.Key})
			case action.ConditionCheck != nil:
				all = append(all, target{action.ConditionCheck.TableName, action.ConditionCheck.Key})
			}
		}
		return all
	case *dynamodb.PutItemInput:
		return []target{{in.TableName, keyOf(in.Item)}}
	case *dynamodb.UpdateItemInput:
		return []target{{in.TableName, in.Key}}
	case *dynamodb.DeleteItemInput:
		return []target{{in.TableName, in.Key}}
	}
	return nil
}

func keyOf(item map[string]types.AttributeValue) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{"pk": item["pk"], "sk": item["sk"]}
}

// measured is what an item weighs, and where its deadline puts it in the expiry index.
type measured struct {
	bytes  int
	expiry string
}

func (d *Database) sizes(ctx context.Context, input any) []measured {
	var all []measured
	for _, of := range targets(input) {
		answer, err := d.Client.GetItem(ctx, &dynamodb.GetItemInput{TableName: of.table, Key: of.key,
			ConsistentRead: aws.Bool(true)})
		if err != nil {
			all = append(all, measured{})
			continue
		}
		one := measured{bytes: ItemSize(answer.Item)}
		if expiry, ok := answer.Item[table.ExpiryIndex].(*types.AttributeValueMemberS); ok {
			one.expiry = expiry.Value
		}
		all = append(all, one)
	}
	return all
}

// ItemSize is an item's size in bytes as DynamoDB reckons it, to within a byte for each number.
func ItemSize(item map[string]types.AttributeValue) int {
	size := 0
	for name, value := range item {
		size += len(name) + valueSize(value)
	}
	return size
}

func valueSize(value types.AttributeValue) int {
	const container, member = 3, 1
	size := 0
	switch v := value.(type) {
	case *types.AttributeValueMemberS:
		size = len(v.Value)
	case *types.AttributeValueMemberN:
		size = numberSize(v.Value)
	case *types.AttributeValueMemberB:
		size = len(v.Value)
	case *types.AttributeValueMemberSS:
		for _, s := range v.Value {
			size += len(s)
		}
	case *types.AttributeValueMemberNS:
		for _, n := range v.Value {
			size += numberSize(n)
		}
	case *types.AttributeValueMemberM:
		size = container
		for name, inner := range v.Value {
			size += len(name) + valueSize(inner) + member
		}
	case *types.AttributeValueMemberL:
		size = container
		for _, inner := range v.Value {
			size += valueSize(inner) + member
		}
	default: // BOOL and NULL
		size = 1
	}
	return size
}

// numberSize is one byte for two digits, and one more.
func numberSize(digits string) int { return (len(digits)+1)/2 + 1 }
