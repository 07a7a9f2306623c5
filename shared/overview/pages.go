package overview

import (
	"fmt"
	"strings"

	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/words"
)

// pages are the app's pages as people are told which they opened (11.cookies), by their names in api.UsageTag.
var pages = map[string]words.Text{
	"start": {NL: "begin", EN: "start"}, "today": {NL: "vandaag", EN: "today"}, "find": {NL: "zoeken", EN: "search"},
	"floor": {NL: "plattegrond", EN: "floor"}, "agenda": {NL: "agenda", EN: "agenda"},
	"spot":       {NL: "plek", EN: "spot"},
	"colleagues": {NL: "collega's", EN: "colleagues"}, "guests": {NL: "gasten", EN: "guests"},
	"favourites": {NL: "favorieten", EN: "favourites"}, "account": {NL: "mijn gegevens", EN: "my data"},
	"emergency": {NL: "lijst voor BHV", EN: "emergency list"}, "manage": {NL: "beheer", EN: "management"},
}

// browsers are those whose family has no name of its own.
var browsers = map[string]words.Text{"app": {NL: "de app", EN: "the app"},
	"other": {NL: "een andere browser", EN: "another browser"}}

func (o Opened) words() words.Text {
	day, place := words.Day(o.Date), mail.Unlinked(o.Location)
	in := func(language string) string {
		all := append(counted(o.Pages, pages, language), counted(o.Browsers, browsers, language)...)
		return day.In(language) + ", " + place + ": " + strings.Join(all, ", ")
	}
	return words.Text{NL: in("nl"), EN: in("en")}
}

// counted are counts by what they are of, in a language. What has no words is told by its name.
func counted(counts map[string]int, called map[string]words.Text, language string) (all []string) {
	for _, name := range sortedNames(counts) {
		text, known := called[name]
		if !known {
			text = words.Same(name)
		}
		all = append(all, fmt.Sprintf("%s %d×", text.In(language), counts[name]))
	}
	return all
}
