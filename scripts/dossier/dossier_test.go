package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/iotspot/iotspot/shared/privacy"
)

func ours(t *testing.T) deployment {
	t.Helper()
	d, err := configured("../../cdk.json")
	require.NoError(t, err)
	return d
}

func TestTheDossierIsThatOfTheRegisterTheCatalogAndTheConfiguration(t *testing.T) {
	kept, err := os.ReadFile("DOSSIER.md")
	require.NoError(t, err)
	require.Equal(t, ours(t).markdown(), string(kept), "run go run ./scripts/dossier")
}

func TestEveryKindStandsInTheRecordTheMapAndTheScheduleWithNothingLeftEmpty(t *testing.T) {
	parts := ours(t).parts()
	for _, p := range parts[:3] {
		require.Len(t, p.Rows, len(privacy.Kinds), p.Title)
		for i, kind := range privacy.Kinds {
			require.Equal(t, string(kind.Clause), p.Rows[i][0])
			for n, cell := range p.Rows[i] {
				require.True(t, cell != "" || p.Head[n] == "other functions" || p.Head[n] == "store: item",
					"%s of %s",
					p.Head[n], kind.Clause)
			}
		}
	}
	for _, p := range parts {
		for _, row := range p.Rows {
			require.Len(t, row, len(p.Head), p.Title)
		}
	}
}

func TestWhatOnlyPeopleCanDecideIsAMarkedBlank(t *testing.T) {
	text := ours(t).markdown()
	for _, decided := range []string{"data protection officer", "works council", "what risk remains", "72 hours",
		"which party is controller"} {
		require.Contains(t, text, decided)
	}
	require.Greater(t, strings.Count(text, blank), 10)
}

func TestThePageToPrintIsWholeAndLoadsNothing(t *testing.T) {
	page := ours(t).page()
	for _, p := range ours(t).parts() {
		require.Contains(t, page, "<h2>"+html.EscapeString(p.Title)+"</h2>")
	}
	for _, forbidden := range []string{"<script", "src=", "<link", "url("} {
		require.NotContains(t, page, forbidden)
	}
}
