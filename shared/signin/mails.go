package signin

import (
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/words"
)

// CodeWords say what a mailed code is for. The mail holds these words and the code: no name, and nothing that was
// filled in.
type CodeWords struct {
	Kind      mail.Kind
	Subject   words.Text
	For       words.Text // completes "Your code to …"
	Works     words.Text // how long
	Otherwise words.Text // to who did not ask for it
}

// AnHour is how long a code for a confirmation works.
var AnHour = words.Text{NL: "een uur", EN: "an hour"}

// CodeMail is plain text.
func CodeMail(to, language, digits string, w CodeWords) mail.Message {
	is, once := " is:\n\n    "+digits+"\n\n", words.Text{NL: "De code werkt één keer, " + w.Works.NL + " lang. ",
		EN: "It works once, for " + w.Works.EN + ". "}
	text := words.Text{NL: "Je code om " + w.For.NL, EN: "Your code to " + w.For.EN}
	return mail.Message{To: to, Language: language, Subject: w.Subject.In(language), Kind: w.Kind,
		Text: text.In(language) + is + once.In(language) + w.Otherwise.In(language) + "\n"}
}

// linked adds to a mail with a code the link that spares typing it.
func linked(letter mail.Message, link string) mail.Message {
	or := words.Text{NL: "Of open deze link op het toestel waarop je je wilt aanmelden, en bevestig het in de app:",
		EN: "Or open this link on the device on which you want to sign in, and confirm in the app:"}
	letter.Text += "\n" + or.In(letter.Language) + "\n\n    " + link + "\n"
	return letter
}

var signInWords = CodeWords{
	Kind:    mail.SignInCode,
	Subject: words.Text{NL: "Je code voor iotspot", EN: "Your code for iotspot"},
	For:     words.Text{NL: "je aan te melden bij iotspot", EN: "sign in to iotspot"},
	Works:   words.Text{NL: "tien minuten", EN: "ten minutes"},
	Otherwise: words.Text{NL: "Heb je hem niet gevraagd? Dan hoef je niets te doen: zonder de code komt niemand " +
		"binnen.",
		EN: "You did not ask for it? Then there is nothing to do: without the code nobody gets in."},
}
