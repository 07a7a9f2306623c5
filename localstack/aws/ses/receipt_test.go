package ses_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/build"
)

// added are the lines that SES puts before a message, without what they say: the names of header fields, and of what
// stands in them.
func added(content []byte) (names []string) {
	head, _, _ := bytes.Cut(bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n")), []byte("\nFrom: "))
	for _, line := range bytes.Split(head, []byte("\n")) {
		names = append(names, string(regexp.MustCompile(`^\S+:| (by|for|spf|dkim|dmarc)\b|[a-z-]+=`).Find(line)))
		for _, part := range regexp.MustCompile(`; [a-z-]+=`).FindAll(line, -1) {
			names = append(names, string(part))
		}
	}
	return names
}

func TestAMailIsStoredWithTheHeaderFieldsThatSESAdds_7_mail(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(build.Root(), "events", "payloads", "received-mail.eml"))
	require.NoError(t, err)
	mail := ses.Incoming{Raw: []byte("From: noor@example.nl\r\n\r\nhello"), Envelope: "noor@example.nl",
		Recipient: "support@iotspot.example"}
	require.Equal(t, added(content), added(mail.Stored("id", now())))
}
