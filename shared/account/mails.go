package account

import (
	"fmt"

	"github.com/iotspot/iotspot/shared/mail"
)

// The mails are plain text and hold no more than they must: no name, nothing of what was filled in.

func registrationMail(to, language, digits string) mail.Message {
	if language == "nl" {
		return message(mail.RegistrationCode, to, language, "Je code om je te registreren bij iotspot",
			"Je code om je registratie bij iotspot te bevestigen is:\n\n    %s\n\nDe code werkt één keer, een uur lang. "+
				"Heb je je niet geregistreerd? Dan hoef je niets te doen: na dat uur is alles weg wat daarbij is ingevuld.\n", digits)
	}
	return message(mail.RegistrationCode, to, language, "Your code to register with iotspot",
		"Your code to confirm your registration with iotspot is:\n\n    %s\n\nIt works once, for an hour. "+
			"You did not register? Then there is nothing to do: after that hour all that was filled in is gone.\n", digits)
}

func knownMail(to, language string) mail.Message {
	if language == "nl" {
		return message(mail.RegisteredAlready, to, language, "Je bent al geregistreerd bij iotspot",
			"Iemand, waarschijnlijk jijzelf, wilde dit adres registreren bij iotspot. Het is al geregistreerd: meld je aan met dit adres. "+
				"Aan je registratie is niets veranderd.\n")
	}
	return message(mail.RegisteredAlready, to, language, "You are registered with iotspot already",
		"Somebody, probably you, asked to register this address with iotspot. It is registered already: sign in with it. "+
			"Nothing about your registration was changed.\n")
}

func newAddressMail(to, language, digits string) mail.Message {
	if language == "nl" {
		return message(mail.NewAddressCode, to, language, "Je code om je e-mailadres te wijzigen",
			"Je code om dit adres voortaan te gebruiken bij iotspot is:\n\n    %s\n\nDe code werkt één keer, een uur lang. "+
				"Heb je dit niet gevraagd? Dan hoef je niets te doen.\n", digits)
	}
	return message(mail.NewAddressCode, to, language, "Your code to change your e-mail address",
		"Your code to use this address with iotspot from now on is:\n\n    %s\n\nIt works once, for an hour. "+
			"You did not ask for this? Then there is nothing to do.\n", digits)
}

func message(kind mail.Kind, to, language, subject, text string, args ...any) mail.Message {
	return mail.Message{To: to, Language: language, Subject: subject, Text: fmt.Sprintf(text, args...), Kind: kind}
}
