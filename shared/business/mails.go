package business

import (
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/words"
)

var openingWords = signin.CodeWords{
	Kind: mail.OpeningCode,
	Subject: words.Text{NL: "Je code om een bedrijfsaccount te openen bij iotspot",
		EN: "Your code to open a business account with iotspot"},
	For: words.Text{NL: "het bedrijfsaccount bij iotspot te openen",
		EN: "open the business account with iotspot"},
	Works: signin.AnHour,
	Otherwise: words.Text{NL: "Heb je geen account aangevraagd? Dan hoef je niets te doen: na dat uur is alles " +
		"weg wat daarbij is ingevuld.",
		EN: "You did not ask for an account? Then there is nothing to do: after that hour all that was filled in " +
			"is gone."},
}
