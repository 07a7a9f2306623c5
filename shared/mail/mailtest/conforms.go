package mailtest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/ses"
)

// Example is a mail with all that a mail has.
func Example() mail.Message {
	return mail.Message{To: "noor@example.nl", Subject: "Jouw overzicht – één plek", Language: "nl",
		Kind: mail.Overview,
		Text: "Dag Noor,\n\neen regel met ë.\n", HTML: "<p>Dag Noor, een regel met ë.</p>",
		Attachments: []mail.Attachment{{Name: "overview.json", Type: "application/json",
			Body: []byte(`{"name":"Noör"}`)}}}
}

// forgeries are what could end a header early and begin another, or reach somebody else.
var forgeries = map[string]func(*mail.Message){
	"line feed in the subject":   func(m *mail.Message) { m.Subject = "Hi\nBcc: other@example.nl" },
	"CRLF in the subject":        func(m *mail.Message) { m.Subject = "Hi\r\nBcc: other@example.nl" },
	"next line in the subject":   func(m *mail.Message) { m.Subject = "Hi\u0085Bcc: other@example.nl" },
	"empty subject":              func(m *mail.Message) { m.Subject = " " },
	"CRLF in the address":        func(m *mail.Message) { m.To = "noor@example.nl\r\nBcc: other@example.nl" },
	"two addresses":              func(m *mail.Message) { m.To = "noor@example.nl, other@example.nl" },
	"a name with the address":    func(m *mail.Message) { m.To = "Noor <noor@example.nl>" },
	"no address":                 func(m *mail.Message) { m.To = "" },
	"a quote in the file's name": func(m *mail.Message) { m.Attachments[0].Name = "a\"; x=\"b.json" },
	"CRLF in the file's name":    func(m *mail.Message) { m.Attachments[0].Name = "a.json\r\nX-Forged: yes" },
	"CRLF in the file's type":    func(m *mail.Message) { m.Attachments[0].Type = "text/plain\r\nX-Forged: yes" },
	"CRLF in the language":       func(m *mail.Message) { m.Language = "nl\r\nX-Forged: yes" },
}

// Conforms holds a sender to what mail.Sender promises: it sends what is well formed, and refuses what is of no
// declared kind or could carry a forged header before any of it is sent, in words that name no address. Sent counts
// what it has sent.
func Conforms(t *testing.T, sender mail.Sender, sent func() int) {
	t.Helper()
	require.NoError(t, sender.Send(t.Context(), Example()))
	require.Equal(t, 1, sent())
	for _, kind := range []mail.Kind{"", "newsletter"} {
		m := Example()
		m.Kind = kind
		require.ErrorIs(t, sender.Send(t.Context(), m), ses.ErrKind)
	}
	for name, forge := range forgeries {
		t.Run(name, func(t *testing.T) {
			m := Example()
			forge(&m)
			err := sender.Send(t.Context(), m)
			require.Error(t, err)
			require.NotContains(t, err.Error(), "other@")
			require.NotContains(t, err.Error(), "noor@")
		})
	}
	require.Equal(t, 1, sent(), "nothing of what was refused")
}
