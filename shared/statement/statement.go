// Package statement is the privacy statement that people consent to, in this system's own words and from its own
// register, so that what it says is kept and until when is what the system does (2.consent, 13.versions).
package statement

import (
	"bytes"
	"context"
	_ "embed"
	"html/template"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

//go:embed statement.html
var source string

var layout = template.Must(template.New("statement").Parse(source))

// A Publisher shows the statement.
type Publisher struct {
	Controller string // name and contact (14.contact)
	Support    string
}

// Input asks for a language; without one it is Dutch.
type Input struct {
	Language string `json:"language"`
}

// A Statement is the version in force in one language.
type Statement struct {
	Version    string    `json:"version"`
	Language   string    `json:"language"`
	Title      string    `json:"title"`
	Controller string    `json:"controller"`
	Support    string    `json:"support"`
	Chapters   []Chapter `json:"chapters"`
}

// A Chapter is one article.
type Chapter struct {
	Title string   `json:"title"`
	Text  []string `json:"text"`
	Kinds []Kind   `json:"kinds,omitempty"`
}

// A Kind is one kind of data as the register declares it.
type Kind struct {
	Clause   privacy.Clause `json:"clause"`
	What     string         `json:"what"`
	Kept     string         `json:"kept"`
	Purposes []string       `json:"purposes"`
}

// A Page is the statement as HTML.
type Page struct{ Statement }

// Content makes it an answer that is written as it is.
func (p Page) Content() (mediaType string, body []byte) {
	var out bytes.Buffer
	if err := layout.Execute(&out, p); err != nil {
		panic(err) // the layout and its data are this package's own
	}
	return "text/html; charset=utf-8", out.Bytes()
}

// Show is the statement as a page.
func (p Publisher) Show(ctx context.Context, caller identity.Caller, in Input) (Page, error) {
	statement, err := p.Version(ctx, caller, in)
	return Page{statement}, err
}

// Version is the statement as data. Its version is what a consent names.
func (p Publisher) Version(_ context.Context, _ identity.Caller, in Input) (Statement, error) {
	language := privacy.LanguageOf(in.Language)
	s := Statement{Version: privacy.StatementVersion, Language: language, Title: title.In(language), Controller: p.Controller, Support: p.Support}
	for _, c := range chapters {
		s.Chapters = append(s.Chapters, c.in(language))
	}
	return s, nil
}

func (c chapter) in(language string) Chapter {
	told := Chapter{Title: c.title.In(language)}
	for _, paragraph := range c.text {
		told.Text = append(told.Text, paragraph.In(language))
	}
	for _, kind := range privacy.Kinds {
		if c.kinds == nil || !c.kinds(kind) {
			continue
		}
		one := Kind{Clause: kind.Clause, What: kind.Words().In(language), Kept: kind.Rule.Words().In(language)}
		for _, purpose := range kind.Purposes {
			one.Purposes = append(one.Purposes, string(purpose))
		}
		told.Kinds = append(told.Kinds, one)
	}
	if c.purposes {
		for _, purpose := range privacy.Purposes {
			told.Text = append(told.Text, string(purpose.Purpose)+": "+purpose.Words.In(language))
		}
	}
	return told
}
