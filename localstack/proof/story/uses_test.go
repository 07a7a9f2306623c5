package story

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/guard"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/catalog"
)

// observed gathers which kinds of data functions use from now on.
func observed(s *stack.Stack) (uses func() []guard.Use) {
	var mu sync.Mutex
	seen := map[guard.Use]bool{}
	s.Observe(func(use guard.Use) {
		mu.Lock()
		defer mu.Unlock()
		seen[use] = true
	})
	return func() []guard.Use {
		mu.Lock()
		defer mu.Unlock()
		return slices.Collect(maps.Keys(seen))
	}
}

// against holds what was seen against the one list, in both directions. What has every kind in hand is not seen with
// each in one day.
func against(t *testing.T, seen []guard.Use) {
	t.Helper()
	var without, unused []string
	for _, use := range seen {
		if use == (guard.Use{Function: "audit", Kind: guard.Undeclared}) {
			continue // what the story plants for it to find
		}
		if !slices.ContainsFunc(catalog.Uses[use.Function], func(u catalog.Use) bool { return u.Covers(use.Kind) }) {
			without = append(without, fmt.Sprint(use.Function, " ", use.Kind))
		}
	}
	for function, uses := range catalog.Uses {
		for _, use := range uses {
			for _, kind := range use.Kinds {
				one := catalog.Use{Kinds: []catalog.Part{kind}}
				if !slices.ContainsFunc(seen, func(u guard.Use) bool {
					return u.Function == function &&
						one.Covers(u.Kind)
				}) {
					unused = append(unused, fmt.Sprint(function, " ", kind))
				}
			}
		}
	}
	slices.Sort(without)
	require.Empty(t, without, "kinds of data that a function uses without a purpose")
	require.Empty(t, unused, "kinds of data that a function is given and does not use")
}
