package privacy

import (
	"iter"

	"github.com/iotspot/iotspot/shared/words"
)

// Purposes are the words for each purpose, in the order of the statement.
var Purposes = []struct {
	Purpose Purpose
	Words   words.Text
}{
	{Research, words.Text{NL: "onderzoek om de dienst te verbeteren", EN: "research to improve the service"}},
	{Promotion, words.Text{NL: "het gebruik bevorderen binnen het contract",
		EN: "promoting use within the contract"}},
	{Performance, words.Text{NL: "de afspraken met jou en de klant uitvoeren",
		EN: "performing the agreements with you and the customer"}},
	{Management, words.Text{NL: "technisch en functioneel beheer", EN: "technical and functional management"}},
	{Disclosure, words.Text{NL: "verstrekking die de wet of de verklaring vereist",
		EN: "disclosure that the law or the statement requires"}},
	{Enforcement, words.Text{NL: "de gebruiksvoorwaarden handhaven", EN: "enforcing the terms of service"}},
}

// Words are the words for the purpose.
func (p Purpose) Words() words.Text {
	for _, named := range Purposes {
		if named.Purpose == p {
			return named.Words
		}
	}
	return words.Text{}
}

// OfPersons are the kinds that are about a person: all but the customer's (art. 3).
func OfPersons() iter.Seq[Kind] {
	return func(yield func(Kind) bool) {
		for _, kind := range Kinds {
			if kind.Fate != Keep && !yield(kind) {
				return
			}
		}
	}
}
