// Package statement is the privacy statement that people consent to, in this system's own words and from its own
// register, so that what it says is kept and until when is what the system does (2.consent, 13.versions).
package statement

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"html/template"
	"slices"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/words"
)

//go:embed statement.html
var source string

var layout = template.Must(template.New("statement").Parse(source))

// A Publisher shows the statement.
type Publisher struct {
	Controller string // name and contact (14.contact)
	Support    string
}

// Routes ties them to their operations.
func (p Publisher) Routes() []web.Route {
	return []web.Route{
		web.On(api.ShowStatement, p.Show), web.On(api.StatementVersion, p.Version),
	}
}

// Input asks for a language, without one Dutch, and for a version, without one that in force.
type Input struct {
	Language string `json:"language"`
	Version  string `json:"version"`
}

// A Statement is the version in force in one language.
type Statement struct {
	Version    string    `json:"version"`
	Language   string    `json:"language"`
	Title      string    `json:"title"`
	Controller string    `json:"controller"`
	Support    string    `json:"support"`
	Chapters   []Chapter `json:"chapters"`
	Versions   []string  `json:"versions"` // all that there were, the oldest first
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

// Version is the statement as data: the version in force, which is what a consent names, or an earlier one as it was.
// One that never was is unknown.
func (p Publisher) Version(_ context.Context, _ identity.Caller, in Input) (Statement, error) {
	language := words.LanguageOf(in.Language)
	s := Statement{Version: privacy.StatementVersion, Language: language, Title: title.In(language),
		Controller: p.Controller, Support: p.Support}
	for _, issue := range privacy.Issues {
		s.Versions = append(s.Versions, issue.Version)
	}
	if in.Version != "" && in.Version != privacy.StatementVersion {
		var err error
		s.Version = in.Version
		s.Chapters, err = archived(in.Version, language)
		return s, err
	}
	s.Chapters = written(language)
	return s, nil
}

func written(language string) []Chapter {
	var all []Chapter
	for _, c := range chapters {
		all = append(all, c.in(language))
	}
	return all
}

// archive holds each version as it was in force: its chapters, in a file for each language. A version that is
// replaced is put there by: go test ./shared/statement -archive, before the text or the register changes.
//
//go:embed archive
var archive embed.FS

func archived(version, language string) (chapters []Chapter, err error) {
	if !slices.ContainsFunc(privacy.Issues, func(i privacy.Issue) bool { return i.Version == version }) {
		return nil, problem.Unknown()
	}
	text, err := archive.ReadFile("archive/" + version + "." + language + ".json")
	if err != nil {
		return nil, err
	}
	return chapters, json.Unmarshal(text, &chapters)
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
	if c.objections {
		for _, o := range privacy.Objections() {
			told.Text = append(told.Text, o.To+": "+o.Stops.In(language)+".")
		}
	}
	return told
}
