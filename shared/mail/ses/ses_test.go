package ses_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/mail/ses"
)

func TestAnIndependentReaderFindsTextHtmlAttachmentAndLanguage(t *testing.T) {
	read := mailtest.Read(t, mailtest.Example())
	require.Equal(t, "Jouw overzicht – één plek", read.GetHeader("Subject"))
	require.Equal(t, "<noor@example.nl>", read.GetHeader("To"))
	require.Equal(t, "<privacy@controller.example>", read.GetHeader("Reply-To"), "people read there (14.contact)")
	require.Equal(t, "nl", read.GetHeader("Content-Language"))
	require.Equal(t, "auto-generated", read.GetHeader("Auto-Submitted"))
	require.Equal(t, "Sun, 22 Nov 2026 08:00:00 +0000", read.GetHeader("Date"))
	require.Equal(t, "Dag Noor,\n\neen regel met ë.\n", strings.ReplaceAll(read.Text, "\r\n", "\n"))
	require.Equal(t, "<p>Dag Noor, een regel met ë.</p>", strings.TrimSpace(read.HTML))
	require.Len(t, read.Attachments, 1)
	require.Equal(t, "overview.json", read.Attachments[0].FileName)
	require.JSONEq(t, `{"name":"Noör"}`, string(read.Attachments[0].Content))
}

func TestTextAndHtmlAreAlternativesOfEachOther(t *testing.T) {
	plain := mailtest.Example()
	plain.Attachments = nil
	require.Equal(t, "multipart/alternative", mailtest.Read(t, plain).Root.ContentType)
}

func TestAMailIsSevenBitThroughout(t *testing.T) {
	raw, err := ses.Compose(controllertest.Example, mailtest.From, time.Unix(0, 0), mailtest.Example())
	require.NoError(t, err)
	for _, b := range raw {
		require.Less(t, b, byte(0x80))
	}
}

func TestAMailSaysNothingAboutTheProgramThatMadeIt(t *testing.T) {
	read := mailtest.Read(t, mailtest.Example())
	require.Empty(t, read.GetHeader("User-Agent"))
	require.Empty(t, read.GetHeader("X-Mailer"))
	require.Regexp(t, `^<[a-z2-7]{16}@iotspot\.example>$`, read.GetHeader("Message-Id"))
}

