package problem_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/problem"
)

func TestAPersonIsToldInTheirLanguageAndAProgramInEnglish(t *testing.T) {
	for _, c := range []struct {
		given  *problem.Error
		nl, en string
	}{
		{problem.New(problem.Conflict, "the spot is taken now"), "de plek is nu bezet", "the spot is taken now"},
		{problem.New(problem.Conflict, "%s", "the spot is taken now"), "de plek is nu bezet", "the spot is taken now"},
		{problem.New(problem.Conflict, "a spot has at most %d sensors", 4), "een plek heeft hooguit 4 sensoren",
			"a spot has at most 4 sensors"},
		{problem.New(problem.Conflict, "this Idempotency-Key was used for another name"),
			"dit is al eerder gevraagd, op een andere manier; probeer het opnieuw",
			"this was asked before, in another way; try again"},
		{problem.New(problem.Malformed, "the body is not UTF-8"), "er klopt iets niet in wat je invulde",
			"the body is not UTF-8"},
		{problem.Busy("the store is busy"), "het is nu druk; probeer het zo nog eens",
			"the store is busy; the same request can safely be sent again"},
		{problem.BadField("/name", "is missing", "a name"), "er klopt iets niet in wat je invulde",
			"the request has a field that is not accepted"},
	} {
		require.Equal(t, c.nl, c.given.Sentence("nl"))
		require.Equal(t, c.en, c.given.Sentence("en"))
	}
	for kind, text := range problem.General {
		require.Positive(t, kind.Status())
		require.False(t, strings.HasSuffix(text.NL, "."), "a client sets it as a sentence")
		require.NotEmpty(t, text.EN)
	}
}
