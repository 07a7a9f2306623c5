package privacy

// Words is a text in each language of the system.
type Words struct {
	NL string `json:"nl"`
	EN string `json:"en"`
}

// In is the text in a language: English in "en", otherwise Dutch.
func (w Words) In(language string) string {
	if language == "en" {
		return w.EN
	}
	return w.NL
}

// LanguageOf is the language to speak to somebody who chose one, or none.
func LanguageOf(chosen string) string {
	if chosen == "en" {
		return "en"
	}
	return "nl"
}

// Purposes are the words for each purpose, in the order of the statement.
var Purposes = []struct {
	Purpose Purpose
	Words   Words
}{
	{Research, Words{"onderzoek om de dienst te verbeteren", "research to improve the service"}},
	{Promotion, Words{"het gebruik bevorderen binnen het contract", "promoting use within the contract"}},
	{Performance, Words{"de afspraken met jou en de klant uitvoeren",
		"performing the agreements with you and the customer"}},
	{Management, Words{"technisch en functioneel beheer", "technical and functional management"}},
	{Disclosure, Words{"verstrekking die de wet of de verklaring vereist",
		"disclosure that the law or the statement requires"}},
	{Enforcement, Words{"de gebruiksvoorwaarden handhaven", "enforcing the terms of service"}},
}

// Words are the words for the purpose.
func (p Purpose) Words() Words {
	for _, named := range Purposes {
		if named.Purpose == p {
			return named.Words
		}
	}
	return Words{}
}

// Words are what the kind is.
func (k Kind) Words() Words { return Words{k.NL, k.EN} }

// Words are until when the rule keeps.
func (r Rule) Words() Words { return Words{r.NL, r.EN} }

// Ending is the event with which a rule ends that has no instant known beforehand.
func (r Rule) Ending() Words {
	switch r.EN {
	case WhileSpecified.EN:
		return Words{"zodra je het wist, uiterlijk bij je uitschrijving",
			"when you clear it, at the latest on unregistering"}
	case WhileStaff.EN:
		return Words{"als de medewerker niet meer bij ons werkt", "when the member of staff leaves us"}
	case UnderContract.EN:
		return Words{"bij het einde van het contract", "at the contract's end"}
	}
	return Words{"bij je uitschrijving", "on unregistering"}
}

// OfPersons are the kinds that are about a person: all but the customer's (art. 3).
func OfPersons() []Kind {
	var kinds []Kind
	for _, kind := range Kinds {
		if kind.Fate != Keep {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}
