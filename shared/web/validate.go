package web

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/problem"
)

// schemas are an operation's, ready to validate with.
type schemas struct {
	parameters *schema
	body       *schema // nil when there is none
}

func compile(operation api.Operation) (schemas, error) {
	var fields []api.Field
	for _, parameter := range operation.Parameters {
		fields = append(fields, api.Field{Name: parameter.Name, Required: parameter.Required,
			Schema: parameter.Schema})
	}
	parameters, err := compileSchema(api.Object(fields...))
	if err != nil || operation.Body == nil {
		return schemas{parameters: parameters}, err
	}
	body, err := compileSchema(operation.Body)
	return schemas{parameters: parameters, body: body}, err
}

const mostFields = 20 // named in one problem

func malformed(fields []problem.Field) error {
	return &problem.Error{Kind: problem.Malformed, Detail: "the request has fields that are not accepted",
		Fields: fields[:min(len(fields), mostFields)]}
}

// undecodable is the error of a validated object that doesn't fit the use case's input: the declaration and the input
// differ, which is a fault of ours and is answered as such.
func undecodable(err error) error {
	return fmt.Errorf("the declared request does not fit the input: %w", err)
}

// check names everything in value that the schema doesn't accept, in the order of their pointers; never a value.
func check(schema *schema, value any) []problem.Field {
	var found finding
	schema.check("", value, &found)
	slices.SortStableFunc(found, func(a, b problem.Field) int { return strings.Compare(a.Pointer, b.Pointer) })
	return slices.CompactFunc(found, func(a, b problem.Field) bool { return a.Pointer == b.Pointer })
}

func names(known map[string]bool) string {
	if len(known) == 0 {
		return "no parameters"
	}
	return strings.Join(slices.Sorted(maps.Keys(known)), ", ")
}
