package web_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/webtest"
)

// A maker makes values that are somewhere near what is declared.
type maker struct{ *rand.Rand }

var odd = []any{nil, true, false, 0.0, -1.0, 1.5, 3.0, 1e9, "", " ", "x", "é", "a\u200bb", strings.Repeat("é", 300),
	"2026-11-23", "2026-02-30", "2026-11-23T08:00:00Z", "09:00", "24:00", "09:01", "ann@example.com",
	"a..b@example.com",
	`"a"@example.com`, "a@-x.com", "https://example.com/x", "/x", strings.Repeat("a", 16), strings.Repeat("b", 32),
	"nl",
	[]any{}, []any{"a", "a"}, map[string]any{}, map[string]any{"x/y~z": 1.0}}

func (m maker) value(declared api.Schema) any {
	if m.IntN(8) == 0 {
		return odd[m.IntN(len(odd))]
	}
	switch declared["type"] {
	case "object":
		return m.object(declared)
	case "array":
		items := []any{}
		for range m.size(declared, "minItems", "maxItems") {
			items = append(items, m.value(declared["items"].(api.Schema)))
		}
		return items
	case "integer", "number":
		bounds := []any{declared["minimum"], declared["maximum"], m.IntN(400) - 20}
		switch bound := bounds[m.IntN(3)].(type) {
		case int:
			return float64(bound) + float64(m.IntN(3)-1)/float64(1+m.IntN(2))
		case float64:
			return bound + float64(m.IntN(3)-1)/4
		}
		return 0.5
	case "boolean":
		return m.IntN(2) == 0
	case "null":
		return nil
	}
	if of, ok := declared["oneOf"].([]any); ok {
		return m.value(of[m.IntN(len(of))].(api.Schema))
	}
	if words, ok := declared["enum"].([]string); ok {
		return words[m.IntN(len(words))]
	}
	if m.IntN(3) == 0 {
		return strings.Repeat("é", m.size(declared, "minLength", "maxLength"))
	}
	return odd[m.IntN(len(odd))]
}

// size is one beside what is declared, just within or without.
func (m maker) size(declared api.Schema, least, most string) int {
	bounds := []any{declared[least], declared[most], m.IntN(4)}
	if bound, ok := bounds[m.IntN(3)].(int); ok && bound <= 1000 {
		return max(0, bound+m.IntN(3)-1)
	}
	return m.IntN(4)
}

func (m maker) object(declared api.Schema) any {
	members := map[string]any{}
	for name, property := range declared["properties"].(map[string]any) {
		if m.IntN(6) > 0 {
			members[name] = m.value(property.(api.Schema))
		}
	}
	if m.IntN(6) == 0 {
		members[[]string{"more", "a/b~c", strings.Repeat("n", 70)}[m.IntN(3)]] = 1.0
	}
	return members
}

// Whatever is sent, our own validator finds what one for all of JSON Schema finds, in the same words.
func TestARequestIsValidatedAsJSONSchemaHasIt(t *testing.T) {
	seed := rand.Uint64()
	m := maker{rand.New(rand.NewPCG(seed, 0))}
	compared, refused := 0, 0
	hold := func(operation string, declared api.Schema) {
		oracle, err := webtest.Compile(declared)
		require.NoError(t, err, operation)
		for range 60 {
			value := m.value(declared)
			found, err := web.Wrong(declared, value)
			require.NoError(t, err, operation)
			text, err := json.Marshal(value)
			require.NoError(t, err)
			wanted := webtest.Wrong(oracle, value)
			require.ElementsMatch(t, wanted, found, "seed %d, %s: %s", seed, operation, text)
			compared++
			if len(found) > 0 {
				refused++
			}
		}
	}
	for _, operation := range append(api.Operations(), plant) {
		if operation.Body != nil {
			hold(operation.ID, operation.Body)
		}
		for _, parameter := range operation.Parameters {
			hold(operation.ID+" "+parameter.Name, parameter.Schema)
		}
	}
	require.Greater(t, refused, compared/10)
	require.Greater(t, compared-refused, compared/20)
}

func TestADeclarationWithAKeywordThatIsNotValidatedIsRefused(t *testing.T) {
	for _, declared := range []api.Schema{{"type": "string", "not": api.Boolean()},
		{"type": "array", "uniqueItems": true},
		{"format": "ipv6"}, {"multipleOf": 2}, {"properties": map[string]any{"x": api.Schema{"allOf": []any{}}}}} {
		_, err := web.Wrong(declared, "x")
		require.Error(t, err, "%v", declared)
	}
}
