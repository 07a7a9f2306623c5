package account

import (
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

var registrationWords = signin.CodeWords{
	Kind:    mail.RegistrationCode,
	Subject: words.Text{NL: "Je code om je te registreren bij iotspot", EN: "Your code to register with iotspot"},
	For: words.Text{NL: "je registratie bij iotspot te bevestigen",
		EN: "confirm your registration with iotspot"},
	Works: signin.AnHour,
	Otherwise: words.Text{NL: "Heb je je niet geregistreerd? Dan hoef je niets te doen: na dat uur is alles weg " +
		"wat daarbij is ingevuld.",
		EN: "You did not register? Then there is nothing to do: after that hour all that was filled in is gone."},
}

var newAddressWords = signin.CodeWords{
	Kind: mail.NewAddressCode,
	Subject: words.Text{NL: "Je code om je e-mailadres te wijzigen",
		EN: "Your code to change your e-mail address"},
	For: words.Text{NL: "dit adres voortaan te gebruiken bij iotspot",
		EN: "use this address with iotspot from now on"},
	Works: signin.AnHour,
	Otherwise: words.Text{NL: "Heb je dit niet gevraagd? Dan hoef je niets te doen.",
		EN: "You did not ask for this? Then there is nothing to do."},
}

// movedMail goes to the address with which somebody signed in until now. It holds neither a name nor the new address.
func (s Settings) movedMail(user table.User) mail.Message {
	subject := words.Text{NL: "Je e-mailadres bij iotspot is gewijzigd",
		EN: "Your e-mail address with iotspot was changed"}
	text := words.Text{
		NL: "Je meldt je bij iotspot voortaan met een ander e-mailadres aan. Dit adres bewaren we niet langer, en " +
			"op andere apparaten " +
			"ben je afgemeld. Heb je dit niet zelf gedaan? Schrijf dan meteen aan " + s.Support + ".\n",
		EN: "From now on you sign in to iotspot with another e-mail address. We don't keep this one any longer, " +
			"and on other devices " +
			"you are signed out. This was not you? Then write to " + s.Support + " at once.\n",
	}
	language := user.Language
	return mail.Message{To: user.Email, Language: language, Subject: subject.In(language), Text: text.In(language),
		Kind: mail.AddressChanged}
}

// KnownMail goes to an address that is registered already. It holds no name.
func KnownMail(to, language string) mail.Message {
	subject := words.Text{NL: "Je bent al geregistreerd bij iotspot",
		EN: "You are registered with iotspot already"}
	text := words.Text{
		NL: "Iemand, waarschijnlijk jijzelf, wilde dit adres registreren bij iotspot. Het is al geregistreerd: " +
			"meld je aan met dit adres. " +
			"Aan je registratie is niets veranderd.\n",
		EN: "Somebody, probably you, asked to register this address with iotspot. It is registered already: sign " +
			"in with it. " +
			"Nothing about your registration was changed.\n",
	}
	return mail.Message{To: to, Language: language, Subject: subject.In(language), Text: text.In(language),
		Kind: mail.RegisteredAlready}
}

// strangerMail goes to an address that was to be registered and whose domain is no customer's. It holds no name.
func strangerMail(to, language string) mail.Message {
	subject := words.Text{NL: "Je kunt je met dit adres niet registreren bij iotspot",
		EN: "You can't register with iotspot with this address"}
	text := words.Text{
		NL: "Iemand, waarschijnlijk jijzelf, wilde dit adres registreren bij iotspot. Dat kan alleen met een " +
			"e-mailadres van een organisatie die iotspot gebruikt. Er is niets bewaard.\n",
		EN: "Somebody, probably you, asked to register this address with iotspot. That takes an e-mail address of " +
			"an organisation that uses iotspot. Nothing was stored.\n",
	}
	return mail.Message{To: to, Language: language, Subject: subject.In(language), Text: text.In(language),
		Kind: mail.NoAccess}
}
