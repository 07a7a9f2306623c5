package api_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/web/webtest"
)

func each(t *testing.T, check func(t *testing.T, operation api.Operation)) {
	for _, operation := range api.Operations() {
		t.Run(operation.ID, func(t *testing.T) { check(t, operation) })
	}
}

func TestNoTwoOperationsShareAnIDOrARoute(t *testing.T) {
	seen := map[string]bool{}
	for _, operation := range api.Operations() {
		require.False(t, seen[operation.ID], operation.ID)
		require.False(t, seen[operation.RouteKey()], operation.RouteKey())
		seen[operation.ID], seen[operation.RouteKey()] = true, true
	}
}

func TestIDsAreNamesThatProgramsCanUse(t *testing.T) {
	each(t, func(t *testing.T, operation api.Operation) {
		require.Regexp(t, "^[a-z][A-Za-z]+$", operation.ID)
	})
}

func TestEveryPatternIsExplainedInWords(t *testing.T) {
	each(t, func(t *testing.T, operation api.Operation) {
		explained := func(schema *api.Schema) {
			if schema.Pattern != "" {
				require.NotEmpty(t, schema.Shape, "declare %s with api.Pattern", schema.Pattern)
				require.NotRegexp(t, `\\[pPAzZdDwWsSb]|\(\?|[^\x20-\x7e]`, schema.Pattern,
					"not every engine reads it alike")
			}
		}
		webtest.Each(operation.Body, explained)
		for _, parameter := range operation.Parameters {
			webtest.Each(parameter.Schema, explained)
		}
	})
}

func TestEveryFormatIsExplainedInWordsAndOursAreAsserted(t *testing.T) {
	accepted := map[string][]string{
		"line":        {"Café Δ 王 \U0001f600", ""},
		"typed-email": {"ann@example.com", "\ufeff ann@example.com\u00a0\u200b"},
		"typed-code":  {"1234 5678", "１２３４\u2013５６７８ 9012\u200b"},
	}
	for format, accepts := range api.Formats {
		require.NotEqual(t, format, api.AcceptedFormat(format))
		require.NotEmpty(t, accepted[format], format)
		for _, text := range accepted[format] {
			require.True(t, accepts(text), "%s: %q", format, text)
		}
		require.False(t, accepts("two\nlines"), format)
	}
}

func TestEveryOperationIsServedByAFunctionOfItsName(t *testing.T) {
	each(t, func(t *testing.T, operation api.Operation) {
		_, err := os.Stat(filepath.Join("..", "..", "functions", operation.Function, "main.go"))
		require.NoError(t, err)
	})
}

func TestEveryOperationIsDescribed(t *testing.T) {
	each(t, func(t *testing.T, operation api.Operation) {
		require.NotEmpty(t, operation.Summary)
		require.False(t, strings.HasSuffix(operation.Summary, "."), "the page adds the full stop")
		require.NotZero(t, operation.Status)
		require.True(t, operation.Body == nil || operation.Content == nil, "a body is JSON or it is not")
		require.Equal(t, operation.Status == 204, operation.Answer == nil && operation.Media == "",
			"204 has no body, all else has one")
		require.False(t, operation.Body != nil && operation.Request == nil, "an example of the body is missing")
		require.False(t, operation.Answer != nil && operation.Example == nil, "an example of the answer is missing")
		for _, parameter := range operation.Parameters {
			require.NotEmpty(t, parameter.Detail, parameter.Name)
		}
	})
}

var inPath = regexp.MustCompile(`\{([a-z_]+)\}`)

func TestThePathsParametersAreThoseDeclared(t *testing.T) {
	each(t, func(t *testing.T, operation api.Operation) {
		var expected, declared []string
		for _, found := range inPath.FindAllStringSubmatch(operation.Path, -1) {
			expected = append(expected, found[1])
		}
		for _, parameter := range operation.Parameters {
			if parameter.In == "path" {
				require.True(t, parameter.Required)
				declared = append(declared, parameter.Name)
			} else {
				require.Contains(t, []string{"query", "header"}, parameter.In)
			}
		}
		require.ElementsMatch(t, expected, declared)
		require.NotContains(t, operation.Path, "//")
	})
}

