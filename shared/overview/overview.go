// Package overview shows a person everything that is kept about them: in the app, and by mail to their registered
// address (7.view, 7.mail, 7.overview). It reads the stores as the register declares them, so a new kind of data is
// included without a change here.
package overview

import (
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/words"
)

// An Overview is all that is kept of one person at one moment.
type Overview struct {
	MadeAt     time.Time  `json:"made_at"`
	Statement  string     `json:"statement_version"`
	Controller string     `json:"controller"`
	Contact    string     `json:"contact"`  // people read there (14.contact)
	Support    string     `json:"support"`  // no person reads there: it answers with an overview
	Backups    words.Text `json:"backups"`  // the one exception to the deadlines
	Withheld   words.Text `json:"withheld"` // what every overview says of what may not be told yet (5.disclosure)
	// every kind that can be kept of them, in the order of the statement, empty ones too
	Kinds []Section `json:"kinds"`

	files []file     // what is attached as it is stored: the photo
	zone  civil.Zone // in which moments are told that belong to no location
	from  controller.Controller
}

type file struct {
	name, mediaType string
	body            []byte
}

// Photo is the profile photo; nil when there is none or the desk has no access to photos.
func (o Overview) Photo() []byte {
	for _, f := range o.files {
		return f.body
	}
	return nil
}

// A Section is one kind of data (a clause) with every value that is stored.
type Section struct {
	Clause   privacy.Clause `json:"clause"`
	What     words.Text     `json:"what"`
	Purposes []Purpose      `json:"purposes"`
	Kept     words.Text     `json:"kept"`
	Rectify  []string       `json:"rectify"` // operations with which it is changed or removed (7.rectify)
	Values   []Value        `json:"values"`
}

// A Purpose is what a kind is used for, by the statement's letter.
type Purpose struct {
	ID privacy.Purpose `json:"id"`
	words.Text
}

// A Value is one thing that is stored. A secret is listed as existing, with its deadline, and never shown.
type Value struct {
	Name   string     `json:"name"`              // as the item or the attribute is called
	Value  any        `json:"value,omitempty"`   // as it is stored; nothing of a secret
	GoneAt *time.Time `json:"gone_at,omitempty"` // the instant of its end; absent when it ends with an event
	Gone   gone       `json:"gone"`              // the same in words
	Label  words.Text `json:"label,omitzero"`    // what it is beside the section's title
	Read   words.Text `json:"read"`              // the value for a person's eye
	Silent bool       `json:"silent,omitempty"`  // it says nothing to people
}

// gone is when a value ends, in words.
type gone = words.Text

// backups is the text about backups, which the deadlines don't cover and an overview must mention.
var backups = words.Text{
	NL: "Van registraties, en van tellingen zonder personen, bestaat een reservekopie die één dag teruggaat. Wat " +
		"gewist is, is daar binnen 24 uur uit verdwenen. Wordt de kopie teruggezet, dan wissen we het eerst " +
		"opnieuw. Van wat een eigen einddatum heeft, bestaat geen kopie.",
	EN: "Registrations, and counts without persons, have a backup that goes back one day. What was erased is gone " +
		"from it within 24 hours. If the backup is restored, we first erase it again. What has a deadline of its " +
		"own is in no backup.",
}

// withheld is the same whoever's overview it is, so that it tells nobody whether there is anything.
var withheld = words.Text{
	NL: "Moesten we van de wet gegevens verstrekken en mogen we dat nog niet vertellen, dan staat het hier vanaf de " +
		"dag dat het mag. Deze zin staat in elk overzicht.",
	EN: "If the law made us disclose data and we may not tell yet, it is here from the day on which we may. This " +
		"sentence is in every overview.",
}

func empty(made time.Time, of audience) Overview {
	o := Overview{MadeAt: made.UTC().Truncate(time.Second), Statement: privacy.StatementVersion, Backups: backups,
		Withheld: withheld, zone: civil.UTC}
	for kind := range privacy.OfPersons() {
		if of.has(kind.Clause) {
			o.Kinds = append(o.Kinds, sectionOf(kind))
		}
	}
	return o
}

func sectionOf(kind privacy.Kind) Section {
	section := Section{Clause: kind.Clause, What: kind.Text, Kept: kind.Rule.Text,
		Rectify: append([]string{}, kind.By...), Values: []Value{}}
	for _, purpose := range kind.Purposes {
		section.Purposes = append(section.Purposes, Purpose{purpose, purpose.Words()})
	}
	return section
}

// add puts a value under its clause. A secret's value stops here, so that no caller can let one through.
func (o *Overview) add(clause privacy.Clause, value Value) {
	kind, _ := privacy.KindOf(clause)
	if kind.Secret {
		value.Value, value.Read = nil, words.Text{NL: "bestaat", EN: "exists"}
	}
	if value.GoneAt == nil {
		value.Gone = kind.Rule.Ending()
	}
	i := slices.IndexFunc(o.Kinds, func(s Section) bool { return s.Clause == clause })
	if i < 0 { // of a kind that nobody expected of them: it is told all the same
		i = len(o.Kinds)
		o.Kinds = append(o.Kinds, sectionOf(kind))
	}
	o.Kinds[i].Values = append(o.Kinds[i].Values, value)
}
