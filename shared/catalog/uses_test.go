package catalog_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/privacy"
)

// The story in localstack sees to it that functions use nothing but what is listed.
func TestNoFunctionUsesAKindOfDataForAPurposeThatTheKindDoesNotServe_5_purpose(t *testing.T) {
	for function, uses := range catalog.Uses {
		require.True(t, slices.ContainsFunc(catalog.Functions,
			func(f catalog.Function) bool { return f.Name == function }), function)
		for _, use := range uses {
			if use.Every {
				require.Empty(t, use.Kinds, function)
				require.Contains(t, privacy.CommonPurposes, use.For, function)
				continue
			}
			for _, part := range use.Kinds {
				declared := 0
				for _, kind := range privacy.Kinds {
					if part.Has(kind.Clause) {
						declared++
						require.Contains(t, kind.Purposes, use.For, "%s uses %s", function, kind.Clause)
					}
				}
				require.NotZero(t, declared, "%s uses %s, which nobody declares", function, part)
			}
		}
	}
}

func TestAPartOfTheStatementIsAClauseOrAllThatBeginsWithIt(t *testing.T) {
	require.True(t, catalog.Part("4.d.1").Has("4.d.1"))
	require.True(t, catalog.Part("4.d").Has("4.d.1"))
	require.False(t, catalog.Part("4.d").Has("4.e.1"))
	require.False(t, catalog.Part("4.d.1").Has("4.d.11"))
	require.False(t, catalog.Use{Every: true}.Covers("undeclared"), "of every kind means every one that is declared")
}
