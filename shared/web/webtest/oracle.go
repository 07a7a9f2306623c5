package webtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/problem"
)

// What is wrong with a request is found in package web by a validator of its own. This is the one that it is held
// against, which knows all of JSON Schema.

// An Oracle is a declared schema that is ready to validate with, with its formats asserted.
type Oracle struct {
	*jsonschema.Schema
	shapes map[string]string // what each pattern accepts
}

// Compile makes it of a schema.
func Compile(schema *api.Schema) (Oracle, error) {
	o := Oracle{shapes: map[string]string{}}
	Each(schema, func(one *api.Schema) { o.shapes[one.Pattern] = one.Shape })
	var err error
	o.Schema, err = compile(schema)
	return o, err
}

// Each does something with a schema, which may be nil, and with all that are within it.
func Each(schema *api.Schema, do func(*api.Schema)) {
	if schema == nil {
		return
	}
	do(schema)
	Each(schema.Items, do)
	Each(schema.Values, do)
	for _, choice := range schema.OneOf {
		Each(choice, do)
	}
	for _, field := range schema.Fields {
		Each(field.Schema, do)
	}
}

func compile(schema *api.Schema) (*jsonschema.Schema, error) {
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

// Wrong names everything in value that the schema doesn't accept, in the order of their pointers.
func (o Oracle) Wrong(value any) []problem.Field {
	var invalid *jsonschema.ValidationError
	if err := o.Validate(value); !errors.As(err, &invalid) {
		return nil
	}
	var fields []problem.Field
	o.collect(invalid, &fields)
	slices.SortStableFunc(fields, func(a, b problem.Field) int { return strings.Compare(a.Pointer, b.Pointer) })
	return slices.CompactFunc(fields, func(a, b problem.Field) bool { return a.Pointer == b.Pointer })
}

func (o Oracle) collect(e *jsonschema.ValidationError, fields *[]problem.Field) {
	switch e.ErrorKind.(type) {
	case *kind.OneOf, *kind.AnyOf:
		o.collectChoice(e, fields)
		return
	}
	if len(e.Causes) == 0 {
		*fields = append(*fields, o.explain(pointerTo(e.InstanceLocation), e.ErrorKind)...)
	}
	for _, cause := range e.Causes {
		o.collect(cause, fields)
	}
}

// collectChoice explains a value that fits none of several alternatives, by the alternative that was most likely
// meant; that is never null.
func (o Oracle) collectChoice(e *jsonschema.ValidationError, fields *[]problem.Field) {
	var found []problem.Field
	for _, cause := range e.Causes {
		if wrong, ok := leaf(cause).ErrorKind.(*kind.Type); ok && slices.Equal(wrong.Want, []string{"null"}) {
			continue
		}
		o.collect(cause, &found)
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

// explain says what is wrong at a pointer and what would be right. It never quotes the value, which can be personal.
func (o Oracle) explain(pointer string, wrong jsonschema.ErrorKind) []problem.Field {
	one := func(detail, accepted string) []problem.Field {
		return []problem.Field{{Pointer: pointer, Detail: detail, Accepted: accepted}}
	}
	switch e := wrong.(type) {
	case *kind.Required:
		return each(pointer, e.Missing, "is missing")
	case *kind.AdditionalProperties:
		return each(pointer, e.Properties, "is not known here")
	case *kind.Type:
		return one("has the wrong type", strings.Join(e.Want, " or "))
	case *kind.Enum:
		return one("is not one of the accepted values", list(e.Want))
	case *kind.Const:
		return one("is not the accepted value", fmt.Sprint(e.Want))
	case *kind.Format:
		return one("is not well-formed", api.AcceptedFormat(e.Want))
	case *kind.Pattern:
		return one("is not well-formed", o.shapes[e.Want])
	case *kind.MinLength:
		return one("is too short", fmt.Sprintf("at least %d characters", e.Want))
	case *kind.MaxLength:
		return one("is too long", fmt.Sprintf("at most %d characters", e.Want))
	case *kind.MinItems:
		return one("has too few items", fmt.Sprintf("at least %d", e.Want))
	case *kind.MaxItems:
		return one("has too many items", fmt.Sprintf("at most %d", e.Want))
	case *kind.MinProperties:
		return one("has too few members", fmt.Sprintf("at least %d", e.Want))
	case *kind.MaxProperties:
		return one("has too many members", fmt.Sprintf("at most %d", e.Want))
	case *kind.UniqueItems:
		return one("has the same item twice", "each item once")
	case *kind.Minimum:
		return one("is too small", "at least "+e.Want.RatString())
	case *kind.Maximum:
		return one("is too large", "at most "+e.Want.RatString())
	case *kind.MultipleOf:
		return one("is not a multiple", "a multiple of "+e.Want.RatString())
	}
	return one("is not accepted", "")
}

func each(pointer string, names []string, detail string) []problem.Field {
	var fields []problem.Field
	for _, name := range names {
		fields = append(fields, problem.Field{Pointer: pointer + "/" + escape(name), Detail: detail})
	}
	return fields
}

func list(values []any) string {
	words := make([]string, len(values))
	for i, value := range values {
		words[i] = fmt.Sprint(value)
	}
	return strings.Join(words, ", ")
}

func escape(name string) string {
	if runes := []rune(name); len(runes) > 64 {
		name = string(runes[:64]) + "…"
	}
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}
