package account

import (
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

var registrationWords = signin.CodeWords{
	Kind: mail.RegistrationCode,
	Subject: words.Text{NL: "Je code om je registratie bij iotspot te bevestigen",
		EN: "Your code to confirm your registration with iotspot"},
	For: words.Text{NL: "Met deze code bevestig je je registratie:",
		EN: "With this code you confirm your registration:"},
	Works: signin.AnHour,
	Otherwise: words.Text{NL: "Was jij dit niet? Dan hoef je niets te doen. Na een uur is alles weg wat er is " +
		"ingevuld.",
		EN: "Wasn't this you? Then you don't need to do anything. After an hour all that was filled in is gone."},
}

var newAddressWords = signin.CodeWords{
	Kind: mail.NewAddressCode,
	Subject: words.Text{NL: "Je code om je e-mailadres bij iotspot te wijzigen",
		EN: "Your code to change your e-mail address with iotspot"},
	For: words.Text{NL: "Met deze code gebruik je voortaan dit e-mailadres:",
		EN: "With this code you use this e-mail address from now on:"},
	Works: signin.AnHour,
	Otherwise: words.Text{NL: "Was jij dit niet? Dan hoef je niets te doen: je e-mailadres blijft zoals het is.",
		EN: "Wasn't this you? Then you don't need to do anything: your e-mail address stays as it is."},
}

// movedMail goes to the address with which somebody signed in until now. It holds neither a name nor the new address.
func movedMail(user table.User) mail.Message {
	subject := words.Text{NL: "Je e-mailadres bij iotspot is gewijzigd",
		EN: "Your e-mail address with iotspot was changed"}
	text := words.Text{
		NL: "Je meldt je bij iotspot voortaan aan met een ander e-mailadres. Dit adres hebben we gewist, en op je " +
			"andere apparaten ben je afgemeld.\n\nWas jij dit niet? Antwoord dan meteen op deze e-mail.",
		EN: "From now on you sign in to iotspot with another e-mail address. We have erased this one, and on your " +
			"other devices you are signed out.\n\nWasn't this you? Then reply to this e-mail at once.",
	}
	return mail.Message{To: user.Email, Language: user.Language, Subject: subject.In(user.Language),
		Text: text.In(user.Language), Kind: mail.AddressChanged}
}

// KnownMail goes to an address that is registered already. It holds no name.
func KnownMail(to, language string) mail.Message {
	subject := words.Text{NL: "Je bent al geregistreerd bij iotspot", EN: "You are already registered with iotspot"}
	text := words.Text{
		NL: "Iemand, waarschijnlijk jijzelf, wilde dit e-mailadres registreren bij iotspot. Dat was al gedaan: je " +
			"kunt je met dit adres aanmelden. Er is niets veranderd.",
		EN: "Somebody, probably you, wanted to register this e-mail address with iotspot. It already is: you can " +
			"sign in with this address. Nothing was changed.",
	}
	return mail.Message{To: to, Language: language, Subject: subject.In(language), Text: text.In(language),
		Kind: mail.RegisteredAlready, Do: mail.Action{URL: "/", Label: words.Text{NL: "Meld je aan",
			EN: "Sign in"}.In(language)}}
}

// strangerMail goes to an address that was to be registered and whose domain is no customer's. It holds no name.
func strangerMail(to, language string) mail.Message {
	subject := words.Text{NL: "Je kunt je met dit e-mailadres niet registreren bij iotspot",
		EN: "You can't register with iotspot with this e-mail address"}
	text := words.Text{
		NL: "Iemand, waarschijnlijk jijzelf, wilde dit e-mailadres registreren bij iotspot. Dat kan alleen met een " +
			"adres van een organisatie die iotspot gebruikt. We hebben niets bewaard.\n\n" +
			"Heb je nog een e-mailadres van je organisatie? Gebruik dan dat.",
		EN: "Somebody, probably you, wanted to register this e-mail address with iotspot. You need an address of an " +
			"organisation that uses iotspot. We have kept nothing.\n\n" +
			"Do you have another e-mail address of your organisation? Then use that one.",
	}
	return mail.Message{To: to, Language: language, Subject: subject.In(language), Text: text.In(language),
		Kind: mail.NoAccess, Do: mail.Action{URL: "/", Label: words.Text{NL: "Gebruik een ander e-mailadres",
			EN: "Use another e-mail address"}.In(language)}}
}
