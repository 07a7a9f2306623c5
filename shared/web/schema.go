package web

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/problem"
)

// A schema is a declared one, ready to validate with. It knows the part of JSON Schema that requests are declared
// with, and compiles in a hundredth of the time that a validator for all of it takes to begin. A test holds it
// against one.
type schema struct {
	kind           string // the JSON type; "" for any
	properties     map[string]*schema
	required       []string
	closed         bool // it has no other members
	items          *schema
	oneOf          []*schema
	enum           []string
	format         string
	has            func(text string) bool // the format
	pattern        *regexp.Regexp
	minLen, maxLen int // -1 for none
	min, max       *bound
}

// A bound is a number that another one may not pass.
type bound struct {
	number float64
	words  string
}

// compileSchema gives an error for a declaration that has a keyword or a format which is not known here.
func compileSchema(declared api.Schema) (*schema, error) {
	s := &schema{minLen: -1, maxLen: -1}
	for keyword, value := range declared {
		if err := s.take(keyword, value); err != nil {
			return nil, fmt.Errorf("%s: %w", keyword, err)
		}
	}
	return s, nil
}

func (s *schema) take(keyword string, value any) (err error) {
	switch value := value.(type) {
	case string:
		return s.takeText(keyword, value)
	case int:
		return s.takeNumber(keyword, float64(value))
	case float64:
		return s.takeNumber(keyword, value)
	case bool:
		if s.closed = keyword == "additionalProperties" && !value; s.closed {
			return nil
		}
	case []string:
		switch keyword {
		case "required":
			s.required = value
			return nil
		case "enum":
			s.enum = value
			return nil
		}
	case []any:
		if keyword == "oneOf" {
			return s.takeAlternatives(value)
		}
	case map[string]any:
		if keyword == "properties" {
			return s.takeProperties(value)
		}
	case api.Schema:
		if keyword == "items" {
			s.items, err = compileSchema(value)
			return err
		}
	}
	return errUnknownKeyword
}

var errUnknownKeyword = fmt.Errorf("web: not a keyword that requests are validated by")

func (s *schema) takeText(keyword, value string) (err error) {
	switch keyword {
	case "type":
		s.kind = value
	case "format":
		if s.format, s.has = value, formats[value]; s.has == nil {
			s.has = api.Formats[value]
		}
		if s.has == nil {
			return errUnknownKeyword
		}
	case "pattern":
		s.pattern, err = regexp.Compile(value)
	case "description":
	default:
		return errUnknownKeyword
	}
	return err
}

func (s *schema) takeNumber(keyword string, value float64) error {
	switch keyword {
	case "minLength", "minItems":
		s.minLen = int(value)
	case "maxLength", "maxItems":
		s.maxLen = int(value)
	case "minimum":
		s.min = boundOf(value)
	case "maximum":
		s.max = boundOf(value)
	default:
		return errUnknownKeyword
	}
	return nil
}

func boundOf(number float64) *bound {
	exact, _ := new(big.Rat).SetString(strconv.FormatFloat(number, 'g', -1, 64))
	return &bound{number, exact.RatString()}
}

func (s *schema) takeAlternatives(declared []any) error {
	for _, one := range declared {
		alternative, ok := one.(api.Schema)
		if !ok {
			return errUnknownKeyword
		}
		compiled, err := compileSchema(alternative)
		if err != nil {
			return err
		}
		s.oneOf = append(s.oneOf, compiled)
	}
	return nil
}

