package shared_test

import (
	"go/ast"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/privacy"
)

// The places of an optional item of the profile (4.b): it is declared in shared/privacy/profile.go, and the test holds
// that each of these follows from there. A new item is that declaration and a version of the statement.
func TestAnOptionalItemOfTheProfileIsDeclaredOnce_4_b(t *testing.T) {
	for _, item := range privacy.OptionalItems {
		kind, declared := privacy.KindOf(item.Clause)
		require.True(t, declared && kind.Optional, "%s: the register, statement and retention table", item.Name)
		require.Equal(t, item.Clause, privacy.User.Attributes[item.Name], "%s: storage", item.Name)
		require.NotNil(t, api.ReadProfile.Operation().Answer.Field(item.Name), "the profile")
		require.NotNil(t, api.ChangeProfile.Operation().Body.Field(item.Name), "the change")
		require.NotNil(t, api.ShowColleague.Operation().Answer.Field(item.Name), "what colleagues see")
		require.Contains(t, privacy.Hideable(), item.Clause, "%s: the shield", item.Name)
	}
	for _, s := range sources(t) {
		if s.test() || s.in("localstack") || s.Path == "shared/privacy/profile.go" {
			continue
		}
		for _, item := range privacy.OptionalItems {
			if writes(s.File, item.Name) && s.Path != patchExample {
				t.Errorf("%s names %q; it follows from shared/privacy/profile.go", s.Path, item.Name)
			}
		}
	}
}

// patchExample is where the example of a patch changes one item and clears another.
const patchExample = "shared/api/profile.go"

// writes tells whether a file has the text as a literal of its own.
func writes(file *ast.File, text string) bool {
	found := false
	ast.Inspect(file, func(node ast.Node) bool {
		literal, ok := node.(*ast.BasicLit)
		found = found || ok && literal.Value == strconv.Quote(text)
		return true
	})
	return found
}
