package enginetest

import (
	"math"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/iotspot/iotspot/shared/table"
)

// A Part is units that fell on one partition key of a table or of one of its indexes. A partition takes 3,000 read
// and 1,000 write units a second.
type Part struct {
	Table, Index, Key string // Index is "" for the table itself
	Read, Write       float64
}

// fell says where the units of a read fell, and those of a batch of deletions: in equal shares on its keys.
func fell(input any, read, write float64) []Part {
	switch in := input.(type) {
	case *dynamodb.GetItemInput:
		return []Part{{Table: aws.ToString(in.TableName), Key: text(in.Key["pk"]), Read: read}}
	case *dynamodb.QueryInput:
		for _, condition := range in.KeyConditions {
			if condition.ComparisonOperator == types.ComparisonOperatorEq && len(condition.AttributeValueList) == 1 {
				return []Part{{Table: aws.ToString(in.TableName), Index: aws.ToString(in.IndexName),
					Key: text(condition.AttributeValueList[0]), Read: read}}
			}
		}
	case *dynamodb.BatchGetItemInput:
		var parts []Part
		for name, asked := range in.RequestItems {
			for _, key := range asked.Keys {
				parts = append(parts, Part{Table: name, Key: text(key["pk"])})
			}
		}
		for i := range parts {
			parts[i].Read = read / float64(len(parts))
		}
		return parts
	case *dynamodb.BatchWriteItemInput:
		var parts []Part
		for name, requests := range in.RequestItems {
			for _, request := range requests {
				if request.DeleteRequest != nil {
					parts = append(parts, Part{Table: name, Key: text(request.DeleteRequest.Key["pk"])})
				}
			}
		}
		for i := range parts {
			parts[i].Write = write / float64(len(parts))
		}
		return parts
	}
	return nil
}

// written reckons what a write costs from what its items weigh before and after, and where that falls.
func written(input any, before, after []measured) []Part {
	each := 1.0
	if _, transaction := input.(*dynamodb.TransactWriteItemsInput); transaction {
		each = 2
	}
	var parts []Part
	for i, of := range targets(input) {
		name := aws.ToString(of.table)
		size := max(before[i].bytes, after[i].bytes, 1)
		parts = append(parts, Part{Table: name, Key: text(of.key["pk"]), Write: each * math.Ceil(float64(size)/1024)})
		if before[i].expiry == after[i].expiry {
			continue
		}
		for _, bucket := range []string{before[i].expiry, after[i].expiry} {
			if bucket != "" { // one unit to take it out of the index, one to put it in
				parts = append(parts, Part{Table: name, Index: table.ExpiryIndex, Key: bucket, Write: 1})
			}
		}
	}
	return parts
}

func total(parts []Part) float64 {
	sum := 0.0
	for _, part := range parts {
		sum += part.Write
	}
	return sum
}
