package mail

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"
	"sync"

	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/typeset"
	"github.com/iotspot/iotspot/shared/words"
)

//go:embed letter.html
var source string

// layout is read when something is first laid out, and not whenever a function starts.
var layout = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("letter").Parse(source))
})

// A letter is a message as it is laid out.
type letter struct {
	Message
	Text, Rest          []paragraph
	Controller          controller.Controller
	Ask, App, Statement string
}

// A paragraph is Typed where it is something to type or copy, as a code.
type paragraph struct {
	Words       string
	Typed, Long bool
}

// longestCode is how many characters a code has that people type; what is longer is copied.
const longestCode = 20

// Lay writes a message as plain text and as HTML, each with the sender, the controller's address, and the ways to the
// app and the statement at its end. A message that comes with HTML of its own is left as it is.
func Lay(c controller.Controller, m Message) (text, html string) {
	if m.HTML != "" {
		return m.Text, m.HTML
	}
	say := func(w words.Text) string { return w.In(m.Language) }
	if strings.HasPrefix(m.Do.URL, "/") {
		m.Do.URL = c.Site + m.Do.URL
	}
	l := letter{Message: m, Text: paragraphs(m.Text), Rest: paragraphs(m.Rest), Controller: c,
		Ask: say(words.Text{NL: "Vragen? Antwoord op deze e-mail of schrijf naar",
			EN: "Questions? Reply to this e-mail or write to"}),
		App:       say(words.Text{NL: "Naar de app", EN: "To the app"}),
		Statement: say(words.Text{NL: "Privacyverklaring", EN: "Privacy statement"})}
	var out bytes.Buffer
	if err := layout().Execute(&out, l); err != nil {
		panic(err) // the layout and its data are this package's own
	}
	return l.plain(), typeset.Whole(out.String())
}

func (l letter) plain() string {
	parts := []string{strings.TrimRight(l.Message.Text, "\n")}
	if l.Do.URL != "" {
		parts = append(parts, l.Do.Label+":\n"+l.Do.URL)
	}
	if l.Message.Rest != "" {
		parts = append(parts, strings.TrimRight(l.Message.Rest, "\n"))
	}
	parts = append(parts, l.Controller.Name+"\n"+l.Ask+" "+l.Controller.Contact+"\n"+
		l.App+": "+l.Controller.Site+"/\n"+l.Statement+": "+l.Controller.Site+"/statement?language="+l.Language)
	return strings.Join(parts, "\n\n") + "\n"
}

func paragraphs(text string) []paragraph {
	var all []paragraph
	for part := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n\n") {
		shown, typed := strings.CutPrefix(part, Typed)
		if shown != "" {
			all = append(all, paragraph{Words: shown, Typed: typed, Long: len(shown) > longestCode})
		}
	}
	return all
}
