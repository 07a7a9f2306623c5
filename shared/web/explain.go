package web

import (
	"fmt"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/problem"
)

// explain says what is wrong at a pointer and what would be right. It never quotes the value, which can be personal.
func explain(pointer string, wrong jsonschema.ErrorKind) []problem.Field {
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
		return one("is not well-formed", api.AcceptedPattern(e.Want))
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
