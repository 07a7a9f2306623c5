package openapi

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/iotspot/iotspot/shared/api"
)

// members lists what an object holds, deep members with their path as floors[].name.
func members(prefix string, schema *api.Schema, rows *[]row) {
	if schema == nil {
		return
	}
	for _, field := range schema.Fields {
		label := prefix + field.Name
		if !field.Required {
			label += " (optional)"
		}
		*rows = append(*rows, row{label, Accepted(field.Schema), field.Schema.Description})
		within(prefix+field.Name, field.Schema, rows)
	}
}

func within(label string, schema *api.Schema, rows *[]row) {
	switch {
	case schema.Items != nil:
		within(label+"[]", schema.Items, rows)
	case schema.Values != nil:
		within(label+".*", schema.Values, rows)
	default:
		members(label+".", schema, rows)
	}
}

// Accepted says in a few words what a schema accepts.
func Accepted(schema *api.Schema) string {
	if schema.OneOf != nil {
		words := make([]string, len(schema.OneOf))
		for i, choice := range schema.OneOf {
			words[i] = Accepted(choice)
		}
		return strings.Join(words, ", or ")
	}
	switch schema.Type {
	case "array":
		return fmt.Sprintf("a list of at most %s: %s", plain(schema.Max), Accepted(schema.Items))
	case "integer":
		return fmt.Sprintf("a whole number from %s to %s", plain(schema.Min), plain(schema.Max))
	case "number":
		return fmt.Sprintf("a number from %s to %s", plain(schema.Min), plain(schema.Max))
	case "string":
		return acceptedText(schema)
	case "":
		return "anything"
	}
	return schema.Type
}

func acceptedText(schema *api.Schema) string {
	words := "text"
	switch {
	case schema.Enum != nil:
		return strings.Join(schema.Enum, ", ")
	case schema.Format != "":
		words = api.AcceptedFormat(schema.Format)
	case schema.Pattern != "":
		words = schema.Shape
	}
	if schema.Max > 0 {
		words += fmt.Sprintf(", at most %s characters", plain(schema.Max))
	}
	return words
}

// plain writes a number as people do, without an exponent.
func plain(number float64) string { return strconv.FormatFloat(number, 'f', -1, 64) }
