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
