package bundle

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/api"
)

// Routes are the types of all operations for TypeScript, from the declarations that the OpenAPI document is made of:
// by route, what goes in, as one object of path, query and body, and what comes out.
func Routes() string {
	var out strings.Builder
	out.WriteString("// Made from shared/api by localstack/bundle.\nexport interface Routes {\n")
	for _, operation := range api.Operations() {
		fmt.Fprintf(&out, "  %q: { in: %s; out: %s };\n", operation.RouteKey(), input(operation), output(operation))
	}
	out.WriteString("}\n")
	return out.String()
}

func input(operation api.Operation) string {
	var members []string
	for _, parameter := range operation.Parameters {
		members = append(members, member(parameter.Name, parameter.Required, parameter.Schema))
	}
	if operation.Body != nil {
		members = append(members, membersOf(operation.Body)...)
	}
	return "{ " + strings.Join(members, " ") + " }"
}

func output(operation api.Operation) string {
	switch {
	case operation.Answer != nil:
		return typeOf(operation.Answer)
	case operation.Media != "":
		return "Blob"
	}
	return "void"
}

func member(name string, required bool, schema any) string {
	mark := "?"
	if required {
		mark = ""
	}
	return fmt.Sprintf("%q%s: %s;", name, mark, typeOf(schema))
}

func membersOf(schema api.Schema) []string {
	var members []string
	properties, _ := schema["properties"].(map[string]any)
	required, _ := schema["required"].([]string)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		members = append(members, member(name, slices.Contains(required, name), properties[name]))
	}
	return members
}

// typeOf is a schema as a type. Patterns and limits are the server's to hold.
func typeOf(of any) string {
	schema, ok := of.(api.Schema)
	if !ok {
		return "unknown"
	}
	if words, ok := schema["enum"].([]string); ok {
		var each []string
		for _, word := range words {
			each = append(each, fmt.Sprintf("%q", word))
		}
		return strings.Join(each, " | ")
	}
	if choices, ok := schema["oneOf"].([]any); ok {
		var each []string
		for _, choice := range choices {
			each = append(each, typeOf(choice))
		}
		return strings.Join(each, " | ")
	}
	kind, _ := schema["type"].(string)
	return plain(kind, schema)
}

func plain(kind string, schema api.Schema) string {
	switch kind {
	case "string", "boolean", "null":
		return kind
	case "integer", "number":
		return "number"
	case "array":
		return "(" + typeOf(schema["items"]) + ")[]"
	case "object":
		return "{ " + strings.Join(membersOf(schema), " ") + " }"
	}
	return "unknown"
}
