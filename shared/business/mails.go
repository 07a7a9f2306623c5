package business

import (
	"fmt"

	"github.com/iotspot/iotspot/shared/mail"
)

// openingMail holds the code and nothing of what was filled in.
func openingMail(to, language, digits string) mail.Message {
	m := mail.Message{To: to, Language: language, Kind: mail.OpeningCode}
	if language == "nl" {
		m.Subject = "Je code om een bedrijfsaccount te openen bij iotspot"
		m.Text = fmt.Sprintf("Je code om het bedrijfsaccount bij iotspot te openen is:\n\n    %s\n\nDe code werkt één keer, een uur lang. "+
			"Heb je geen account aangevraagd? Dan hoef je niets te doen: na dat uur is alles weg wat daarbij is ingevuld.\n", digits)
		return m
	}
	m.Subject = "Your code to open a business account with iotspot"
	m.Text = fmt.Sprintf("Your code to open the business account with iotspot is:\n\n    %s\n\nIt works once, for an hour. "+
		"You did not ask for an account? Then there is nothing to do: after that hour all that was filled in is gone.\n", digits)
	return m
}
