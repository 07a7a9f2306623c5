package api

// A Schema is a JSON Schema of draft 2020-12, which is what OpenAPI 3.1 holds.
type Schema map[string]any

// A Field is a member of an object.
type Field struct {
	Name     string
	Required bool
	Schema   Schema
}

// Must and May declare members of an object.
func Must(name string, schema Schema) Field { return Field{Name: name, Required: true, Schema: schema} }

// May declares a member that can be left out.
func May(name string, schema Schema) Field { return Field{Name: name, Schema: schema} }

// Object is an object with these members and no others.
func Object(fields ...Field) Schema {
	properties, required := map[string]any{}, []string{}
	for _, field := range fields {
		properties[field.Name] = field.Schema
		if field.Required {
			required = append(required, field.Name)
		}
	}
	schema := Schema{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		schema["required"] = required
	}
	return schema
}

// noControls is a pattern that both ECMA 262 and Go read: no control characters, and at least one that is not a space.
const noControls = `^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$`

// Text is a line of text without control characters, not blank, of at most max characters.
func Text(max int) Schema {
	return Schema{"type": "string", "minLength": 1, "maxLength": max, "pattern": noControls}
}

// ID is an opaque id as the system gives them.
func ID() Schema { return Schema{"type": "string", "pattern": "^[a-z2-7]{16}$"} }

// Token is a secret of a link.
func Token() Schema { return Schema{"type": "string", "pattern": "^[a-z2-7]{32}$"} }

// Date is a civil date.
func Date() Schema {
	return Schema{"type": "string", "format": "date", "pattern": `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`}
}

// ClockTime is a wall clock time on a quarter of an hour, up to 24:00.
func ClockTime() Schema {
	return Schema{"type": "string", "pattern": `^(([01][0-9]|2[0-3]):(00|15|30|45)|24:00)$`}
}

// Instant is a UTC instant of RFC 3339.
func Instant() Schema { return Schema{"type": "string", "format": "date-time"} }

// Email is an e-mail address of at most 254 characters (RFC 5321).
func Email() Schema {
	return Schema{"type": "string", "format": "email", "maxLength": 254, "pattern": `^[^@\x00-\x20\x7f]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,63}$`}
}

// Domain is a DNS name.
func Domain() Schema {
	return Schema{"type": "string", "maxLength": 253, "pattern": `^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$`}
}

// Language is one of those in which the system speaks.
func Language() Schema { return Enum("nl", "en") }

// Enum is one of these words.
func Enum(words ...string) Schema { return Schema{"type": "string", "enum": words} }

// Boolean is true or false.
func Boolean() Schema { return Schema{"type": "boolean"} }

// Integer is a whole number from min to max.
func Integer(min, max int) Schema {
	return Schema{"type": "integer", "minimum": min, "maximum": max}
}

// Number is a number from min to max.
func Number(min, max float64) Schema {
	return Schema{"type": "number", "minimum": min, "maximum": max}
}

// List is an array of at most max.
func List(of Schema, max int) Schema {
	return Schema{"type": "array", "items": of, "maxItems": max}
}

// Map is an object whose members have any name and this shape, for answers.
func Map(of Schema) Schema { return Schema{"type": "object", "additionalProperties": of} }

// Nullable also takes null, which clears the value.
func Nullable(schema Schema) Schema {
	return Schema{"oneOf": []any{schema, Schema{"type": "null"}}}
}

// Described adds a description.
func (s Schema) Described(text string) Schema {
	described := Schema{"description": text}
	for name, value := range s {
		described[name] = value
	}
	return described
}
