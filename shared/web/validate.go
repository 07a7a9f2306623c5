package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/problem"
)

// schemas are an operation's, ready to validate with.
type schemas struct {
	parameters *jsonschema.Schema
	body       *jsonschema.Schema // nil when there is none
}

func compile(operation api.Operation) (schemas, error) {
	var fields []api.Field
	for _, parameter := range operation.Parameters {
		fields = append(fields, api.Field{Name: parameter.Name, Required: parameter.Required,
			Schema: parameter.Schema})
	}
	parameters, err := Compile(api.Object(fields...))
	if err != nil || operation.Body == nil {
		return schemas{parameters: parameters}, err
	}
	body, err := Compile(operation.Body)
	return schemas{parameters: parameters, body: body}, err
}

// Compile makes a declared schema ready to validate with, with its formats asserted.
func Compile(schema api.Schema) (*jsonschema.Schema, error) {
	text, err := json.Marshal(schema)
	if err != nil {
		return nil, err
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	for name, accepts := range api.Formats {
		compiler.RegisterFormat(&jsonschema.Format{Name: name, Validate: func(value any) error {
			if text, ok := value.(string); ok && !accepts(text) {
				return errFormat
			}
			return nil
		}})
	}
	if err := compiler.AddResource("schema.json", document); err != nil {
		return nil, err
	}
	return compiler.Compile("schema.json")
}

// errFormat is told to nobody: what is accepted is said by the format's name.
var errFormat = errors.New("not of this format")

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
func check(schema *jsonschema.Schema, value any) []problem.Field {
	var invalid *jsonschema.ValidationError
	if err := schema.Validate(value); !errors.As(err, &invalid) {
		return nil
	}
	var fields []problem.Field
	collect(invalid, &fields)
	slices.SortStableFunc(fields, func(a, b problem.Field) int { return strings.Compare(a.Pointer, b.Pointer) })
	return slices.CompactFunc(fields, func(a, b problem.Field) bool { return a.Pointer == b.Pointer })
}

func collect(e *jsonschema.ValidationError, fields *[]problem.Field) {
	switch e.ErrorKind.(type) {
	case *kind.OneOf, *kind.AnyOf:
		collectChoice(e, fields)
		return
	}
	if len(e.Causes) == 0 {
		*fields = append(*fields, explain(pointerTo(e.InstanceLocation), e.ErrorKind)...)
	}
	for _, cause := range e.Causes {
		collect(cause, fields)
	}
}

// collectChoice explains a value that fits none of several alternatives, by the alternative that was most likely
// meant; that is never null.
func collectChoice(e *jsonschema.ValidationError, fields *[]problem.Field) {
	var found []problem.Field
	for _, cause := range e.Causes {
		if wrong, ok := leaf(cause).ErrorKind.(*kind.Type); ok && slices.Equal(wrong.Want, []string{"null"}) {
			continue
		}
		collect(cause, &found)
	}
	if len(found) == 0 {
		found = []problem.Field{{Pointer: pointerTo(e.InstanceLocation), Detail: "is not accepted"}}
	}
	*fields = append(*fields, found...)
}

func leaf(e *jsonschema.ValidationError) *jsonschema.ValidationError {
	for len(e.Causes) > 0 {
		e = e.Causes[0]
	}
	return e
}

func pointerTo(location []string) string {
	var pointer strings.Builder
	for _, name := range location {
		pointer.WriteString("/" + escape(name))
	}
	return pointer.String()
}

func names(known map[string]bool) string {
	if len(known) == 0 {
		return "none"
	}
	return strings.Join(slices.Sorted(maps.Keys(known)), ", ")
}
