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

// A schema is a declared one, ready to validate with: its pattern compiled and its format looked up. It compiles in a
// hundredth of the time that a validator for all of JSON Schema takes to begin. A test holds it against one.
type schema struct {
	*api.Schema
	members  map[string]*schema
	required []string
	items    *schema
	oneOf    []*schema
	has      func(text string) bool // the format
	pattern  *regexp.Regexp
}

// compileSchema gives an error for a declaration with a format that is not known here.
func compileSchema(declared *api.Schema) (*schema, error) {
	s := &schema{Schema: declared, required: declared.Required(), members: map[string]*schema{}}
	if err := s.takeText(); err != nil {
		return nil, err
	}
	for _, field := range declared.Fields {
		member, err := compileSchema(field.Schema)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", field.Name, err)
		}
		s.members[field.Name] = member
	}
	for _, one := range declared.OneOf {
		alternative, err := compileSchema(one)
		if err != nil {
			return nil, err
		}
		s.oneOf = append(s.oneOf, alternative)
	}
	if declared.Items == nil {
		return s, nil
	}
	var err error
	s.items, err = compileSchema(declared.Items)
	return s, err
}

func (s *schema) takeText() (err error) {
	if s.Format != "" {
		if s.has = formats[s.Format]; s.has == nil {
			s.has = api.Formats[s.Format]
		}
		if s.has == nil {
			return fmt.Errorf("web: %q is not a format that requests are validated by", s.Format)
		}
	}
	if s.Pattern != "" {
		s.pattern, err = regexp.Compile(s.Pattern)
	}
	return err
}

// A finding is what is wrong with a value, field by field.
type finding []problem.Field

func (f *finding) tell(pointer, detail, accepted string) {
	*f = append(*f, problem.Field{Pointer: pointer, Detail: detail, Accepted: accepted})
}

// check names what is wrong with a value at a pointer and what would be right. It never quotes the value, which can
// be personal.
func (s *schema) check(pointer string, value any, found *finding) {
	if s.Type != "" && !is(value, s.Type) {
		found.tell(pointer, "has the wrong type", s.Type)
		return
	}
	text, isText := value.(string)
	if s.Enum != nil && !(isText && slices.Contains(s.Enum, text)) {
		found.tell(pointer, "is not one of the accepted values", strings.Join(s.Enum, ", "))
		return
	}
	if isText && s.has != nil && !s.has(text) {
		found.tell(pointer, "is not well-formed", api.AcceptedFormat(s.Format))
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
		s.checkNumber(pointer, value, found)
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
		if property, known := s.members[name]; known {
			property.check(at, member, found)
		} else if !s.Open && s.Type == "object" {
			found.tell(at, "is not known here", "")
		}
	}
}

func (s *schema) checkItems(pointer string, items []any, found *finding) {
	if least := int(s.Min); least > len(items) {
		found.tell(pointer, "has too few items", fmt.Sprintf("at least %d", least))
	}
	if most := int(s.Max); most > 0 && most < len(items) {
		found.tell(pointer, "has too many items", fmt.Sprintf("at most %d", most))
	}
	for i, item := range items {
		if s.items != nil {
			s.items.check(pointer+"/"+strconv.Itoa(i), item, found)
		}
	}
}

func (s *schema) checkText(pointer, text string, found *finding) {
	characters := utf8.RuneCountInString(text)
	if least := int(s.Min); least > characters {
		found.tell(pointer, "is too short", fmt.Sprintf("at least %d characters", least))
	}
	if most := int(s.Max); most > 0 && most < characters {
		found.tell(pointer, "is too long", fmt.Sprintf("at most %d characters", most))
	}
	if s.pattern != nil && !s.pattern.MatchString(text) {
		found.tell(pointer, "is not well-formed", s.Shape)
	}
}

func (s *schema) checkNumber(pointer string, number float64, found *finding) {
	if s.Type == "" {
		return
	}
	if number < s.Min {
		found.tell(pointer, "is too small", "at least "+exact(s.Min))
	}
	if number > s.Max {
		found.tell(pointer, "is too large", "at most "+exact(s.Max))
	}
}

// exact is a number without what its nearest float adds to it.
func exact(number float64) string {
	exact, _ := new(big.Rat).SetString(strconv.FormatFloat(number, 'g', -1, 64))
	return exact.RatString()
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
		} else if alternative.Type != "null" {
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
