package privacy

import (
	"slices"

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
		NL: "sensoren checken je niet meer in of uit; zelf kan dat nog",
		EN: "sensors don't check you in or out any more; you still can yourself"}},
	{To: "4.d.5", Stops: words.Text{
		NL: "we leggen dit niet meer vast, en wat er stond is weg",
		EN: "we no longer record it, and what was there is gone"}},
	{To: "4.e.1", Stops: words.Text{
		NL: "we leggen dit niet meer vast, en wat er stond is weg",
		EN: "we no longer record it, and what was there is gone"}},
	{To: "4.e.2", Stops: words.Text{
		NL: "we leggen dit niet meer vast, en wat er stond is weg",
		EN: "we no longer record it, and what was there is gone"}},
	{To: "5.transactions", Guests: true, Stops: words.Text{
		NL: "je telt in geen enkele telling meer mee, ook niet met wat je vandaag deed",
		EN: "you are in no count any more, nor is what you did today"}},
	{To: "11.cookies", Stops: words.Text{
		NL: "we tellen ze niet meer, ook niet die van vandaag",
		EN: "we no longer count them, nor those of today"}},
}

// Objections are all that there can be: those kinds, and each purpose that no other kind about a person serves. A
// purpose that is needed for the service or by law is not among them, nor one that no kind serves.
func Objections() []Objection {
	all := slices.Clone(dispensable)
	for _, named := range Purposes {
		if to, stops := dispensing(named.Purpose); stops != nil {
			to.Stops = words.Text{NL: "we leggen niets meer vast wat daarvoor dient: ",
				EN: "we record nothing any more that is for it: "}
			for i, clause := range stops {
				if i > 0 {
					to.Stops.NL, to.Stops.EN = to.Stops.NL+"; ", to.Stops.EN+"; "
				}
				kind, _ := KindOf(Clause(clause))
				to.Stops.NL, to.Stops.EN = to.Stops.NL+kind.NL, to.Stops.EN+kind.EN
			}
			all = append(all, to)
		}
	}
	return all
}

// dispensing is the objection to a purpose, with the clauses that it stops; none where something else serves it too.
func dispensing(purpose Purpose) (to Objection, stops []string) {
	to.To = string(purpose)
	for kind := range OfPersons() {
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

// Words are what is objected to.
func (o Objection) Words() words.Text {
	if kind, ok := KindOf(Clause(o.To)); ok {
		return kind.Text
	}
	return Purpose(o.To).Words()
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
