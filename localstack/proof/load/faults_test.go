package load

import (
	"context"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/guard"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/privacy"
)

// TestUnderFaultsCallersHearHonestAnswersAndNothingThatWasAcknowledgedIsLostOrThereTwice breaks what the system
// stands on while people and sensors use it, and then looks into the raw tables: 3.i 4.d.2 4.d.4 8.security.
func TestUnderFaultsCallersHearHonestAnswersAndNothingThatWasAcknowledgedIsLostOrThereTwice(t *testing.T) {
	s, err := stack.Start(t.Context(), stack.Options{Folder: t.TempDir(), Manual: true, Functions: catalog.Functions,
		Operations: Operations()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	l, err := New(t.Context(), s, 4)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, l.Close()) })

	for _, fault := range Faults {
		t.Run(fault.Name, func(t *testing.T) {
			end := fault.Begin(t.Context(), s)
			result, err := l.Run(t.Context(), fault.Flow, l.Clients, time.Second)
			require.NoError(t, errors.Join(err, end()))
			for status := range result.Statuses {
				require.Contains(t, append(slices.Clone(Ordinary), fault.May...), status, "%v", result.Statuses)
			}
			require.Equal(t, result.Statuses[503]+result.Statuses[429], result.Honest, "each says when to try again")
			if fault.Name == "the database throttles every call" {
				require.Equal(t, result.Count(), result.Statuses[503])
			}
		})
	}
	t.Run("the mail service refuses: the caller hears when to try again, and can", func(t *testing.T) {
		const newcomer = "newcomer@voorbeeld.example"
		body := map[string]any{"name": "New Comer", "email": newcomer, "language": "en",
			"consent": map[string]any{"version": privacy.StatementVersion, "agreed": true}}
		stranger := l.caller("")
		s.Intercept(refusingMail)
		answer, _, err := stranger.request(t.Context(), "POST", "/registrations", "the-same-request", body)
		require.NoError(t, err)
		require.Equal(t, 503, answer.StatusCode)
		require.NotEmpty(t, answer.Header.Get("Retry-After"))
		require.Equal(t, "application/problem+json", answer.Header.Get("Content-Type"))
		s.Intercept(nil)
		answer, _, err = stranger.request(t.Context(), "POST", "/registrations", "the-same-request", body)
		require.NoError(t, err)
		require.Equal(t, 202, answer.StatusCode)
		require.Len(t, s.Mailbox.To(newcomer), 1)
	})
	t.Run("the mail service refuses: an event is delivered again until it does not", func(t *testing.T) {
		refused := make(chan struct{}, 100)
		s.Intercept(func(call guard.Call) *guard.Fault {
			fault := refusingMail(call)
			if fault != nil {
				refused <- struct{}{}
			}
			return fault
		})
		before := len(s.Mailbox.To(email(0)))
		answer, body, err := l.caller(l.tokens[0]).request(t.Context(), "POST", "/me/overview", "an-overview", nil)
		require.NoError(t, err)
		require.Equal(t, 202, answer.StatusCode, "%s", body)
		<-refused
		s.Intercept(nil)
		require.NoError(t, s.Settle(t.Context()))
		require.Len(t, s.Mailbox.To(email(0)), before+1)
	})

	after, err := l.Run(t.Context(), Mixed, l.Clients, time.Second)
	require.NoError(t, err)
	for status := range after.Statuses {
		require.Contains(t, Ordinary, status, "all is as before")
	}
	wrong, err := l.Verify(t.Context())
	require.NoError(t, err)
	require.Empty(t, wrong)
	for _, given := range s.DeadLetters() { // a look that failed three times is made again by the next minute's
		require.Contains(t, given.Event, events.ScheduleInput)
	}
	require.Empty(t, s.PutAside()[string(catalog.Unreadable)])
}

// TestMain makes this binary the clients when it is started as them.
func TestMain(m *testing.M) {
	if !IsClients() {
		os.Exit(m.Run())
	}
	if err := RunClients(context.Background(), os.Stdin, os.Stdout); err != nil {
		panic(err)
	}
}

func refusingMail(call guard.Call) *guard.Fault {
	if call.Resource != catalog.Mail {
		return nil
	}
	return &guard.Fault{Status: 429, Code: "TooManyRequestsException", Message: "maximum sending rate exceeded"}
}
