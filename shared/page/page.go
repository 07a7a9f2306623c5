// Package page is what a person sees after following a link in a mail: what it is about, and a form whose sending
// decides. It has no script, no image and nothing from another server. Opening it never changes anything, since mail
// programs and virus scanners open links by themselves.
package page

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/url"
	"sync"

	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/typeset"
	"github.com/iotspot/iotspot/shared/words"
)

//go:embed page.html
var source string

// layout is read when something is first laid out, and not whenever a function starts.
var layout = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Parse(source))
})

// A Page is one such page in one language.
type Page struct {
	Language, Title string
	Text            []string
	First           Link   // offered before the form
	Button          string // of the form; "" is no form
	Harmless        bool   // what the button does can be undone
	Other           string // a second button of the form; Chosen tells which was pressed
	Controller      controller.Controller
}

// A Link leads to the app.
type Link struct{ URL, Label string }

// New is a page in a language, without a form.
func New(c controller.Controller, language string, title words.Text, text ...words.Text) Page {
	page := Page{Language: language, Title: title.In(language), Controller: c}
	for _, paragraph := range text {
		page.Text = append(page.Text, paragraph.In(language))
	}
	return page
}

// Content makes a page an answer that is written as it is.
func (p Page) Content() (mediaType string, body []byte) {
	var out bytes.Buffer
	if err := layout().Execute(&out, p); err != nil {
		panic(err) // the layout and its data are this package's own
	}
	return "text/html; charset=utf-8", []byte(typeset.Whole(out.String()))
}

// Unknown is the answer to a link that leads nowhere, in both languages, since nothing is known about the person who
// follows it.
func Unknown(c controller.Controller, why words.Text) error {
	_, body := New(c, "nl", words.Text{NL: "Deze link werkt niet (meer) · This link does not work"},
		words.Text{NL: why.NL}, words.Text{NL: why.EN}).Content()
	unknown := problem.Unknown()
	unknown.Page = body
	return unknown
}

// What the form of a page with two buttons was sent with.
const (
	TheButton = "button"
	TheOther  = "other"
)

// Chosen is which of two buttons a form was sent with; something else where it was neither.
func Chosen(form []byte) string {
	values, err := url.ParseQuery(string(form))
	if err != nil {
		return ""
	}
	return values.Get("choice")
}
