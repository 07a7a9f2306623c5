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
		{problem.New(problem.Malformed, "the body is not UTF-8"),
			"de app stuurde iets wat we niet kunnen lezen; probeer het opnieuw",
			"the app sent something that we can't read; try again"},
		{problem.Busy("the store is busy"), "het is nu druk; probeer het zo nog eens",
			"it is busy now; try again in a moment"},
		{problem.New(problem.TooMany, "too many attempts; %s", "wait some minutes"),
			"dit was te vaak achter elkaar; wacht een paar minuten", "that was too often in a row; wait some minutes"},
		{problem.New(problem.TooMany, "three a day"),
			"dit is te vaak achter elkaar; wacht even en probeer het opnieuw", "three a day"},
		{problem.BadField("/name", "is missing", "a name"), "er klopt iets niet in wat je invulde",
			"something in what you filled in is not right"},
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

func TestAFieldIsToldInTheLanguageOfThePersonWithItsHintForPrograms(t *testing.T) {
	for _, c := range []struct{ detail, accepted, nl, right string }{
		{"is missing", "", "ontbreekt", ""},
		{"is too long", "at most 40 characters", "is te lang", "hooguit 40 tekens"},
		{"is too small", "at least -90", "is te klein", "minstens -90"},
		{"is too late: 120 minutes is the longest", "2026-11-30, 09:00 to 11:00",
			"is te laat: een reservering duurt hooguit 120 minuten", "2026-11-30, 09:00 tot 11:00"},
		{"is within a closure: 100%d of it", "nothing in the month after it", "valt in een sluiting: 100%d of it",
			"niets in de maand daarna"},
		{"is not one of the accepted values", "tree, shrub", "is geen van de mogelijkheden", "tree, shrub"},
	} {
		given := problem.BadField("/place", c.detail, c.accepted)
		require.Equal(t, []problem.ToldField{{Pointer: "/place", Detail: c.nl, Accepted: c.right, Hint: c.detail}},
			given.Told("nl"))
		require.Equal(t, []problem.ToldField{{Pointer: "/place", Detail: c.detail, Accepted: c.accepted,
			Hint: c.detail}}, given.Told("en"))
	}
}
