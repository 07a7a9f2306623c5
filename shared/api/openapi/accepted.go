package openapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/api"
)

// members lists what an object holds, deep members with their path as floors[].name.
func members(prefix string, schema api.Schema, rows *[]row) {
	properties, _ := schema["properties"].(map[string]any)
	required, _ := schema["required"].([]string)
	for _, name := range sorted(properties) {
		member, _ := properties[name].(api.Schema)
		label := prefix + name
		if !slices.Contains(required, name) {
			label += " (optional)"
		}
		text, _ := member["description"].(string)
		*rows = append(*rows, row{label, Accepted(member), text})
		within(prefix+name, member, rows)
	}
}

func within(label string, schema api.Schema, rows *[]row) {
	if items, ok := schema["items"].(api.Schema); ok {
		within(label+"[]", items, rows)
		return
	}
	if of, ok := schema["additionalProperties"].(api.Schema); ok {
		within(label+".*", of, rows)
		return
	}
	members(label+".", schema, rows)
}

// Accepted says in a few words what a schema accepts.
func Accepted(schema api.Schema) string {
	if choices, ok := schema["oneOf"].([]any); ok {
		words := make([]string, 0, len(choices))
		for _, choice := range choices {
			if one, ok := choice.(api.Schema); ok {
				words = append(words, Accepted(one))
			}
		}
		return strings.Join(words, ", or ")
	}
	switch schema["type"] {
	case "null":
		return "null"
	case "array":
		items, _ := schema["items"].(api.Schema)
		return fmt.Sprintf("a list of at most %v: %s", schema["maxItems"], Accepted(items))
	case "integer":
		return fmt.Sprintf("a whole number from %v to %v", schema["minimum"], schema["maximum"])
	case "number":
		return fmt.Sprintf("a number from %v to %v", schema["minimum"], schema["maximum"])
	case "string":
		return acceptedText(schema)
	case nil:
		return "anything"
	}
	return fmt.Sprint(schema["type"])
}

func acceptedText(schema api.Schema) string {
	words := "text"
	if listed, ok := schema["enum"].([]string); ok {
		return strings.Join(listed, ", ")
	} else if format, ok := schema["format"].(string); ok {
		words = api.AcceptedFormat(format)
	} else if pattern, ok := schema["pattern"].(string); ok {
		words = api.AcceptedPattern(pattern)
	}
	if most, ok := schema["maxLength"]; ok {
		words += fmt.Sprintf(", at most %v characters", most)
	}
	return words
}
