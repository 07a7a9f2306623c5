package bundle

import (
	"fmt"
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

func member(name string, required bool, schema *api.Schema) string {
	mark := "?"
	if required {
		mark = ""
	}
	return fmt.Sprintf("%q%s: %s;", name, mark, typeOf(schema))
}

func membersOf(schema *api.Schema) []string {
	var members []string
	for _, field := range schema.Fields {
		members = append(members, member(field.Name, field.Required, field.Schema))
	}
	return members
}

// typeOf is a schema as a type. Patterns and limits are the server's to hold.
func typeOf(schema *api.Schema) string {
	var each []string
	for _, word := range schema.Enum {
		each = append(each, fmt.Sprintf("%q", word))
	}
	for _, choice := range schema.OneOf {
		each = append(each, typeOf(choice))
	}
	if each != nil {
		return strings.Join(each, " | ")
	}
	switch schema.Type {
	case "string", "boolean", "null":
		return schema.Type
	case "integer", "number":
		return "number"
	case "array":
		return "(" + typeOf(schema.Items) + ")[]"
	case "object":
		return "{ " + strings.Join(membersOf(schema), " ") + " }"
	}
	return "unknown"
}
