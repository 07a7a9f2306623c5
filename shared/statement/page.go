package statement

import (
	"bytes"
	_ "embed"
	"html/template"
	"regexp"
	"strings"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/typeset"
	"github.com/iotspot/iotspot/shared/words"
)

//go:embed statement.html
var source string

var layout = template.Must(template.New("statement").Parse(source))

// A Page is the statement as HTML: the answers in short first, the rest by subject below them.
type Page struct{ Statement }

// Content makes it an answer that is written as it is.
func (p Page) Content() (mediaType string, body []byte) {
	var out bytes.Buffer
	if err := layout.Execute(&out, p); err != nil {
		panic(err) // the layout and its data are this package's own
	}
	return "text/html; charset=utf-8", []byte(typeset.Whole(out.String()))
}

// A Part is a paragraph, or a list of which each is an item.
type Part struct {
	Paragraph template.HTML
	Items     []template.HTML
}

// Parts are the chapter's text as it is shown.
func (c Chapter) Parts() []Part {
	var parts []Part
	for _, text := range c.Text {
		item, ok := strings.CutPrefix(text, listed)
		switch {
		case !ok:
			parts = append(parts, Part{Paragraph: linked(text)})
		case len(parts) > 0 && parts[len(parts)-1].Items != nil:
			last := &parts[len(parts)-1]
			last.Items = append(last.Items, linked(item))
		default:
			parts = append(parts, Part{Items: []template.HTML{linked(item)}})
		}
	}
	return parts
}

// reachable is an address of a page or a mailbox, without the point that ends a sentence.
var reachable = regexp.MustCompile(`https://[^\s<>"]*[^\s<>".,;]|[^\s<>"@]+@[^\s<>"@]*[^\s<>"@.,;]`)

// linked makes links of the addresses in a text, which carry no referrer (12.links).
func linked(text string) template.HTML {
	escaped := template.HTMLEscapeString(text)
	return template.HTML(reachable.ReplaceAllStringFunc(escaped, func(address string) string {
		to := address
		if !strings.HasPrefix(to, "https://") {
			to = "mailto:" + to
		}
		return `<a href="` + to + `" rel="noreferrer noopener">` + address + `</a>`
	}))
}

// Short are the answers of the first screen.
func (s Statement) Short() []Chapter { return s.chapters(true) }

// Long are the other chapters.
func (s Statement) Long() []Chapter { return s.chapters(false) }

func (s Statement) chapters(short bool) []Chapter {
	var all []Chapter
	for _, c := range s.Chapters {
		if c.Short == short {
			all = append(all, c)
		}
	}
	return all
}

// Say is a text of the page itself.
func (s Statement) Say(name string) string { return pageWords[name].In(s.Language) }

var pageWords = map[string]words.Text{
	"version": {NL: "Versie van", EN: "Version of"}, "other": {NL: "Andere versies", EN: "Other versions"},
	"new": {NL: "Wat er nieuw is", EN: "What is new"}, "contents": {NL: "Onderwerpen", EN: "Subjects"},
	"what": {NL: "Gegeven", EN: "Data"}, "kept": {NL: "Hoe lang", EN: "How long"},
	"for": {NL: "Waarvoor", EN: "What for"}, "basis": {NL: "Grond", EN: "Legal basis"},
	"short": {NL: "In het kort", EN: "In short"}, "language": {NL: "English", EN: "Nederlands"},
	"controller": {NL: "Verantwoordelijke en contact", EN: "Controller and contact"},
}

// Other is the other language.
func (s Statement) Other() string {
	if s.Language == "en" {
		return "nl"
	}
	return "en"
}

// Day is a version as a date.
func (s Statement) Day(version string) string { return words.Day(civil.Date(version)).In(s.Language) }

// PurposesIn are the words for what the kind is for.
func (k Kind) PurposesIn(language string) string {
	var all []string
	for _, purpose := range k.Purposes {
		all = append(all, privacy.Purpose(purpose).Words().In(language))
	}
	return strings.Join(all, "; ")
}
