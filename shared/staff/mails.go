package staff

import (
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/words"
)

var codeWords = signin.CodeWords{
	Kind:    mail.SignInCode,
	Subject: words.Text{NL: "Je code voor medewerkers van iotspot", EN: "Your code for staff of iotspot"},
	For:     words.Text{NL: "je als medewerker aan te melden bij iotspot", EN: "sign in to iotspot as staff"},
	Works:   words.Text{NL: "tien minuten", EN: "ten minutes"},
	Otherwise: words.Text{NL: "Heb je hem niet gevraagd? Meld dat: iemand probeert binnen te komen met jouw " +
		"adres.",
		EN: "You did not ask for it? Report it: somebody is trying to get in with your address."},
}
