// Package statement is the privacy statement that people consent to, in this system's own words and from its own
// register, so that what it says is kept and until when is what the system does (2.consent, 13.versions).
package statement

import (
	"context"
	"embed"
	"encoding/json"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/words"
)

// A Publisher shows the statement.
type Publisher struct{ Controller controller.Controller }

// Routes are the use cases with the operations that they serve.
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
	Contact    string    `json:"contact"` // people read there
	Support    string    `json:"support"` // no person reads there: it answers with an overview
	Chapters   []Chapter `json:"chapters"`
	Versions   []string  `json:"versions"` // all that there were, the oldest first
	Changes    string    `json:"changes"`  // what is new in this one
}

// A Chapter is one subject.
type Chapter struct {
	Title string   `json:"title"`
	Short bool     `json:"short,omitempty"` // an answer on the first screen
	Text  []string `json:"text"`
	Kinds []Kind   `json:"kinds,omitempty"`
}

// A Kind is one kind of data as the register declares it.
type Kind struct {
	Clause   privacy.Clause `json:"clause"`
	What     string         `json:"what"`
	Kept     string         `json:"kept"`
	Purposes []string       `json:"purposes"`
	Basis    string         `json:"basis,omitempty"` // as the controller chose
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
		Controller: p.Controller.Name, Contact: p.Controller.Contact, Support: p.Controller.Support}
	for _, issue := range privacy.Issues {
		s.Versions = append(s.Versions, issue.Version)
	}
	s.Chapters = written(language)
	if in.Version != "" && in.Version != privacy.StatementVersion {
		var err error
		s.Version = in.Version
		if s.Chapters, err = archived(in.Version, language); err != nil {
			return s, err
		}
	}
	i := slices.Index(s.Versions, s.Version)
	s.Changes = privacy.Issues[i].Changes.In(language)
	p.fill(s.Chapters, language)
	return s, nil
}

// fill puts in what is the deployment's: a text has it in braces, also in the archive, since a controller may move.
func (p Publisher) fill(chapters []Chapter, language string) {
	c := p.Controller
	own := strings.NewReplacer("{controller}", c.Name, "{contact}", c.Contact, "{support}", c.Support,
		"{authority}", c.Authority, "{authorityURL}", c.AuthorityURL, "{terms}", c.Terms, "{security}", c.Security,
		"{processors}", c.Processors, "{region}", regionName(c.Region).In(language))
	for i := range chapters {
		for n, paragraph := range chapters[i].Text {
			chapters[i].Text[n] = own.Replace(paragraph)
		}
		for n, kind := range chapters[i].Kinds {
			if declared, ok := privacy.KindOf(kind.Clause); ok {
				chapters[i].Kinds[n].Basis = c.Basis(declared).Words().In(language)
			}
		}
	}
}

// regionName is where a region of AWS is.
func regionName(region string) words.Text {
	for _, named := range []struct{ region, nl, en string }{
		{"eu-central-1", "Frankfurt, Duitsland", "Frankfurt, Germany"},
		{"eu-north-1", "Stockholm, Zweden", "Stockholm, Sweden"},
		{"eu-west-1", "Dublin, Ierland", "Dublin, Ireland"}, {"eu-west-3", "Parijs, Frankrijk", "Paris, France"},
	} {
		if named.region == region {
			return words.Text{NL: named.nl, EN: named.en}
		}
	}
	return words.Same(region)
}

func written(language string) []Chapter {
	var all []Chapter
	for _, c := range slices.Concat(summary, chapters) {
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
	err = json.Unmarshal(text, &chapters)
	return chapters, err
}

func (c chapter) in(language string) Chapter {
	told := Chapter{Title: c.title.In(language), Short: c.short}
	for _, paragraph := range c.text {
		told.Text = append(told.Text, paragraph.In(language))
	}
	for _, text := range c.list.in(language) {
		told.Text = append(told.Text, listed+text)
	}
	for _, kind := range privacy.Kinds {
		if slices.Contains(c.groups, kind.Group) {
			told.Kinds = append(told.Kinds, kindIn(kind, language))
		}
	}
	return told
}

// listed begins a paragraph that is one of a list.
const listed = "• "

func (l listing) in(language string) []string {
	var all []string
	switch l {
	case nothingElse:
	case purposes:
		for _, purpose := range privacy.Purposes {
			all = append(all, purpose.Words.In(language)+" ("+string(purpose.Purpose)+")")
		}
	case bases:
		for _, basis := range privacy.Bases {
			all = append(all, basis.Words.In(language)+" ("+basis.Article+"): "+basis.Why.In(language))
		}
	case objections:
		for _, o := range privacy.Objections() {
			all = append(all, o.Words().In(language)+": "+o.Stops.In(language))
		}
	}
	return all
}

var given = map[bool]words.Text{true: {NL: "vrijwillig", EN: "voluntary"}, false: {NL: "verplicht", EN: "required"}}

// kindIn tells a kind; of what people fill in, also whether they have to (GDPR art. 13(2)(e)).
func kindIn(kind privacy.Kind, language string) Kind {
	told := Kind{Clause: kind.Clause, What: kind.Text.In(language), Kept: kind.Rule.Text.In(language)}
	if kind.Optional || kind.Clause == "4.a.1" || kind.Clause == "4.a.2" {
		told.What += " (" + given[kind.Optional].In(language) + ")"
	}
	for _, purpose := range kind.Purposes {
		told.Purposes = append(told.Purposes, string(purpose))
	}
	return told
}
