package problem

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/words"
)

// General is what a person is told of a kind of problem where nothing more is to be said.
var General = map[Kind]words.Text{
	Malformed: {NL: "er klopt iets niet in wat je invulde", EN: "something in what you filled in is not right"},
	Unauthorised: {NL: "je bent niet aangemeld, of de code klopt niet meer",
		EN: "you are not signed in, or the code is no longer right"},
	Consent: {NL: "eerst is je toestemming voor de privacyverklaring nodig",
		EN: "your consent to the privacy statement is needed first"},
	NotFound: {NL: "dit bestaat niet (meer), of niet voor jou", EN: "this is not there (any more), or not for you"},
	Conflict: {NL: "dit kan nu niet: iemand was je voor, of het is al gebeurd",
		EN: "this is not possible now: somebody was first, or it has happened already"},
	TooLarge: {NL: "dit bestand is te groot", EN: "this file is too large"},
	Unacceptable: {NL: "dit kan niet op dit moment of met deze gegevens",
		EN: "this is not possible at this time or with these details"},
	TooMany: {NL: "dit is te vaak achter elkaar; wacht even en probeer het opnieuw",
		EN: "this is too often in a row; wait a moment and try again"},
	Unavailable: {NL: "het is nu druk; probeer het zo nog eens", EN: "it is busy now; try again in a moment"},
}

// Sentence is what a person is told, in their language. Detail is the hint for programs and stays English.
func (e *Error) Sentence(language string) string {
	if text, known := told(e.Detail, language); known || language == "en" {
		return text
	}
	return General[e.Kind].In(language)
}

// A ToldField is a Field as it is answered: for a person in their language, and as it is for programs.
type ToldField struct {
	Pointer  string `json:"pointer"`
	Detail   string `json:"detail"`
	Accepted string `json:"accepted,omitempty"`
	Hint     string `json:"hint"`
}

// Told is what a person is told of the fields, in their language. What is accepted stays as it is where it is a list
// of values that a program sends.
func (e *Error) Told(language string) []ToldField {
	fields := make([]ToldField, len(e.Fields))
	for i, f := range e.Fields {
		fields[i] = ToldField{Pointer: f.Pointer, Detail: orSame(f.Detail, language),
			Accepted: orSame(f.Accepted, language), Hint: f.hint()}
	}
	return fields
}

func (f Field) hint() string {
	if f.Accepted == "" {
		return f.Detail
	}
	return f.Detail + "; accepted: " + f.Accepted
}

func orSame(text, language string) string {
	said, _ := told(text, language)
	return cmp.Or(said, text)
}

// told is what people are told of a text that a room gave, and whether anything is written down of it.
func told(text, language string) (string, bool) {
	key, values := keyOf(text)
	known, ok := said(key)
	return filled(cmp.Or(known.In(language), key), values, language), ok
}

// keyOf finds the key of a text and the values in it: %d stands for a number and %s for anything, also for nothing. A
// text that nothing is written down of is a key without values.
func keyOf(text string) (key string, values []string) {
	if _, known := said(text); known {
		return text, nil
	}
	for _, of := range shapes() {
		if found := of.shape.FindStringSubmatch(text); found != nil {
			return of.key, found[1:]
		}
	}
	return text, nil
}

// filled puts values where a text has room for them, in their order; it may leave out those at its end.
func filled(text string, values []string, language string) string {
	if len(values) == 0 {
		return text
	}
	around := verb.Split(text, -1)
	full := around[0]
	for i, after := range around[1:] {
		full += valueIn(values[i], language) + after
	}
	return full
}

// valueIn is a value as people read it: a date in words, a zone by its city, and a text that is itself one of ours in
// their language.
func valueIn(value, language string) string {
	if day, err := civil.ParseDate(value); err == nil {
		return words.Day(day).In(language)
	}
	if zone, err := civil.LoadZone(value); err == nil {
		return words.Zone(zone)
	}
	return orSame(value, language)
}

func said(text string) (words.Text, bool) {
	if known, ok := sentences[text]; ok {
		return known, true
	}
	known, ok := parts[text]
	return known, ok
}

var verb = regexp.MustCompile("%[ds]")

// A shape is a key that holds values, and what the texts look like that were made of it.
type shape struct {
	key   string
	shape *regexp.Regexp
}

// shapes are those of all keys. Those that give the most of a text come first: that for the number 1 before that for
// any.
var shapes = sync.OnceValue(func() []shape {
	var found []shape
	for _, texts := range []map[string]words.Text{sentences, parts} {
		for key := range texts {
			if verb.MatchString(key) {
				values := strings.NewReplacer("%d", "(-?[0-9]+)", "%s", "(.*)")
				found = append(found, shape{key, regexp.MustCompile("^" + values.Replace(regexp.QuoteMeta(key)) + "$")})
			}
		}
	}
	slices.SortFunc(found, func(a, b shape) int {
		return cmp.Or(given(b.key)-given(a.key), strings.Compare(a.key, b.key))
	})
	return found
})

// given is how much of a text a key gives.
func given(key string) int { return len(verb.ReplaceAllString(key, "")) }
