package erasure

import (
	"fmt"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// confirmation is the one mail after an erasure.
func (w Worker) confirmation(farewell table.Farewell) mail.Message {
	say := func(w words.Text) string { return w.In(words.LanguageOf(farewell.Language)) }
	day := say(words.Day(civil.DateOf(w.Now(), civil.UTC)))
	return mail.Message{To: farewell.Email, Language: words.LanguageOf(farewell.Language),
		Kind: mail.ErasureConfirmation,
		Subject: fmt.Sprintf(say(words.Text{NL: "Je persoonsgegevens zijn gewist op %s",
			EN: "Your personal data was erased on %s"}), day),
		Text: say(words.Text{
			NL: "Je registratie bij iotspot is beëindigd en je persoonsgegevens zijn gewist, omdat jij of je " +
				"organisatie dat vroeg. Je hoeft niets te doen.",
			EN: "Your registration with iotspot has ended and your personal data was erased, because you or your " +
				"organisation asked for it. You don't need to do anything."}) + "\n\n" + say(WhatStays) + "\n\n" +
			say(words.Text{
				NL: "Ook dit e-mailadres bewaren we niet: dit is de laatste e-mail die je van ons krijgt.",
				EN: "We don't keep this e-mail address either: this is the last e-mail that you get from us."})}
}
