package ses_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/protocol/sdk"
)

const sender, set = "iotspot <no-reply@iotspot.example>", "iotspot-mail"

var raw = []byte("From: no-reply@iotspot.example\r\nTo: noor@example.nl\r\nDate: Sun, 22 Nov 2026 08:00:00 " +
	"+0000\r\nSubject: hi\r\n\r\nhello\r\n")

func now() time.Time { return time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC) }

func open(t *testing.T, folder string) (*ses.Mailbox, *sesv2.Client) {
	t.Helper()
	box, err := ses.Open(folder, sender, set, now)
	require.NoError(t, err)
	server := httptest.NewServer(box)
	t.Cleanup(server.Close)
	return box, sesv2.NewFromConfig(sdk.Config(server.URL, "x"), func(o *sesv2.Options) { o.RetryMaxAttempts = 1 })
}

func message() *sesv2.SendEmailInput {
	return &sesv2.SendEmailInput{FromEmailAddress: aws.String(sender), ConfigurationSetName: aws.String(set),
		Destination: &types.Destination{ToAddresses: []string{"noor@example.nl"}},
		Content:     &types.EmailContent{Raw: &types.RawMessage{Data: raw}}}
}

func TestAMailIsKeptAsItWasSentAndIsThereAfterARestart(t *testing.T) {
	folder := t.TempDir()
	_, client := open(t, folder)
	sent, err := client.SendEmail(t.Context(), message())
	require.NoError(t, err)
	again, _ := open(t, folder)
	require.Equal(t, []ses.Mail{{ID: *sent.MessageId, At: now(), To: "noor@example.nl", Raw: raw}},
		again.To("Noor@Example.nl"))
}

func TestWhatIsNotImplementedOrNotRightIsRefused(t *testing.T) {
	for name, change := range map[string]func(*sesv2.SendEmailInput){
		"another sender":       func(m *sesv2.SendEmailInput) { m.FromEmailAddress = aws.String("x@example.nl") },
		"two receivers":        func(m *sesv2.SendEmailInput) { m.Destination.ToAddresses = append(m.Destination.ToAddresses, "a@b.nl") },
		"a copy":               func(m *sesv2.SendEmailInput) { m.Destination.CcAddresses = []string{"a@b.nl"} },
		"a composed message":   func(m *sesv2.SendEmailInput) { m.Content = &types.EmailContent{Simple: &types.Message{}} },
		"another set":          func(m *sesv2.SendEmailInput) { m.ConfigurationSetName = aws.String("x") },
		"no configuration set": func(m *sesv2.SendEmailInput) { m.ConfigurationSetName = nil },
		"a long local part": func(m *sesv2.SendEmailInput) {
			m.Destination.ToAddresses = []string{strings.Repeat("n", 65) + "@example.nl"}
		},
		"a local part that is not ASCII": func(m *sesv2.SendEmailInput) {
			m.Destination.ToAddresses = []string{"noör@example.nl"}
		},
		"no headers": func(m *sesv2.SendEmailInput) { m.Content.Raw.Data = []byte("hello") },
	} {
		box, client := open(t, "")
		m := message()
		change(m)
		_, err := client.SendEmail(t.Context(), m)
		require.Error(t, err, name)
		require.Empty(t, box.All(), name)
	}
	_, client := open(t, "")
	_, err := client.ListSuppressedDestinations(t.Context(),
		&sesv2.ListSuppressedDestinationsInput{NextToken: aws.String("x")})
	require.ErrorContains(t, err, "NotImplemented")
}

func TestASuppressedAddressGetsItsMailAndIsOnTheListUntilItIsTakenOff(t *testing.T) {
	box, client := open(t, "")
	box.Suppress("noor@example.nl")
	_, err := client.SendEmail(t.Context(), message())
	require.NoError(t, err)
	require.Len(t, box.All(), 1, "the set does not heed the list")
	listed, err := client.ListSuppressedDestinations(t.Context(),
		&sesv2.ListSuppressedDestinationsInput{PageSize: aws.Int32(1000)})
	require.NoError(t, err)
	require.Len(t, listed.SuppressedDestinationSummaries, 1)
	require.Equal(t, "noor@example.nl", *listed.SuppressedDestinationSummaries[0].EmailAddress)
	remove := &sesv2.DeleteSuppressedDestinationInput{EmailAddress: aws.String("noor@example.nl")}
	_, err = client.DeleteSuppressedDestination(t.Context(), remove)
	require.NoError(t, err)
	require.Empty(t, box.Suppressed())
	_, err = client.DeleteSuppressedDestination(t.Context(), remove)
	var absent *types.NotFoundException
	require.ErrorAs(t, err, &absent)
	box.Suppress("m.kumar/it@example.nl")
	_, err = client.DeleteSuppressedDestination(t.Context(),
		&sesv2.DeleteSuppressedDestinationInput{EmailAddress: aws.String("m.kumar/it@example.nl")})
	var malformed *types.BadRequestException
	require.ErrorAs(t, err, &malformed)
}
