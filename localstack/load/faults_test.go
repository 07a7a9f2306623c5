package load

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/guard"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/privacy"
)

// every breaks each nth call to the database.
func every(nth int64, fault guard.Fault) guard.Interceptor {
	var calls atomic.Int64
	return func(call guard.Call) *guard.Fault {
		if !strings.HasPrefix(call.Action, "dynamodb:") || calls.Add(1)%nth != 0 {
			return nil
		}
		return &fault
	}
}

// The errors of the database as AWS gives them.
var (
	throttled = guard.Fault{Status: 400, Code: "ProvisionedThroughputExceededException", Message: "slow down"}
	lost      = guard.Fault{Status: 500, Code: "InternalServerError", Message: "done, and nobody hears it", Done: true}
	silent    = guard.Fault{Hang: true}
)

// TestUnderFaultsCallersHearHonestAnswersAndNothingThatWasAcknowledgedIsLostOrThereTwice breaks what the system stands on
// while people and sensors use it, and then looks into the raw tables: 3.i 4.d.2 4.d.4 8.security.
func TestUnderFaultsCallersHearHonestAnswersAndNothingThatWasAcknowledgedIsLostOrThereTwice(t *testing.T) {
	s, err := stack.Start(t.Context(), stack.Options{Folder: t.TempDir(), Manual: true, Functions: catalog.Functions, Operations: Operations()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	l, err := New(t.Context(), s, 4)
	require.NoError(t, err)
	t.Cleanup(l.Close)

	// under runs a flow while a fault is there. Besides the answers of an ordinary day there may be these.
	under := func(t *testing.T, flow Flow, may ...int) Result {
		t.Helper()
		result := l.Run(t.Context(), flow, time.Second)
		s.Intercept(nil)
		ordinary := append([]int{200, 201, 204, 409}, may...)
		for status := range result.Statuses {
			require.Contains(t, ordinary, status, "%v", result.Statuses)
		}
		require.Equal(t, result.Statuses[503]+result.Statuses[429], result.Honest, "each says when to try again")
		return result
	}
	t.Run("the database throttles some calls: nobody notices but by waiting", func(t *testing.T) {
		s.Intercept(every(4, throttled))
		under(t, Mixed)
	})
	t.Run("the database throttles every call: each answer is 503 with Retry-After", func(t *testing.T) {
		s.Intercept(every(1, throttled))
		result := under(t, Flows[0], 503)
		require.Equal(t, result.Count(), result.Statuses[503])
	})
	t.Run("answers of the database are lost", func(t *testing.T) {
		s.Intercept(every(5, lost))
		under(t, Mixed, 503)
	})
	t.Run("the database does not answer some calls", func(t *testing.T) {
		s.Intercept(every(25, silent))
		under(t, Mixed, 503)
	})
	t.Run("the database is restarted", func(t *testing.T) {
		restarted := make(chan error, 1)
		go func() { restarted <- s.RestartEngine(t.Context()) }()
		under(t, Mixed, 503)
		require.NoError(t, <-restarted)
	})
	t.Run("instances are lost in the middle of requests", func(t *testing.T) {
		meanwhile(t, func() {
			for _, function := range []string{"booking", "availability", "authorizer", "sensor-reading"} {
				require.NoError(t, s.Crash(function))
			}
		})
		under(t, Mixed, 500)
	})
	t.Run("sensors lose their connection", func(t *testing.T) {
		meanwhile(t, s.DropDevices)
		under(t, Flows[3])
	})
	t.Run("the mail service refuses: the caller hears when to try again, and can", func(t *testing.T) {
		const newcomer = "newcomer@voorbeeld.example"
		body := map[string]any{"name": "New Comer", "email": newcomer, "language": "en", "consent": map[string]any{"version": privacy.StatementVersion, "agreed": true}}
		stranger := &client{Load: l}
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
		asker := l.Clients[0]
		before := len(s.Mailbox.To(asker.email()))
		answer, body, err := asker.request(t.Context(), "POST", "/me/overview", "an-overview", nil)
		require.NoError(t, err)
		require.Equal(t, 202, answer.StatusCode, "%s", body)
		<-refused
		s.Intercept(nil)
		require.NoError(t, s.Settle(t.Context()))
		require.Len(t, s.Mailbox.To(asker.email()), before+1)
	})

	under(t, Mixed) // all is as before
	wrong, err := l.Verify(t.Context(), true)
	require.NoError(t, err)
	require.Empty(t, wrong)
	require.Empty(t, s.DeadLetters())
	require.Empty(t, s.PutAside()[string(catalog.Unreadable)])
}

func refusingMail(call guard.Call) *guard.Fault {
	if call.Resource != catalog.Mail {
		return nil
	}
	return &guard.Fault{Status: 429, Code: "TooManyRequestsException", Message: "maximum sending rate exceeded"}
}

// meanwhile does something again and again until the subtest ends.
func meanwhile(t *testing.T, do func()) {
	ended, done := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() { close(ended); <-done })
	go func() {
		defer close(done)
		for again := time.NewTicker(150 * time.Millisecond); ; {
			select {
			case <-ended:
				again.Stop()
				return
			case <-again.C:
				do()
			}
		}
	}()
}
