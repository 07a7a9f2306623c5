package privacy

import (
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/words"
)

// An Objection is to something that the system records of a person by itself and can do without: from the moment of
// objecting it is not recorded any more (7.object). What a person gives they clear instead, and without the rest
// there is no service.
type Objection struct {
	To     string     // a kind's clause, or a purpose
	Stops  words.Text // what stops
	Guests bool       // it is recorded of guests too
}

// dispensable are the kinds that can be objected to, in the order of the statement.
var dispensable = []Objection{
	{To: "4.d.4", Guests: true, Stops: words.Text{
		NL: "sensoren checken je niet meer in of uit; met de hand kan het nog",
		EN: "sensors don't check you in or out any more; by hand you still can"}},
	{To: "4.d.5", Stops: words.Text{
		NL: "het systeem van je apparaat wordt niet meer vastgelegd, en wat er stond is weg",
		EN: "the system of your device is not recorded any more, and what was there is gone"}},
	{To: "4.e.1", Stops: words.Text{
		NL: "de datum van je laatste gebruik wordt niet meer vastgelegd, en wat er stond is weg",
		EN: "the date of your last use is not recorded any more, and what was there is gone"}},
	{To: "4.e.2", Stops: words.Text{
		NL: "je laatste aanmelding wordt niet meer vastgelegd, en wat er stond is weg",
		EN: "your last login request is not recorded any more, and what was there is gone"}},
	{To: "5.transactions", Guests: true, Stops: words.Text{
		NL: "je telt in geen enkele statistiek meer mee, ook niet met wat je vandaag deed",
		EN: "you are in no statistics any more, nor is what you did today"}},
	{To: "11.cookies", Stops: words.Text{
		NL: "de pagina's die je opent worden niet meer geteld, ook niet die van vandaag",
		EN: "the pages that you open are not counted any more, nor are those of today"}},
}

// Objections are all that there can be: those kinds, and each purpose that no other kind about a person serves. A
// purpose that is needed for the service or by law is not among them, nor one that no kind serves.
func Objections() []Objection {
	all := slices.Clone(dispensable)
	for _, named := range Purposes {
		if to, stops := dispensing(named.Purpose); stops != nil {
			list := strings.Join(stops, ", ")
			to.Stops = words.Text{NL: "alles wat daarvoor dient houdt op: " + list, EN: "all that serves it stops: " +
				list}
			all = append(all, to)
		}
	}
	return all
}

// dispensing is the objection to a purpose, with the clauses that it stops; none where something else serves it too.
func dispensing(purpose Purpose) (to Objection, stops []string) {
	to.To = string(purpose)
	for _, kind := range OfPersons() {
		if !slices.Contains(kind.Purposes, purpose) {
			continue
		}
		i := slices.IndexFunc(dispensable, func(o Objection) bool { return o.To == string(kind.Clause) })
		if i < 0 {
			return to, nil
		}
		to.Guests = to.Guests || dispensable[i].Guests
		stops = append(stops, string(kind.Clause))
	}
	return to, stops
}

// Objectionable are the words by which a person can object.
func Objectionable() []string { return named(Objections()) }

// ObjectionableByGuests are those to what is recorded of guests.
func ObjectionableByGuests() []string {
	return named(slices.DeleteFunc(Objections(), func(o Objection) bool { return !o.Guests }))
}

func named(objections []Objection) []string {
	var words []string
	for _, o := range objections {
		words = append(words, o.To)
	}
	return words
}

// Objecting are the words that object to a kind: its clause, and its purpose where one can object to that.
func Objecting(clause Clause) []string {
	words := []string{string(clause)}
	kind, _ := KindOf(clause)
	for _, purpose := range kind.Purposes {
		if _, stops := dispensing(purpose); stops != nil {
			words = append(words, string(purpose))
		}
	}
	return words
}
