package statement_test

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/statement"
	"github.com/iotspot/iotspot/shared/words"
)

var freeze = flag.Bool("archive", false, "put the version in force into the archive")

func TestTheVersionInForceIsTheLastOfAllThatCanBeRead_13_versions(t *testing.T) {
	require.Equal(t, privacy.StatementVersion, privacy.Issues[len(privacy.Issues)-1].Version)
	for i, issue := range privacy.Issues {
		require.NotEmpty(t, issue.Changes.NL)
		require.NotEmpty(t, issue.Changes.EN)
		require.True(t, i == 0 || privacy.Issues[i-1].Version < issue.Version, "the oldest first")
		for _, language := range []string{"nl", "en"} {
			told, err := publisher.Version(t.Context(), identity.Caller{},
				statement.Input{Language: language, Version: issue.Version})
			require.NoError(t, err)
			require.Equal(t, issue.Version, told.Version)
			require.NotEmpty(t, told.Chapters)
			require.Len(t, told.Versions, len(privacy.Issues))
		}
	}
	_, err := publisher.Version(t.Context(), identity.Caller{}, statement.Input{Version: "2020-01-01"})
	require.Equal(t, problem.Unknown(), err)
}

// 13.versions: what people agreed to is not changed behind their backs.
func TestTheTextOfAVersionIsAsItWasArchived_13_versions(t *testing.T) {
	for _, language := range []string{"nl", "en"} {
		told, err := bare.Version(t.Context(), identity.Caller{}, statement.Input{Language: language})
		require.NoError(t, err)
		for _, chapter := range told.Chapters {
			for i := range chapter.Kinds {
				chapter.Kinds[i].Basis = "" // it is the controller's
			}
		}
		text, err := json.MarshalIndent(told.Chapters, "", "  ")
		require.NoError(t, err)
		file := "archive/" + privacy.StatementVersion + "." + language + ".json"
		if *freeze {
			require.NoError(t, os.WriteFile(file, append(text, '\n'), 0o644))
		}
		kept, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, string(kept), string(text)+"\n",
			"the statement says something else: it needs a new version in privacy.Issues. Only while nobody has "+
				"agreed to this one: go test ./shared/statement -archive")
	}
}

// bare is a publisher that fills nothing in: the archive is of the text, and each deployment puts its own into it.
var bare = statement.Publisher{Controller: controller.Controller{Name: "{controller}", Contact: "{contact}",
	Support: "{support}", Authority: "{authority}", AuthorityURL: "{authorityURL}", Terms: "{terms}",
	Security: "{security}", Processors: "{processors}", Region: "{region}"}}

var publisher = statement.Publisher{Controller: controllertest.Example}

func page(t *testing.T, language string) string {
	shown, err := publisher.Show(t.Context(), identity.Caller{}, statement.Input{Language: language})
	require.NoError(t, err)
	_, body := shown.Content()
	return string(body)
}

func TestTheStatementHoldsEveryKindOfTheRegisterOnceInBothLanguages(t *testing.T) {
	for _, language := range []string{"nl", "en"} {
		told, err := publisher.Version(t.Context(), identity.Caller{}, statement.Input{Language: language})
		require.NoError(t, err)
		var clauses []privacy.Clause
		for _, chapter := range told.Chapters {
			require.NotEmpty(t, chapter.Title)
			for _, kind := range chapter.Kinds {
				clauses = append(clauses, kind.Clause)
				require.NotEmpty(t, kind.Kept)
			}
		}
		var declared []privacy.Clause
		for _, kind := range privacy.Kinds {
			declared = append(declared, kind.Clause)
		}
		require.ElementsMatch(t, declared, clauses)
	}
}

func TestTheStatementNamesItsVersionTheControllerAndWhomToAddress(t *testing.T) { // 13.versions, 14.contact
	for _, language := range []string{"nl", "en", ""} {
		require.Contains(t, page(t, language), words.Day(privacy.StatementVersion).In(words.LanguageOf(language)))
		require.Contains(t, page(t, language), "privacy@controller.example")
		require.Contains(t, page(t, language), "Example Controller B.V.")
		require.Contains(t, page(t, language), "support@controller.example")
	}
}

func TestTheStatementsPageHoldsNothingFromElsewhere(t *testing.T) { // 11.cookies
	for _, forbidden := range []string{"<script", "<img", "<link", "http://", "src="} {
		require.NotContains(t, strings.ToLower(page(t, "nl")), forbidden)
	}
}
