package staff

import (
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/words"
)

var codeWords = signin.CodeWords{
	Kind: mail.SignInCode,
	Subject: words.Text{NL: "Je code om je als medewerker aan te melden bij iotspot",
		EN: "Your code to sign in to iotspot as staff"},
	For:   words.Text{NL: "Met deze code meld je je aan als medewerker:", EN: "With this code you sign in as staff:"},
	Works: words.Text{NL: "tien minuten", EN: "ten minutes"},
	Otherwise: words.Text{NL: "Was jij dit niet? Meld het dan meteen: iemand probeert met jouw e-mailadres binnen " +
		"te komen.",
		EN: "Wasn't this you? Then report it at once: somebody is trying to get in with your e-mail address."},
}

// added tells a member of staff that somebody can sign in with a new passkey.
func added(email, language string) mail.Message {
	return mail.Message{Kind: mail.NewPasskey, To: email, Language: language, Subject: words.Text{
		NL: "Er is een passkey toegevoegd waarmee je je aanmeldt bij iotspot",
		EN: "A passkey was added with which you sign in to iotspot"}.In(language),
		Text: words.Text{NL: "Er is zojuist een passkey toegevoegd waarmee jij je als medewerker aanmeldt.\n\nWas " +
			"jij dit " +
			"niet? Meld het dan meteen, en verwijder de passkey.",
			EN: "A passkey was added just now with which you sign in as staff.\n\nWasn't this you? Then report it " +
				"at " +
				"once, and remove the passkey."}.In(language)}
}
