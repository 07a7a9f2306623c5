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

func (m maker) value(declared *api.Schema) any {
	if m.IntN(8) == 0 {
		return odd[m.IntN(len(odd))]
	}
	switch declared.Type {
	case "object":
		return m.object(declared)
	case "array":
		items := []any{}
		for range m.size(declared) {
			items = append(items, m.value(declared.Items))
		}
		return items
	case "integer", "number":
		bounds := []float64{declared.Min, declared.Max, float64(m.IntN(400) - 20)}
		return bounds[m.IntN(3)] + float64(m.IntN(3)-1)/float64(int(1)<<m.IntN(3))
	case "boolean":
		return m.IntN(2) == 0
	case "null":
		return nil
	}
	if of := declared.OneOf; of != nil {
		return m.value(of[m.IntN(len(of))])
	}
	if words := declared.Enum; words != nil {
		return words[m.IntN(len(words))]
	}
	if m.IntN(3) == 0 {
		return strings.Repeat("é", m.size(declared))
	}
	return odd[m.IntN(len(odd))]
}

// size is one beside what is declared, just within or without.
func (m maker) size(declared *api.Schema) int {
	bounds := []float64{declared.Min, declared.Max, float64(m.IntN(4))}
	if bound := int(bounds[m.IntN(3)]); bound <= 1000 {
		return max(0, bound+m.IntN(3)-1)
	}
	return m.IntN(4)
}

func (m maker) object(declared *api.Schema) any {
	members := map[string]any{}
	for _, field := range declared.Fields {
		if m.IntN(6) > 0 {
			members[field.Name] = m.value(field.Schema)
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
	hold := func(operation string, declared *api.Schema) {
		oracle, err := webtest.Compile(declared)
		require.NoError(t, err, operation)
		for range 60 {
			value := m.value(declared)
			found, err := web.Wrong(declared, value)
			require.NoError(t, err, operation)
			text, err := json.Marshal(value)
			require.NoError(t, err)
			wanted := oracle.Wrong(value)
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

func TestADeclarationWithAFormatThatIsNotValidatedIsRefused(t *testing.T) {
	for _, declared := range []*api.Schema{{Format: "ipv6"},
		api.Object(api.May("x", api.List(&api.Schema{Format: "uuid"}, 2))),
		api.Nullable(&api.Schema{Pattern: "("})} {
		_, err := web.Wrong(declared, "x")
		require.Error(t, err, "%v", declared)
	}
}
