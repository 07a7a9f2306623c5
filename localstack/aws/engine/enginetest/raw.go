package enginetest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/privacy"
)

// Put writes an item as it is, with no condition and no check against the register. A deadline in Unix seconds may be
// among the attributes as ttl.
func (d *Database) Put(t testing.TB, store privacy.Store, pk, sk string, attributes map[string]any) {
	t.Helper()
	d.write(t, store, pk, sk, attributes, nil)
}

// Text is all tables with all items, key by key and name by name, for comparing and for searching. A number set's
// members are sorted.
func (d *Database) Text(t testing.TB) string {
	t.Helper()
	var lines []string
	for _, table := range catalog.Tables {
		for _, item := range d.Dump(t, privacy.Store(table.Name)) {
			for name, value := range item {
				lines = append(lines, fmt.Sprintf("%s %s %s %s = %s", table.Name, printed(item["pk"]),
					printed(item["sk"]), name, printed(value)))
			}
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func printed(value types.AttributeValue) string {
	if numbers, ok := value.(*types.AttributeValueMemberNS); ok {
		slices.Sort(numbers.Value)
	}
	if bytes, ok := value.(*types.AttributeValueMemberB); ok {
		return string(bytes.Value)
	}
	var plain any
	if err := dynamo.Unmarshal(value, &plain); err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%v", plain)
}

// Return makes a table what it was when it was dumped.
func (d *Database) Return(t testing.TB, store privacy.Store, dump []dynamo.Item) {
	t.Helper()
	was := map[string]dynamo.Item{}
	for _, item := range dump {
		was[text(item["pk"])+" "+text(item["sk"])] = item
	}
	var writes []types.WriteRequest
	for _, item := range d.Dump(t, store) {
		name := text(item["pk"]) + " " + text(item["sk"])
		old, there := was[name]
		switch {
		case !there:
			writes = append(writes,
				types.WriteRequest{DeleteRequest: &types.DeleteRequest{Key: dynamo.Item{"pk": item["pk"],
					"sk": item["sk"]}}})
		case reflect.DeepEqual(old, item):
			delete(was, name)
		}
	}
	for _, item := range was {
		writes = append(writes, types.WriteRequest{PutRequest: &types.PutRequest{Item: item}})
	}
	for some := range slices.Chunk(writes, 25) {
		_, err := d.Client.BatchWriteItem(t.Context(),
			&dynamodb.BatchWriteItemInput{RequestItems: map[string][]types.WriteRequest{string(store): some}})
		require.NoError(t, err)
	}
}

// Clean fails the test where any of the texts stands anywhere in the tables, in whatever case.
func (d *Database) Clean(t testing.TB, texts ...string) {
	t.Helper()
	everything := strings.ToLower(d.Text(t))
	for _, text := range texts {
		require.NotContains(t, everything, strings.ToLower(text))
	}
}

// Delete removes an item as it is.
func (d *Database) Delete(t testing.TB, store privacy.Store, pk, sk string) {
	t.Helper()
	_, err := d.Client.DeleteItem(t.Context(), &dynamodb.DeleteItemInput{TableName: aws.String(string(store)),
		Key: dynamo.Item{
			"pk": &types.AttributeValueMemberS{Value: pk}, "sk": &types.AttributeValueMemberS{Value: sk}}})
	require.NoError(t, err)
}

// Restore writes an item as it was dumped.
func (d *Database) Restore(t testing.TB, store privacy.Store, item dynamo.Item) {
	t.Helper()
	_, err := d.Client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String(string(store)), Item: item})
	require.NoError(t, err)
}
