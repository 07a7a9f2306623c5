package overview

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
	"sync"

	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/typeset"
	"github.com/iotspot/iotspot/shared/words"
)

//go:embed overview.html
var source string

// layout is read when something is first laid out, and not whenever a function starts.
var layout = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("overview").Parse(source))
})

// html is the page for a mail client, without an image or a script.
func (p page) html() (string, error) {
	var out bytes.Buffer
	if err := layout().Execute(&out, p); err != nil {
		return "", err
	}
	return typeset.Whole(out.String()), nil
}

// text is the HTML's content as plain text.
func (p page) text() string {
	var out strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	say("%s\n", p.Title)
	for _, line := range p.First {
		say("%s", line)
	}
	say("")
	for _, g := range p.Groups {
		say("%s\n", strings.ToUpper(g.Title))
		for _, e := range g.Entries {
			say("%s", e.What)
			for _, l := range e.Lines {
				say("  %s", l.text())
			}
			say("  %s: %s", e.GoneLabel, e.Gone)
			say("")
		}
		for _, note := range g.Notes {
			say("%s\n", note)
		}
	}
	for _, line := range p.Last {
		say("%s\n", line)
	}
	if p.AppURL != "" {
		say("%s: %s\n", p.AppLabel, p.AppURL)
	}
	say("%s\n%s\n%s\n", p.ContactTitle, p.Controller, p.Contact)
	if p.EraseURL != "" {
		say("%s\n\n%s\n\n%s", p.EraseTitle, strings.Join(p.EraseText, "\n\n"), p.EraseURL)
	}
	return out.String()
}

func (l line) text() string {
	if l.Label == "" {
		return l.Value
	}
	return l.Label + ": " + l.Value
}

// page writes the overview in a language, with the erasure link at the bottom.
func (o Overview) page(language, eraseURL string) page {
	p := o.content(language)
	say := func(w words.Text) string { return w.In(language) }
	p.AppURL = o.from.Site + "/#/data"
	p.AppLabel = say(words.Text{NL: "Wijzigen, verbergen of bezwaar maken in de app",
		EN: "Change, hide or object in the app"})
	for i := range p.Groups {
		for n := range p.Groups[i].Entries {
			p.Groups[i].Entries[n].act(o.from.Site, language)
		}
	}
	p.EraseTitle = say(words.Text{NL: "Verzoek om al je persoonsgegevens te wissen",
		EN: "Request to erase all your personal data"})
	p.EraseText = []string{say(words.Text{
		NL: "Met dit formulier wis je alles wat hierboven staat. Je bevestigt het op de pagina die opent; pas dan " +
			"wordt er gewist. De link werkt een week lang, één keer. Geef hem aan niemand door.",
		EN: "With this form you erase all that stands above. You confirm it on the page that opens; only then " +
			"anything is erased. The link works for a week, once. Don't give it to anybody."}), say(erasure.WhatStays)}
	p.EraseLabel, p.EraseURL = say(words.Text{NL: "Naar het formulier", EN: "To the form"}), eraseURL
	kept, looked := o.first(language)
	p.First = []string{kept}
	if what, gone, ok := o.next(); ok {
		p.First = append(p.First, fmt.Sprintf(say(words.Text{NL: "Het eerst gaat weg: %s (bewaard %s).",
			EN: "The first to go: %s (kept %s)."}), say(what), say(gone)))
	}
	p.First = append(p.First, looked, fmt.Sprintf(say(words.Text{
		NL: "Je krijgt deze e-mail omdat jij, of iemand die jouw e-mailadres kent, om dit overzicht vroeg: in de " +
			"app of met een e-mail aan %s. Het gaat alleen naar jouw geregistreerde e-mailadres.",
		EN: "You get this e-mail because you, or somebody who knows your e-mail address, asked for this overview: " +
			"in the app or with an e-mail to %s. It goes only to your registered e-mail address."}), o.Support))
	p.Last = append(p.Last, fmt.Sprintf(say(words.Text{
		NL: "Je kunt alles verbeteren, verbergen, meenemen en wissen, en bezwaar maken tegen wat het systeem " +
			"vastlegt. Lukt dat niet, of wil je dat we iets tijdelijk niet gebruiken? Schrijf ons; we antwoorden " +
			"binnen een maand. Een klacht kan ook naar de %s: %s",
		EN: "You can correct, hide, take along and erase everything, and object to what the system records. If that " +
			"doesn't work, or you want us not to use something for a while, write to us; we answer within a month. " +
			"You can also complain to the %s: %s"}), o.from.Authority, o.from.AuthorityURL))
	return p
}

// lastPage is the overview for a person who leaves with their customer. It has no links and no other deadline, since
// everything is being removed.
func (o Overview) lastPage(language, customer string) page {
	p := o.content(language)
	say := func(w words.Text) string { return w.In(language) }
	p.Title = fmt.Sprintf(say(words.Text{NL: "Je registratie is beëindigd: je laatste overzicht, %s",
		EN: "Your registration has ended: your last overview, %s"}), o.day(language))
	for i := range p.Groups {
		for n := range p.Groups[i].Entries {
			e := &p.Groups[i].Entries[n]
			e.GoneLabel = say(words.Text{NL: "Gaat weg", EN: "Gone"})
			e.Gone = say(words.Text{NL: "binnen een minuut", EN: "within a minute"})
		}
	}
	kept, looked := o.first(language)
	p.First = []string{fmt.Sprintf(say(words.Text{
		NL: "Het contract van %s met iotspot is beëindigd, en daarmee je registratie. Alles wat hieronder staat, is " +
			"binnen een minuut gewist. Je hoeft niets te doen. Ook je e-mailadres bewaren we niet: dit is de " +
			"laatste e-mail die je van ons krijgt.",
		EN: "The contract of %s with iotspot has ended, and with it your registration. All that stands below is " +
			"erased within a minute. You don't need to do anything. We don't keep your e-mail address either: this " +
			"is the last e-mail that you get from us."}), mail.Unlinked(clean(customer))), kept, looked}
	p.Last = append(p.Last, fmt.Sprintf(say(words.Text{
		NL: "Heb je een vraag? Schrijf ons; we antwoorden binnen een maand. Een klacht kan ook naar de %s: %s",
		EN: "Do you have a question? Write to us; we answer within a month. You can also complain to the %s: %s"}),
		o.from.Authority, o.from.AuthorityURL))
	return p
}
