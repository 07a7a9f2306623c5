package mail_test

import (
	"html"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/mail"
)

// 14.contact
func TestEveryMailEndsWithWhoSendsItWhomToAskTheAppAndTheStatement(t *testing.T) {
	m := mail.Message{Subject: "Een onderwerp", Language: "nl", Text: "Dag <b>.\n\n" + mail.Typed + "0471 1234 5678",
		Do: mail.Action{Label: "Open", URL: "https://api.example/#/x"}, Rest: "Nog iets."}
	text, page := mail.Lay(controllertest.Example, m)
	require.Equal(t, "Dag <b>.\n\n    0471 1234 5678\n\nOpen:\nhttps://api.example/#/x\n\nNog iets.\n\n"+
		"Example Controller B.V., Example Street 1, Utrecht\n"+
		"Vragen? Antwoord op deze e-mail of schrijf naar privacy@controller.example\n"+
		"Naar de app: https://api.example/\nPrivacyverklaring: https://api.example/statement?language=nl\n", text)
	require.Contains(t, page, "Dag &lt;b&gt;.", "what others wrote is no markup")
	for _, said := range []string{"Een onderwerp", "0471 1234 5678", "Nog iets.", "privacy@controller.example",
		`href="https://api.example/"`, `href="https://api.example/statement?language=nl"`,
		`href="https://api.example/#/x"`} {
		require.Contains(t, html.UnescapeString(page), said)
	}
	require.Equal(t, 1, strings.Count(page, `class="code"`))
}

func TestAButtonsAddressThatBeginsWithASlashIsAtTheOwnSite(t *testing.T) {
	m := mail.Message{Subject: "S", Language: "en", Text: "T.", Do: mail.Action{Label: "Open", URL: "/#/agenda"}}
	text, page := mail.Lay(controllertest.Example, m)
	require.Contains(t, text, "Open:\nhttps://api.example/#/agenda\n")
	require.Contains(t, page, `href="https://api.example/#/agenda"`)
}
