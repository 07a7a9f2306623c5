package problem_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/words"
)

func TestAPersonIsToldInTheirLanguageAndAProgramInEnglish(t *testing.T) {
	for _, c := range []struct {
		given  *problem.Error
		nl, en string
	}{
		{problem.New(problem.Conflict, "the spot is taken now"), "de plek is nu bezet", "the spot is taken now"},
		{problem.New(problem.Conflict, "%s", "the spot is taken now"), "de plek is nu bezet",
			"the spot is taken now"},
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
			"dit was te vaak achter elkaar; wacht een paar minuten",
			"that was too often in a row; wait some minutes"},
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
		{"is too late: 120 minutes is the longest", "", "is te laat: een reservering duurt hooguit 120 minuten", ""},
		{"is within a closure: 100%d of it", "nothing in the month after it", "valt in een sluiting: 100%d of it",
			"niets in de maand daarna"},
		{"is not one of the accepted values", "tree, shrub", "is geen van de mogelijkheden", "tree, shrub"},
	} {
		given, hint := problem.BadField("/place", c.detail, c.accepted), c.detail
		if c.accepted != "" {
			hint += "; accepted: " + c.accepted
		}
		require.Equal(t, []problem.ToldField{{Pointer: "/place", Detail: c.nl, Accepted: c.right, Hint: hint}},
			given.Told("nl"))
		require.Equal(t, []problem.ToldField{{Pointer: "/place", Detail: c.detail, Accepted: c.accepted,
			Hint: hint}}, given.Told("en"))
	}
}

func TestDatesZonesAndOneOfSomethingAreToldAsPeopleSayThem(t *testing.T) {
	for given, told := range map[string]words.Text{
		"is too far ahead: the last date is 2026-12-23": {NL: "ligt te ver vooruit: de laatste dag is 23 december " +
			"2026",
			EN: "is too far ahead: the last date is 23 December 2026"},
		"is kept for a group until 2026-11-23 at 16:00": {NL: "is voor een groep tot 23 november 2026 om 16:00",
			EN: "is kept for a group until 23 November 2026 at 16:00"},
		"2026-11-30, 09:00 to 11:00": {NL: "30 november 2026, 09:00 tot 11:00",
			EN: "30 November 2026, 09:00 to 11:00"},
		"02:30 does not exist on 2026-03-29 in Europe/Amsterdam: the clocks jump over it": {
			NL: "02:30 bestaat niet op 29 maart 2026 in Amsterdam: de klok slaat die tijd over",
			EN: "02:30 does not exist on 29 March 2026 in Amsterdam: the clocks jump over it"},
		"from 2026-11-23 at 08:45": {NL: "vanaf 23 november 2026 om 08:45", EN: "from 23 November 2026 at 08:45"},
		"YYYY-MM-DD":               {NL: "een datum, zoals 22 november 2026", EN: "a date, as 22 November 2026"},
		"at least 1 characters":    {NL: "minstens één teken", EN: "at least one character"},
		"you may have at most 1 reservations on a day": {NL: "je mag hooguit één reservering op een dag hebben",
			EN: "you may have at most one reservation on a day"},
		"you may have at most 2 reservations of this kind at once": {
			NL: "je mag hooguit 2 reserveringen van deze soort tegelijk hebben",
			EN: "you may have at most 2 reservations of this kind at once"},
	} {
		field := problem.BadField("/date", given, "")
		require.Equal(t, told.NL, field.Told("nl")[0].Detail)
		require.Equal(t, told.EN, field.Told("en")[0].Detail)
		require.Equal(t, given, field.Told("nl")[0].Hint, "a program reads it as it is")
	}
}
