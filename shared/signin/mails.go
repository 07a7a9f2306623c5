package signin

import (
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/words"
)

// CodeWords say what a mailed code is for; the words of each other mail stand in the room that sends it. The mail
// holds these words and the code: no name, and nothing that was filled in.
type CodeWords struct {
	Kind      mail.Kind
	Subject   words.Text
	For       words.Text // what one does with the code, which follows
	Works     words.Text // how long
	Otherwise words.Text // to a person who did not ask for it
}

// AnHour is how long a code for a confirmation works.
var AnHour = words.Text{NL: "een uur", EN: "an hour"}

// CodeMail is the mail with a code.
func CodeMail(to, language, digits string, w CodeWords) mail.Message {
	once := words.Text{NL: "De code werkt één keer, " + w.Works.NL +
		" lang. Geef hem aan niemand door; wij vragen er nooit om.",
		EN: "The code works once, for " + w.Works.EN + ". Don't give it to anybody; we never ask for it."}
	return mail.Message{To: to, Language: language, Subject: w.Subject.In(language), Kind: w.Kind,
		Text: w.For.In(language) + "\n\n" + mail.Typed + digits + "\n\n" + once.In(language) + "\n\n" +
			w.Otherwise.In(language)}
}

// Elsewhere tells a person whose domain has moved to another account where they are registered, and how to leave that:
// nobody is let into the earlier account without a word, and nobody is moved who didn't ask for it.
var Elsewhere = words.Text{
	NL: "Let op: dit adres is geregistreerd bij de organisatie die dit e-maildomein eerder had. Het domein hoort nu " +
		"bij het account van een andere organisatie. Wil je daarbij horen? Meld je dan met dit adres aan, beëindig " +
		"je registratie bij Mijn gegevens en registreer je opnieuw. Wat bij je registratie hoort, zoals " +
		"reserveringen, vervalt daarmee.",
	EN: "Please note: this address is registered with the organisation that had this e-mail domain before. The " +
		"domain now belongs to the account of another organisation. Do you want to be part of that one? Then sign " +
		"in with this address, end your registration at My data, and register again. What belongs to your " +
		"registration, such as reservations, goes with it.",
}

// linked adds to a mail with a code the link that spares typing it.
func linked(letter mail.Message, link string) mail.Message {
	letter.Do = mail.Action{URL: link, Label: words.Text{NL: "Meld me aan op dit apparaat",
		EN: "Sign me in on this device"}.In(letter.Language)}
	return letter
}

var signInWords = CodeWords{
	Kind:    mail.SignInCode,
	Subject: words.Text{NL: "Je code om je aan te melden bij iotspot", EN: "Your code to sign in to iotspot"},
	For:     words.Text{NL: "Met deze code meld je je aan:", EN: "With this code you sign in:"},
	Works:   words.Text{NL: "tien minuten", EN: "ten minutes"},
	Otherwise: words.Text{NL: "Was jij dit niet? Dan hoef je niets te doen: zonder de code komt niemand binnen.",
		EN: "Wasn't this you? Then you don't need to do anything: without the code nobody gets in."},
}
