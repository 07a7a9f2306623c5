package signin

import (
	"fmt"

	"github.com/iotspot/iotspot/shared/mail"
)

// codeMail is plain text: there is nothing in it but the code and what it is for.
func codeMail(to, language, digits string) mail.Message {
	m := mail.Message{To: to, Language: language, Kind: mail.SignInCode}
	if language == "nl" {
		m.Subject = "Je code voor iotspot"
		m.Text = fmt.Sprintf("Je code om je aan te melden bij iotspot is:\n\n    %s\n\nDe code werkt één keer, tien minuten lang. "+
			"Heb je hem niet gevraagd? Dan hoef je niets te doen: zonder de code komt niemand binnen.\n", digits)
		return m
	}
	m.Subject = "Your code for iotspot"
	m.Text = fmt.Sprintf("Your code to sign in to iotspot is:\n\n    %s\n\nIt works once, for ten minutes. "+
		"You did not ask for it? Then there is nothing to do: without the code nobody gets in.\n", digits)
	return m
}
