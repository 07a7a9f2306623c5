package overview

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
	"unicode"

	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/words"
)

//go:embed overview.html
var source string

var layout = template.Must(template.New("overview").Parse(source))

// A page is the overview in one language.
type page struct {
	Language, Title, Intro, Backups, Attached  string
	Sections                                   []section
	ContactTitle, Controller, Contact, Support string
	EraseTitle, EraseText, EraseLabel          string
	EraseURL                                   string
	Nothing                                    string
}

type section struct {
	Clause, What, Purposes, Kept string
	Lines                        []line
}

type line struct{ Label, Value, Gone string }

// page writes the overview in a language, with the erasure link at the bottom.
func (o Overview) page(language, eraseURL string) page {
	say := func(w words.Text) string { return w.In(language) }
	p := page{
		Language: language,
		Title:    say(words.Text{NL: "Overzicht van jouw persoonlijke gegevens", EN: "Overview of your personal data"}),
		Intro: fmt.Sprintf(say(words.Text{
			NL: "Dit is alles wat we op %s over je bewaarden, per soort, met waarvoor het dient en wanneer het weg " +
				"is. De nummers zijn die van de privacyverklaring, versie %s; wat met s. begint heeft het systeem " +
				"daarnaast kort nodig. Waar niets is opgeslagen, staat dat erbij.",
			EN: "This is all that we kept about you on %s, kind by kind, with what it serves and when it will be " +
				"gone. The numbers are those of the privacy statement, version %s; what begins with s. is what the " +
				"system needs beside it for a short time. Where nothing is stored, it says so."}),
			say(words.Moment(o.MadeAt, o.zone)), o.Statement),
		Backups: say(o.Backups),
		Attached: say(words.Text{NL: "Dezelfde gegevens zijn bijgevoegd in een vorm die een computer kan lezen: " +
			"overview.json.", EN: "The same data is attached in a form that a computer can read: overview.json."}),
		ContactTitle: say(words.Text{NL: "Verantwoordelijke en contact", EN: "Controller and contact"}),
		Controller:   o.Controller,
		Contact:      o.Contact,
		Support: o.Support + " " + say(words.Text{NL: "(daar antwoordt een computer: met een overzicht)",
			EN: "(a computer answers there: with an overview)"}),
		EraseTitle: say(words.Text{NL: "Verzoek tot verwijdering van al je persoonsgegevens",
			EN: "Request to erase all your personal data"}),
		EraseText: say(words.Text{
			NL: "Met dit formulier vraag je ons alles te wissen wat hierboven staat. De link opent een " +
				"bevestigingspagina; pas wanneer je daar bevestigt, wordt gewist. De link werkt één keer en een " +
				"week lang. Deel hem met niemand.",
			EN: "With this form you ask us to erase all that stands above. The link opens a page to confirm; " +
				"nothing is erased before you confirm there. The link works once, for a week. Share it with " +
				"nobody."}),
		EraseLabel: say(words.Text{NL: "Naar het wisformulier", EN: "To the erasure form"}),
		EraseURL:   eraseURL,
		Nothing:    say(words.Text{NL: "niets opgeslagen", EN: "nothing stored"}),
	}
	for _, s := range o.Kinds {
		p.Sections = append(p.Sections, s.in(language))
	}
	return p
}

// lastPage is the overview for a person who leaves with their customer. It has no link, since everything is being
// removed.
func (o Overview) lastPage(language, customer string) page {
	p := o.page(language, "")
	p.Title = words.Text{NL: "Je registratie is beëindigd: het laatste overzicht",
		EN: "Your registration has ended: the last overview"}.In(language)
	p.Intro = fmt.Sprintf(words.Text{
		NL: "Het contract van %s is beëindigd, en daarmee je registratie. Alles wat hieronder staat wordt binnen " +
			"een minuut gewist; je hoeft niets te doen. Ook dit adres bewaren we niet: dit is de laatste e-mail " +
			"die je van ons krijgt.",
		EN: "The contract of %s has ended, and with it your registration. All that stands below is erased within a " +
			"minute; there is nothing for you to do. We don't keep this address either: this is the last e-mail " +
			"that you get from us."}.In(language), mail.Unlinked(clean(customer))) +
		" " + p.Intro
	return p
}

func (s Section) in(language string) section {
	say := func(w words.Text) string { return clean(w.In(language)) }
	told := section{Clause: string(s.Clause), What: say(s.What), Kept: say(s.Kept)}
	var purposes []string
	for _, purpose := range s.Purposes {
		purposes = append(purposes, say(purpose.Text)+" ("+string(purpose.ID)+")")
	}
	told.Purposes = strings.Join(purposes, "; ")
	for _, value := range s.Values {
		told.Lines = append(told.Lines, line{Label: say(value.Label), Value: say(value.Read), Gone: say(value.Gone)})
	}
	return told
}

// clean keeps what a person typed on one line, so that it can't look like a part of the overview.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
}

func (p page) html() (string, error) {
	var out bytes.Buffer
	if err := layout.Execute(&out, p); err != nil {
		return "", err
	}
	return out.String(), nil
}

// text is the HTML's content as plain text.
func (p page) text() string {
	var out strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	say("%s\n\n%s\n", p.Title, p.Intro)
	gone := words.Text{NL: "weg", EN: "gone"}.In(p.Language)
	for _, s := range p.Sections {
		say("%s  %s", s.Clause, s.What)
		say("  %s: %s", words.Text{NL: "dient voor", EN: "serves"}.In(p.Language), s.Purposes)
		say("  %s: %s", words.Text{NL: "bewaard", EN: "kept"}.In(p.Language), s.Kept)
		for _, l := range s.Lines {
			say("  - %s  [%s: %s]", l.text(), gone, l.Gone)
		}
		if len(s.Lines) == 0 {
			say("  - %s", p.Nothing)
		}
		say("")
	}
	say("%s\n%s\n", p.Backups, p.Attached)
	say("%s\n%s\n%s\n%s\n", p.ContactTitle, p.Controller, p.Contact, p.Support)
	if p.EraseURL != "" {
		say("%s\n%s\n%s", p.EraseTitle, p.EraseText, p.EraseURL)
	}
	return out.String()
}

func (l line) text() string {
	if l.Label == "" {
		return l.Value
	}
	return l.Label + ": " + l.Value
}
