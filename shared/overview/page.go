package overview

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/words"
)

// A page is the overview in one language, for people: first what it comes down to, then by group what is kept, and
// the form last. It has no id and no clause; those are in what is attached for machines.
type page struct {
	Language, Title  string
	First            []string
	Groups           []group
	Last             []string
	AppURL, AppLabel string
	ContactTitle     string
	Controller       string
	Contact          string
	EraseTitle       string
	EraseText        []string
	EraseLabel       string
	EraseURL         string
	StatementURL     string
	StatementLabel   string
}

type group struct {
	Title   string
	Entries []entry
	Notes   []string
}

// An entry is what is kept of one kind until one moment.
type entry struct {
	What            string
	Lines           []line
	GoneLabel, Gone string
	Actions         []action

	kind privacy.Kind
}

type line struct{ Label, Value string }

type action struct{ Label, URL string }

func (o Overview) day(language string) string {
	return words.Day(civil.DateOf(o.MadeAt, o.zone)).In(language)
}

// content is what every overview has.
func (o Overview) content(language string) page {
	say := func(w words.Text) string { return w.In(language) }
	p := page{Language: language,
		Title: fmt.Sprintf(say(words.Text{NL: "Overzicht van je persoonsgegevens, %s",
			EN: "Overview of your personal data, %s"}), o.day(language)),
		Last: []string{say(o.Backups), say(words.Text{
			NL: "Dezelfde gegevens zitten als bijlage bij deze e-mail (overview.json), zodat je ze kunt meenemen " +
				"naar een andere dienst.",
			EN: "The same data is attached to this e-mail (overview.json), so that you can take it to another " +
				"service."})},
		ContactTitle: say(words.Text{NL: "Verantwoordelijke en contact", EN: "Controller and contact"}),
		Controller:   o.Controller, Contact: o.Contact,
		StatementURL:   o.from.Site + "/statement?language=" + language,
		StatementLabel: say(words.Text{NL: "Privacyverklaring", EN: "Privacy statement"}),
	}
	for _, named := range privacy.Groups {
		p.Groups = append(p.Groups, o.group(named.Group, named.Words, language))
	}
	return p
}

// first are the lines of the first screen that each overview has: how many kinds, and who looked.
func (o Overview) first(language string) (kept, looked string) {
	say := func(w words.Text) string { return w.In(language) }
	kinds, looks := 0, 0
	for _, s := range o.Kinds {
		if slices.ContainsFunc(s.Values, func(v Value) bool { return !v.Silent }) {
			kinds++
		}
		if kind, _ := privacy.KindOf(s.Clause); kind.Group == privacy.Looks {
			looks += len(s.Values)
		}
	}
	kept = fmt.Sprintf(say(words.Text{NL: "We bewaren %d soorten gegevens van je. Ze staan hieronder, met tot " +
		"wanneer. Tijden zijn die van %s.", EN: "We keep %d kinds of data about you. They are below, with until " +
		"when. Times are those of %s."}), kinds, words.Zone(o.zone))
	seen := words.Text{NL: "Niemand van ons heeft naar je gegevens gekeken.",
		EN: "Nobody on our side has looked at your data."}
	if looks > 0 {
		seen = words.Text{NL: fmt.Sprintf("Hoe vaak naar je gegevens is gekeken: %d keer; zie Wie keek.", looks),
			EN: fmt.Sprintf("How often your data was looked at: %d; see Who looked.", looks)}
	}
	return kept, say(seen)
}

// next is what of the person goes first. What the technique needs goes all the time, and nobody waits for the records
// of who looked to go: those count where there is nothing else.
func (o Overview) next() (what, gone words.Text, ok bool) {
	var first *Value
	aside := true
	for _, s := range o.Kinds {
		kind, _ := privacy.KindOf(s.Clause)
		of := kind.Group == privacy.Technique || kind.Group == privacy.Looks
		for i := range s.Values {
			v := &s.Values[i]
			if v.GoneAt == nil || of && !aside {
				continue
			}
			if first == nil || aside && !of || v.GoneAt.Before(*first.GoneAt) {
				first, what, aside = v, short(s.Clause), of
			}
		}
	}
	if first == nil {
		return what, gone, false
	}
	return what, first.Gone, true
}

func (o Overview) group(of privacy.Group, title words.Text, language string) group {
	g := group{Title: title.In(language)}
	var empty []string
	for _, s := range o.Kinds {
		kind, _ := privacy.KindOf(s.Clause)
		if kind.Group != of {
			continue
		}
		entries := s.entries(kind, language)
		g.Entries = append(g.Entries, entries...)
		if len(entries) == 0 {
			empty = append(empty, clean(s.What.In(language)))
		}
	}
	if len(empty) > 0 {
		g.Notes = append(g.Notes, words.Text{NL: "Niets bewaard van: ", EN: "Nothing kept of: "}.In(language)+
			strings.Join(empty, "; ")+".")
	}
	if of == privacy.Looks {
		g.Notes = append(g.Notes, o.Withheld.In(language))
	}
	return g
}

// entries are the values of a kind, those together that go together.
func (s Section) entries(kind privacy.Kind, language string) []entry {
	say := func(w words.Text) string { return clean(w.In(language)) }
	var all []entry
	for _, value := range s.Values {
		if value.Silent {
			continue
		}
		i := slices.IndexFunc(all, func(e entry) bool { return e.Gone == say(value.Gone) })
		if i < 0 {
			i = len(all)
			label := words.Text{NL: "Bewaard", EN: "Kept"}
			if value.GoneAt == nil {
				label = words.Text{NL: "Gaat weg", EN: "Gone"}
			}
			all = append(all, entry{What: capital(say(s.What)), GoneLabel: say(label), Gone: say(value.Gone),
				kind: kind})
		}
		all[i].Lines = append(all[i].Lines, line{Label: say(value.Label), Value: say(value.Read)})
	}
	return all
}

// act puts beside an entry what the person can do with it in the app (7.rectify, 7.shield, 7.object).
func (e *entry) act(site, language string) {
	add := func(can bool, w words.Text) {
		if can {
			e.Actions = append(e.Actions, action{Label: w.In(language), URL: site + "/#/data/" +
				string(e.kind.Clause)})
		}
	}
	by := slices.DeleteFunc(slices.Clone(e.kind.By), func(operation string) bool { return operation == "erase" })
	remains := e.kind.Group == privacy.You && e.kind.Rule == privacy.WhileAccount // as their name
	changes := slices.ContainsFunc(by, func(operation string) bool { return !removals()[operation] })
	add(len(by) > 0 && remains, words.Text{NL: "Wijzigen", EN: "Change"})
	add(changes && !remains, words.Text{NL: "Wijzigen of weghalen", EN: "Change or remove"})
	add(len(by) > 0 && !changes && !remains, words.Text{NL: "Weghalen", EN: "Remove"})
	add(e.kind.Seen != privacy.Unseen, words.Text{NL: "Verbergen", EN: "Hide"})
	add(slices.Contains(privacy.Objectionable(), string(e.kind.Clause)),
		words.Text{NL: "Bezwaar maken", EN: "Object"})
}

// removals are the operations that remove something and change nothing.
var removals = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, operation := range api.Operations() {
		all[operation.ID] = operation.Method == "DELETE"
	}
	return all
})

func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
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
