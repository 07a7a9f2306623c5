package api

import (
	"encoding/json"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
)

// The patterns, in the syntax that every engine reads without a flag, Go's and ECMA 262's among them.
const (
	idPattern      = "^[a-z2-7]{16}$"
	tokenShape     = "^[a-z2-7]{32}$"
	dateShape      = `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`
	clockShape     = `^(([01][0-9]|2[0-3]):(00|15|30|45)|24:00)$`
	emailShape     = `^` + mailbox + `$`
	mailbox        = `[^@\x00-\x20\x7f]+@[A-Za-z0-9.-]+\.` + topLevel
	base64URLShape = "^[A-Za-z0-9_-]+$"
	domainShape    = `^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+` + topLevel + `$`
	topLevel       = `([A-Za-z]{2,63}|[Xx][Nn]--[A-Za-z0-9-]{0,57}[A-Za-z0-9])`
)

// Pattern is a text of a shape, with words that say what it accepts.
func Pattern(pattern, words string) *Schema {
	return &Schema{Type: "string", Pattern: pattern, Shape: words}
}

// The names of our own formats: shapes of text that need Unicode's classes, which a pattern can name only for engines
// that set a flag. Others take them for annotations.
const (
	lineFormat       = "line"
	typedEmailFormat = "typed-email"
	typedCodeFormat  = "typed-code"
)

// Formats tell of each format of our own whether a text has it. That a text is empty is minLength's to say.
var Formats = map[string]func(string) bool{
	lineFormat:       func(text string) bool { return text == "" || identity.IsLine(text) },
	typedEmailFormat: func(text string) bool { _, ok := identity.ParseEmail(text); return ok },
	typedCodeFormat:  secret.IsTyped,
}

// formatWords say in words what the formats accept.
var formatWords = map[string]string{
	"date": "a date that the calendar has, as 2026-11-22", "uri": "an absolute URI",
	"date-time": "an instant of RFC 3339, as 2026-11-22T08:15:00Z", "email": "an e-mail address",
	lineFormat:       "a line of text, not blank and without control characters or others that can't be seen",
	typedEmailFormat: "an e-mail address", typedCodeFormat: "a code as it was mailed: 8 or 12 digits",
}

// AcceptedFormat says in words what a format accepts.
func AcceptedFormat(format string) string {
	if words, ok := formatWords[format]; ok {
		return words
	}
	return format
}

// A Schema says what a value looks like, with the part of JSON Schema (draft 2020-12, which is what OpenAPI 3.1
// holds) that operations are declared with. One without a Type accepts anything, or one of its OneOf. It is never
// changed once it is made, so that many fields can share one.
type Schema struct {
	Type        string // of JSON; "" is any
	Description string

	Format   string // of a text: one of JSON Schema's own, or of Formats
	Pattern  string // of a text
	Shape    string // what the pattern accepts in words, for the one who sent something else
	Encoding string // contentEncoding of a text that holds bytes
	Enum     []string

	Fields []Field // of an object, which has no others
	Open   bool    // the object may have others too
	Values *Schema // of an object whose members have any name

	Items *Schema // of an array
	OneOf []*Schema

	// Min and Max bound a number, the characters of a text, or the items of an array; there 0 is no bound.
	Min, Max float64
}

// A Field is a member of an object.
type Field struct {
	Name     string
	Required bool
	Schema   *Schema
}

// Must and May declare members of an object.
func Must(name string, schema *Schema) Field {
	return Field{Name: name, Required: true, Schema: schema}
}

// May declares a member that can be left out.
func May(name string, schema *Schema) Field { return Field{Name: name, Schema: schema} }

// Field finds a member of an object by its name; nil when there is none.
func (s *Schema) Field(name string) *Schema {
	for _, field := range s.Fields {
		if field.Name == name {
			return field.Schema
		}
	}
	return nil
}

// Required are the names of the members that an object can't be without.
func (s *Schema) Required() []string {
	var names []string
	for _, field := range s.Fields {
		if field.Required {
			names = append(names, field.Name)
		}
	}
	return names
}

// Object is an object with these members and no others.
func Object(fields ...Field) *Schema { return &Schema{Type: "object", Fields: fields} }

// Text is a line of text without characters that can't be seen, not blank, of at most max characters.
func Text(max int) *Schema {
	return &Schema{Type: "string", Min: 1, Max: float64(max), Format: lineFormat}
}

// ID is an opaque id as the system gives them.
func ID() *Schema { return Pattern(idPattern, "an id: 16 characters of a-z and 2-7") }

