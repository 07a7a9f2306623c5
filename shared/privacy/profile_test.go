package privacy_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/privacy"
)

func TestEachOptionalItemIsOneFieldOfOneNameThatItHidesAlone_4_b_7_shield(t *testing.T) {
	fields := reflect.TypeFor[privacy.Optional]()
	require.Equal(t, fields.NumField(), len(privacy.OptionalItems))
	example := map[string]any{}
	for i, item := range privacy.OptionalItems {
		field := fields.Field(i)
		require.Equal(t, item.Name+",omitempty", field.Tag.Get("json"), field.Name)
		require.Equal(t, item.Name+",omitempty", field.Tag.Get("dynamo"), field.Name)
		example[item.Name] = item.Example
	}
	for _, item := range privacy.OptionalItems {
		shown := optional(t, example)
		item.Hide(&shown)
		left, err := json.Marshal(shown)
		require.NoError(t, err)
		var members map[string]any
		require.NoError(t, json.Unmarshal(left, &members))
		require.NotContains(t, members, item.Name)
		require.Len(t, members, len(example)-1, "%s hides itself alone", item.Name)
	}
}

func optional(t *testing.T, members map[string]any) (given privacy.Optional) {
	t.Helper()
	text, err := json.Marshal(members)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &given))
	return given
}

func TestWhatOthersSeeOfWhoChoseNothingIsTheNameAndTheCustomer_7_shield(t *testing.T) {
	require.Subset(t, privacy.Hideable(), []privacy.Clause{"4.a.1", "4.a.2", "4.b.6", "4.d.1", "4.d.4"})
	for _, item := range privacy.OptionalItems {
		require.Contains(t, privacy.HiddenByDefault(), item.Clause)
	}
	for _, kind := range privacy.Kinds {
		require.Equal(t, kind.Clause == "4.a.1" || kind.Clause == "4.d.1", privacy.ShownByDefault(kind.Clause),
			kind.Clause)
	}
}
