package guard

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/localstack/protocol"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Use is a kind of data that a function was given by a store, put there, or named in a change or a condition
// (5.purpose).
type Use struct {
	Function string
	Kind     privacy.Clause
}

// Undeclared is the kind of what the register doesn't know.
const Undeclared privacy.Clause = "undeclared"

// kindsIn are the kinds in a call and in its answer. An item that is read whole counts as all that its shape can
// hold, whether or not this one does.
func kindsIn(service string, r *http.Request, body, answer []byte) []privacy.Clause {
	found := kinds{}
	switch service {
	case "s3":
		found.inObject(r)
	case "dynamodb":
		found.inTables(protocol.Operation(r), body, answer)
	}
	return slices.Collect(maps.Keys(found))
}

type kinds map[privacy.Clause]bool

// inObject knows an object by its bucket, and a floor's image by its place in it.
func (k kinds) inObject(r *http.Request) {
	bucket, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch {
	case key == "" || r.Method == http.MethodDelete:
	case bucket == string(catalog.Received):
		k["s.mail"] = true
	case strings.Contains(key, "/plan/"):
		k["3.e"] = true
	default:
		k["4.b.6"] = true
	}
}

// row is an item as the protocol has it; only keys are looked into.
type row map[string]struct{ S string }

// expressions are what a call says of attributes beside their values.
type expressions struct {
	ConditionExpression, UpdateExpression, FilterExpression, ProjectionExpression string

	ExpressionAttributeNames map[string]string
}

var word = regexp.MustCompile(`[#:]?[A-Za-z_][A-Za-z0-9_]*`)

// named are the attributes in the expressions, and words that are none.
func (e expressions) named() []string {
	names := word.FindAllString(strings.Join([]string{e.ConditionExpression, e.UpdateExpression, e.FilterExpression,
		e.ProjectionExpression}, " "), -1)
	for _, name := range e.ExpressionAttributeNames {
		names = append(names, name)
	}
	return names
}

type tableCall struct {
	expressions
	TableName, IndexName string
	Key, Item            row
}

func (k kinds) inTables(operation string, body, answer []byte) {
	var call struct {
		tableCall
		TransactItems []map[string]tableCall
		RequestItems  map[string]json.RawMessage
	}
	var given struct {
		Item, Attributes row
		Items            []row
		Responses        map[string][]row
	}
	if json.Unmarshal(body, &call) != nil || len(answer) > 0 && json.Unmarshal(answer, &given) != nil {
		k[Undeclared] = true
		return
	}
	k.sent(call.tableCall)
	for _, item := range call.TransactItems {
		for _, part := range item {
			k.sent(part)
		}
	}
	for _, one := range append(given.Items, given.Item, given.Attributes) {
		k.read(call.tableCall, one)
	}
	for table, some := range call.RequestItems {
		if operation == "BatchWriteItem" {
			k.batched(table, some)
			continue
		}
		from := tableCall{TableName: table}
		if json.Unmarshal(some, &from.expressions) != nil {
			k[Undeclared] = true
		}
		for _, one := range given.Responses[table] {
			k.read(from, one)
		}
	}
}

func (k kinds) batched(table string, some json.RawMessage) {
	var writes []struct{ PutRequest struct{ Item row } }
	if json.Unmarshal(some, &writes) != nil {
		k[Undeclared] = true
	}
	for _, write := range writes {
		k.sent(tableCall{TableName: table, Item: write.PutRequest.Item})
	}
}

// sent is an item that is put, or the attributes that a change or a condition of one names.
func (k kinds) sent(call tableCall) {
	if call.Item != nil {
		k.whole(call.TableName, call.Item)
	}
	if item, ok := privacy.ItemAt(privacy.Store(call.TableName), call.Key["sk"].S); ok {
		k.add(item, call.named())
	}
}

// read is an item in an answer; there may be none.
func (k kinds) read(call tableCall, one row) {
	if len(one) == 0 {
		return
	}
	sortKey := one["sk"].S
	if sortKey == "" {
		sortKey = call.Key["sk"].S
	}
	item, ok := privacy.ItemAt(privacy.Store(call.TableName), sortKey)
	if !ok {
		k[Undeclared] = true
	}
	k.add(item, call.named())
	switch {
	case call.IndexName != "":
		k.add(item, projected(call.TableName, call.IndexName))
	case call.ProjectionExpression == "":
		k.add(item, slices.Collect(maps.Keys(item.Attributes)))
	}
}

// projected are the attributes that an index has.
func projected(table, index string) []string {
	for _, t := range catalog.Tables {
		for _, i := range t.Indexes {
			if string(t.Name) == table && i.Name == index {
				return append([]string{i.Attribute}, i.Beside...)
			}
		}
	}
	return nil
}

// whole is an item with the attributes that it has.
func (k kinds) whole(table string, one row) {
	item, ok := privacy.ItemAt(privacy.Store(table), one["sk"].S)
	if !ok {
		k[Undeclared] = true
	}
	for name := range one {
		if _, ok := item.ClauseOf(name); !ok {
			k[Undeclared] = true
		}
		k.add(item, []string{name})
	}
}

func (k kinds) add(item privacy.Item, attributes []string) {
	for _, name := range attributes {
		if clause, ok := item.ClauseOf(name); ok && clause != privacy.System {
			k[clause] = true
		}
	}
}