func TestNothingInTheOneObjectOfAUseCaseHasTwoSources(t *testing.T) {
	each(t, func(t *testing.T, operation api.Operation) {
		seen := map[string]bool{"idempotency_key": operation.Keyed, "user_agent": operation.Agent,
			"content": operation.Content != nil, "content_type": operation.Content != nil}
		names := []string{}
		for _, parameter := range operation.Parameters {
			names = append(names, parameter.Name)
		}
		if operation.Body != nil {
			for _, field := range operation.Body.Fields {
				names = append(names, field.Name)
			}
		}
		for _, name := range names {
			require.False(t, seen[name], name)
			seen[name] = true
		}
	})
}

func TestEveryExampleIsAcceptedByItsOwnSchema(t *testing.T) {
	each(t, func(t *testing.T, operation api.Operation) {
		fits(t, operation.Body, operation.Request)
		fits(t, operation.Answer, operation.Example)
	})
}

func fits(t *testing.T, schema *api.Schema, example any) {
	t.Helper()
	if schema == nil {
		return
	}
	compiled, err := webtest.Compile(schema)
	require.NoError(t, err)
	text, err := json.Marshal(example)
	require.NoError(t, err)
	var value any
	require.NoError(t, json.Unmarshal(text, &value))
	require.NoError(t, compiled.Validate(value))
}

func TestWhatMayBeSentIsBoundedInEveryPart(t *testing.T) {
	each(t, func(t *testing.T, operation api.Operation) {
		for _, parameter := range operation.Parameters {
			bounded(t, parameter.Name, parameter.Schema)
		}
		if operation.Body != nil {
			bounded(t, "body", operation.Body)
			require.False(t, operation.Body.Open, "unknown members are refused")
		}
		if operation.Content != nil {
			require.NotEmpty(t, operation.Content.Types)
			require.Positive(t, operation.Content.MaxBytes)
			require.LessOrEqual(t, operation.Content.MaxBytes, 4<<20,
				"a Lambda's payload is 6 MB at most, base64 included")
		}
	})
}

// bounded checks that a schema limits everything: texts in length, lists in size, objects to known members. A number
// has no declaration without its bounds.
func bounded(t *testing.T, at string, schema *api.Schema) {
	t.Helper()
	for _, choice := range schema.OneOf {
		bounded(t, at, choice)
	}
	switch schema.Type {
	case "object":
		require.False(t, schema.Open, at)
		require.Nil(t, schema.Values, at)
		for _, member := range schema.Fields {
			bounded(t, at+"/"+member.Name, member.Schema)
		}
	case "array":
		require.Positive(t, schema.Max, at)
		bounded(t, at+"/*", schema.Items)
	case "string":
		require.True(t, limited(schema), "%s: a text without a limit", at)
	case "integer", "number", "boolean", "null":
	default:
		require.NotEmpty(t, schema.OneOf, "%s: a schema without a type", at)
	}
}

func limited(schema *api.Schema) bool {
	if schema.Enum != nil || schema.Max > 0 || schema.Format == "date" || schema.Format == "date-time" {
		return true
	}
	return strings.HasPrefix(schema.Pattern, "^") && strings.HasSuffix(schema.Pattern, "$") &&
		!strings.ContainsAny(strings.NewReplacer(`\+`, "", `\*`, "").Replace(schema.Pattern), "+*")
}

// What is kept of our own staff is changed by the operator's command, and not by any interface.
func TestEveryKindOfDataOfAPersonIsChangedOrRemovedByAnOperationThatTheyMayCall_7_rectify(t *testing.T) {
	known := map[string]api.Operation{}
	for _, operation := range api.Operations() {
		known[operation.ID] = operation
	}
	for kind := range privacy.OfPersons() {
		if kind.Clause == "6.staff" {
			continue
		}
		require.NotEmpty(t, kind.By, "%s can't be changed or removed", kind.Clause)
		for _, id := range kind.By {
			operation, ok := known[id]
			require.True(t, ok, "%s names %s, which is no operation", kind.Clause, id)
			require.NotEqual(t, "GET", operation.Method, "%s: %s changes nothing", kind.Clause, id)
			mine := operation.Public() || slices.ContainsFunc(operation.Roles,
				func(r identity.Role) bool { return r == identity.User || r == identity.Guest })
			require.True(t, mine, "%s: %s is not for the person themselves", kind.Clause, id)
		}
	}
}
