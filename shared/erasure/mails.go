package erasure

import (
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// confirmation is the one mail after an erasure.
func (w Worker) confirmation(farewell table.Farewell) mail.Message {
	language := words.LanguageOf(farewell.Language)
	subject := words.Text{NL: "Je persoonsgegevens zijn gewist",
		EN: "Your personal data has been erased"}.In(language)
	text := words.Text{
		NL: "Je registratie is beëindigd en al je persoonsgegevens zijn gewist, zoals jij of je organisatie vroeg. " +
			"Ook dit adres bewaren we niet: dit is de laatste e-mail die je van ons krijgt.\n\n" +
			"Namen die anderen zelf hebben opgeschreven, zoals die van hun favoriete collega's, blijven van hen. " +
			"Uit de reservekopie verdwijnt alles binnen 24 uur.",
		EN: "Your registration has ended and all your personal data has been erased, as you or your organisation asked. " +
			"We don't keep this address either: this is the last e-mail that you get from us.\n\n" +
			"Names that others wrote down themselves, as those of their favourite colleagues, stay theirs. " +
			"Everything leaves the backup within 24 hours.",
	}.In(language)
	return mail.Message{To: farewell.Email, Subject: subject, Language: language, Kind: mail.ErasureConfirmation,
		Text: text + "\n\n" + w.Controller + "\n" + w.Support + "\n"}
}