// Token is a secret of a link.
func Token() *Schema { return Pattern(tokenShape, "a token: 32 characters of a-z and 2-7") }

// Date is a civil date.
func Date() *Schema {
	date := Pattern(dateShape, "a date, as 2026-11-22")
	date.Format = "date"
	return date
}

// ClockTime is a wall clock time on a quarter of an hour, up to 24:00.
func ClockTime() *Schema {
	return Pattern(clockShape, "a quarter of an hour from 00:00 to 24:00, as 09:15")
}

// Instant is a UTC instant of RFC 3339.
func Instant() *Schema { return &Schema{Type: "string", Format: "date-time"} }

// URI is an absolute address.
func URI() *Schema { return &Schema{Type: "string", Format: "uri"} }

// Email is an e-mail address of at most 254 characters (RFC 5321).
func Email() *Schema {
	address := Pattern(emailShape, "an e-mail address")
	address.Format, address.Max = "email", 254
	return address
}

// TypedEmail is one as people type or paste it: blanks and what can't be seen around it are left out.
func TypedEmail() *Schema { return &Schema{Type: "string", Max: 300, Format: typedEmailFormat} }

// TypedCode is a code as it is mailed, and as people type or paste it: blanks and dashes count for nothing, and
// digits of any script or width are taken.
func TypedCode() *Schema { return &Schema{Type: "string", Max: 60, Format: typedCodeFormat} }

// Domain is a DNS name.
func Domain() *Schema {
	domain := Pattern(domainShape, "a domain name, as example.org")
	domain.Max = 253
	return domain
}

// Language is one of those in which the system speaks.
func Language() *Schema { return Enum("nl", "en") }

// Enum is one of these words.
func Enum(words ...string) *Schema { return &Schema{Type: "string", Enum: words} }

// Boolean is true or false.
func Boolean() *Schema { return &Schema{Type: "boolean"} }

// Integer is a whole number from min to max.
func Integer(min, max int) *Schema {
	return &Schema{Type: "integer", Min: float64(min), Max: float64(max)}
}

// Number is a number from min to max.
func Number(min, max float64) *Schema { return &Schema{Type: "number", Min: min, Max: max} }

// List is an array of at most max.
func List(of *Schema, max int) *Schema {
	return &Schema{Type: "array", Items: of, Max: float64(max)}
}

// FilledList is an array of at least one and at most max.
func FilledList(of *Schema, max int) *Schema {
	return &Schema{Type: "array", Items: of, Min: 1, Max: float64(max)}
}

// Map is an object whose members have any name and this shape, for answers.
func Map(of *Schema) *Schema { return &Schema{Type: "object", Values: of} }

// Nullable also takes null, which clears the value.
func Nullable(schema *Schema) *Schema {
	return &Schema{OneOf: []*Schema{schema, {Type: "null"}}}
}

// Described adds a description.
func (s *Schema) Described(text string) *Schema {
	described := *s
	described.Description = text
	return &described
}

// MarshalJSON writes it as JSON Schema has it.
func (s *Schema) MarshalJSON() ([]byte, error) {
	document := map[string]any{}
	for keyword, text := range map[string]string{"type": s.Type, "description": s.Description, "format": s.Format,
		"pattern": s.Pattern, "contentEncoding": s.Encoding} {
		if text != "" {
			document[keyword] = text
		}
	}
	if s.Enum != nil {
		document["enum"] = s.Enum
	}
	if s.OneOf != nil {
		document["oneOf"] = s.OneOf
	}
	switch s.Type {
	case "object":
		s.writeMembers(document)
	case "array":
		document["items"] = s.Items
		s.writeBounds(document, "minItems", "maxItems")
	case "string":
		s.writeBounds(document, "minLength", "maxLength")
	case "integer", "number":
		document["minimum"], document["maximum"] = s.Min, s.Max
	}
	return json.Marshal(document)
}

func (s *Schema) writeMembers(document map[string]any) {
	if s.Values != nil {
		document["additionalProperties"] = s.Values
		return
	}
	properties := map[string]any{}
	for _, field := range s.Fields {
		properties[field.Name] = field.Schema
	}
	document["properties"], document["additionalProperties"] = properties, s.Open
	if required := s.Required(); required != nil {
		document["required"] = required
	}
}

func (s *Schema) writeBounds(document map[string]any, least, most string) {
	if s.Min > 0 {
		document[least] = s.Min
	}
	if s.Max > 0 {
		document[most] = s.Max
	}
}
