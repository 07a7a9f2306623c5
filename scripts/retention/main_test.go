package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/privacy"
)

const root = "../.."

func TestTheTablesAreThoseOfTheRegisterAndOfTheTests(t *testing.T) {
	pages, err := tables(root)
	require.NoError(t, err)
	for name, wanted := range pages {
		text, err := os.ReadFile(filepath.Join(root, name))
		require.NoError(t, err)
		require.Equal(t, wanted, string(text), "%s: run go run ./scripts/retention", name)
	}
}

func TestEveryClauseHasWhatEnforcesItAndATestThatNamesIt(t *testing.T) {
	found, err := proofs(root)
	require.NoError(t, err)
	for _, promise := range privacy.Promises {
		require.NotEmpty(t, promise.By, promise.Clause)
		require.True(t, slices.ContainsFunc(found[promise.Clause],
			func(p proof) bool { return p.Test == promise.Proof }),
			"%s is to be proved by %s, which is not there or doesn't name it", promise.Clause, promise.Proof)
		_, kind := privacy.KindOf(promise.Clause)
		require.True(t, kind || promise.What != "", "%s says what is promised", promise.Clause)
	}
	for _, kind := range privacy.Kinds {
		require.GreaterOrEqual(t, place(kind.Clause), 0, "%s is promised", kind.Clause)
	}
}

func TestClausesAreFoundInNamesCommentsAndRows(t *testing.T) {
	for text, clauses := range map[string][]privacy.Clause{
		spelled("TestSo_4_d_4_8_security"):        {"4.d.4", "8.security"},
		spelled("TestSo_4_b_1_to_4_b_5"):          {"4.b.1", "4.b.3", "4.b.5"},
		spelled("Test10Share_TheURLIsNothing"):    {"10.share"},
		spelled("TestSo_3_g_3_h"):                 {"3.g", "3.h"},
		spelled("TestSo_s_code_7_erase"):          {"s.code", "7.erase"},
		"Clauses 3.a to 3.c, and 7.erase.":        {"3.a", "3.b", "3.c", "7.erase"},
		"An hour after 4.e.2 (s.code): 2.consent": {"4.e.2", "s.code", "2.consent"},
		"In 3.1 seconds, by s.Codes and 14.a":     nil,
	} {
		var seen []privacy.Clause
		names := mentions(text)
		for _, promise := range privacy.Promises {
			if names(promise.Clause) {
				seen = append(seen, promise.Clause)
			}
		}
		require.Subset(t, seen, clauses, text)
		if clauses == nil {
			require.Empty(t, seen, text)
		}
	}
}
