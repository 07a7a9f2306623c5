package statement_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/statement"
)

var publisher = statement.Publisher{Controller: "Example Controller B.V.", Support: "support@controller.example"}

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
		require.Contains(t, page(t, language), privacy.StatementVersion)
		require.Contains(t, page(t, language), "Example Controller B.V.")
		require.Contains(t, page(t, language), "support@controller.example")
	}
}

func TestTheStatementSaysThatItDoesNotCoverLinkedSites(t *testing.T) { // 12.links
	require.Contains(t, page(t, "en"), "does not cover websites of others")
	require.Contains(t, page(t, "nl"), "geldt niet voor websites van anderen")
}

func TestTheStatementsPageHoldsNothingFromElsewhere(t *testing.T) { // 11.cookies
	for _, forbidden := range []string{"<script", "<img", "http://", "https://"} {
		require.NotContains(t, strings.ToLower(page(t, "nl")), forbidden)
	}
}