func (s *schema) takeProperties(declared map[string]any) (err error) {
	s.properties = make(map[string]*schema, len(declared))
	for name, property := range declared {
		of, ok := property.(api.Schema)
		if !ok {
			return errUnknownKeyword
		}
		if s.properties[name], err = compileSchema(of); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// A finding is what is wrong with a value, field by field.
type finding []problem.Field

func (f *finding) tell(pointer, detail, accepted string) {
	*f = append(*f, problem.Field{Pointer: pointer, Detail: detail, Accepted: accepted})
}

// check names what is wrong with a value at a pointer and what would be right. It never quotes the value, which can
// be personal.
func (s *schema) check(pointer string, value any, found *finding) {
	if s.kind != "" && !is(value, s.kind) {
		found.tell(pointer, "has the wrong type", s.kind)
		return
	}
	text, isText := value.(string)
	if s.enum != nil && !(isText && slices.Contains(s.enum, text)) {
		found.tell(pointer, "is not one of the accepted values", strings.Join(s.enum, ", "))
		return
	}
	if isText && s.has != nil && !s.has(text) {
		found.tell(pointer, "is not well-formed", api.AcceptedFormat(s.format))
		return
	}
	switch value := value.(type) {
	case map[string]any:
		s.checkMembers(pointer, value, found)
	case []any:
		s.checkItems(pointer, value, found)
	case string:
		s.checkText(pointer, value, found)
	case float64:
		if s.min != nil && value < s.min.number {
			found.tell(pointer, "is too small", "at least "+s.min.words)
		}
		if s.max != nil && value > s.max.number {
			found.tell(pointer, "is too large", "at most "+s.max.words)
		}
	}
	if s.oneOf != nil {
		s.checkAlternatives(pointer, value, found)
	}
}

// is reports whether a value that JSON was decoded into is of a JSON type.
func is(value any, kind string) bool {
	switch value := value.(type) {
	case nil:
		return kind == "null"
	case bool:
		return kind == "boolean"
	case string:
		return kind == "string"
	case float64:
		return kind == "number" || kind == "integer" && value == math.Trunc(value)
	case []any:
		return kind == "array"
	case map[string]any:
		return kind == "object"
	}
	return false
}

func (s *schema) checkMembers(pointer string, members map[string]any, found *finding) {
	for _, name := range s.required {
		if _, given := members[name]; !given {
			found.tell(pointer+"/"+escape(name), "is missing", "")
		}
	}
	for name, member := range members {
		at := pointer + "/" + escape(name)
		if property, known := s.properties[name]; known {
			property.check(at, member, found)
		} else if s.closed {
			found.tell(at, "is not known here", "")
		}
	}
}

func (s *schema) checkItems(pointer string, items []any, found *finding) {
	if s.minLen > len(items) {
		found.tell(pointer, "has too few items", fmt.Sprintf("at least %d", s.minLen))
	}
	if s.maxLen >= 0 && s.maxLen < len(items) {
		found.tell(pointer, "has too many items", fmt.Sprintf("at most %d", s.maxLen))
	}
	for i, item := range items {
		if s.items != nil {
			s.items.check(pointer+"/"+strconv.Itoa(i), item, found)
		}
	}
}

func (s *schema) checkText(pointer, text string, found *finding) {
	characters := utf8.RuneCountInString(text)
	if s.minLen > characters {
		found.tell(pointer, "is too short", fmt.Sprintf("at least %d characters", s.minLen))
	}
	if s.maxLen >= 0 && s.maxLen < characters {
		found.tell(pointer, "is too long", fmt.Sprintf("at most %d characters", s.maxLen))
	}
	if s.pattern != nil && !s.pattern.MatchString(text) {
		found.tell(pointer, "is not well-formed", api.AcceptedPattern(s.pattern.String()))
	}
}

// checkAlternatives explains a value that fits none by the alternative that was most likely meant; that is never
// null.
func (s *schema) checkAlternatives(pointer string, value any, found *finding) {
	var wrong finding
	fits := 0
	for _, alternative := range s.oneOf {
		var here finding
		alternative.check(pointer, value, &here)
		if len(here) == 0 {
			fits++
		} else if alternative.kind != "null" {
			wrong = append(wrong, here...)
		}
	}
	switch {
	case fits == 1:
	case fits > 1 || len(wrong) == 0:
		found.tell(pointer, "is not accepted", "")
	default:
		*found = append(*found, wrong...)
	}
}
