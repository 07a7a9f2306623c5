package console_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"
	"github.com/stretchr/testify/require"

	localses "github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/console"
	"github.com/iotspot/iotspot/localstack/protocol/sdk"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/mail"
	mailses "github.com/iotspot/iotspot/shared/mail/ses"
)

const sender = "iotspot <no-reply@iotspot.example>"

// consoleWithMail has one mail, which asks for a script to be run.
func consoleWithMail(t *testing.T) http.Handler {
	t.Helper()
	box, err := localses.Open("", sender, "iotspot-mail", time.Now)
	require.NoError(t, err)
	ses := httptest.NewServer(box)
	t.Cleanup(ses.Close)
	raw, err := mailses.Compose(controllertest.Example, sender, time.Now(),
		mail.Message{Kind: mail.Overview, To: "noor@example.nl",
			Subject: "één", Text: "hello", HTML: "<p>hello<script>alert(1)</script>", Language: "nl"})
	require.NoError(t, err)
	_, err = sesv2.NewFromConfig(sdk.Config(ses.URL, "x")).SendEmail(t.Context(),
		&sesv2.SendEmailInput{FromEmailAddress: aws.String(sender), ConfigurationSetName: aws.String("iotspot-mail"),
			Destination: &types.Destination{ToAddresses: []string{"noor@example.nl"}},
			Content:     &types.EmailContent{Raw: &types.RawMessage{Data: raw}}})
	require.NoError(t, err)
	return console.New(nil, box, nil)
}

func get(handler http.Handler, host, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", "http://"+host+path, nil)
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

func TestAMailIsShownAsTextAsHtmlThatCanRunNothingAndAsItWasSent(t *testing.T) {
	handler := consoleWithMail(t)
	var mails []struct{ ID, To, Subject string }
	require.NoError(t, json.Unmarshal(get(handler, "localhost:8081", "/mailbox?to=noor@example.nl").Body.Bytes(),
		&mails))
	require.Len(t, mails, 1)
	require.Equal(t, "één", mails[0].Subject)
	shown := get(handler, "127.0.0.1", "/mailbox/"+mails[0].ID+"/html")
	require.Contains(t, shown.Body.String(), "<p>hello")
	policy := shown.Header().Get("Content-Security-Policy")
	require.Contains(t, policy, "default-src 'none'")
	require.NotContains(t, policy, "allow-scripts")
	require.Equal(t, "hello", strings.TrimSpace(get(handler, "127.0.0.1",
		"/mailbox/"+mails[0].ID+"/text").Body.String()))
	require.Contains(t, get(handler, "127.0.0.1", "/mailbox/"+mails[0].ID+"/raw").Body.String(),
		"To: <noor@example.nl>")
	require.Equal(t, 404, get(handler, "127.0.0.1", "/mailbox/none").Code)
}

func TestTheMailboxAnswersThisMachineAlone(t *testing.T) {
	require.Equal(t, 403, get(consoleWithMail(t), "elsewhere.example", "/mailbox").Code)
}