// standIn keeps requests and answers as told.
func standIn(t *testing.T, status int, kind string) (*ses.Post, *[]string, *atomic.Int32) {
	var bodies []string
	var calls atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		bodies = append(bodies, r.Method+" "+r.URL.Path+" "+string(body))
		calls.Add(1)
		if status != http.StatusOK {
			w.Header().Set("X-Amzn-ErrorType", kind)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"MessageId":"1","message":"about noor@example.nl"}`)
	}))
	t.Cleanup(server.Close)
	client := sesv2.New(sesv2.Options{BaseEndpoint: aws.String(server.URL), Region: "eu-west-1",
		Credentials: credentials.NewStaticCredentialsProvider("a", "b", "")})
	return &ses.Post{Client: client, From: mailtest.From, Set: "mail",
		Controller: controllertest.Example,
		Now:        func() time.Time { return time.Unix(0, 0) }}, &bodies, &calls
}

func TestAPostKeepsWhatASenderPromises(t *testing.T) {
	post, _, calls := standIn(t, http.StatusOK, "")
	mailtest.Conforms(t, post, func() int { return int(calls.Load()) })
}

func TestAPostHandsSesTheRawMessageForOneReceiver(t *testing.T) {
	post, bodies, _ := standIn(t, http.StatusOK, "")
	require.NoError(t, post.Send(t.Context(), mailtest.Example()))
	path, body, _ := strings.Cut((*bodies)[0], "emails ")
	require.Equal(t, "POST /v2/email/outbound-", path)
	var request struct {
		ConfigurationSetName string
		Destination          struct{ ToAddresses []string }
		Content              struct{ Raw struct{ Data []byte } }
	}
	require.NoError(t, json.Unmarshal([]byte(body), &request))
	require.Equal(t, "mail", request.ConfigurationSetName, "which keeps the address off SES's suppression list")
	require.Equal(t, []string{"noor@example.nl"}, request.Destination.ToAddresses)
	require.Equal(t, "nl", mailtest.Parse(t, request.Content.Raw.Data).GetHeader("Content-Language"))
}

func TestASubjectOfWhatPeopleWroteArrivesAsTheyWroteIt(t *testing.T) {
	post, bodies, _ := standIn(t, http.StatusOK, "")
	for _, written := range []string{
		"Head office", "Zoë's Café – één plek", strings.Repeat("A", 200), strings.Repeat("Ã", 200),
		strings.Repeat("🏢", 100), strings.Repeat("会議室 ", 40) + "3",
		strings.Repeat("e\u0301", 100), "a: b; c, <d@e.example> \"f\" \\ (g)", strings.Repeat("long ", 40) + "é",
		strings.Repeat("x", 60) + "   " + strings.Repeat("ÿ y  ", 30) + "z",
		"=?utf-8?q?http=3A//evil.example?=", "=?utf-8?b?DQpCY2M6IHg=?=", "Zoë =?utf-8?q?=0D=0ABcc=3A_x?=",
		strings.Repeat("=? ?= ", 30) + "🏢",
	} {
		m := mailtest.Example()
		m.Subject = "Your guest pass for " + written
		require.NoError(t, post.Send(t.Context(), m), "%q", written)
		_, body, _ := strings.Cut((*bodies)[len(*bodies)-1], "emails ")
		var request struct {
			Content struct{ Raw struct{ Data []byte } }
		}
		require.NoError(t, json.Unmarshal([]byte(body), &request))
		raw := request.Content.Raw.Data
		require.Equal(t, m.Subject, mailtest.Parse(t, raw).GetHeader("Subject"))
		for _, line := range strings.Split(string(raw), "\r\n") {
			require.LessOrEqual(t, len(line), 998, "RFC 5322, 2.1.1")
			require.NotRegexp(t, "(?i)^bcc:", line)
			require.NotRegexp(t, `[^\x20-\x7e\t]`, line)
		}
	}
}

func TestAMailDeclaredAtMostOnceIsNeverTriedAgain(t *testing.T) {
	post, _, calls := standIn(t, http.StatusInternalServerError, "InternalFailure")
	once := mailtest.Example()
	once.Kind = mail.ErasureConfirmation
	require.Error(t, post.Send(t.Context(), once))
	require.EqualValues(t, 1, calls.Load())
	require.Error(t, post.Send(t.Context(), mailtest.Example()))
	require.Greater(t, calls.Load(), int32(2))
}

func TestAnErrorOfSesNamesNoAddress(t *testing.T) {
	post, _, _ := standIn(t, http.StatusBadRequest, "MessageRejected")
	err := post.Send(t.Context(), mailtest.Example())
	require.ErrorContains(t, err, "MessageRejected")
	require.NotContains(t, err.Error(), "noor")
}

func TestForgettingAnAddressThatIsNotSuppressedIsNoError(t *testing.T) {
	post, bodies, _ := standIn(t, http.StatusNotFound, "NotFoundException")
	require.NoError(t, post.Forget(t.Context(), "noor@example.nl"))
	require.Contains(t, (*bodies)[0], "DELETE /v2/email/suppression/addresses/noor")
}

func TestAnAddressThatSESTakesForMalformedIsTakenForAbsentWhereItHoldsASlashAlone(t *testing.T) {
	post, _, _ := standIn(t, http.StatusBadRequest, "BadRequestException")
	require.NoError(t, post.Forget(t.Context(), "m.kumar/it@example.nl"))
	require.Error(t, post.Forget(t.Context(), "noor@example.nl"))
}
