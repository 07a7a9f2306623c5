package story

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/stack"
)

// bounces lets somebody open a business account with an address to which no mail can be brought.
func bounces(t *testing.T, s *stack.Stack, version string) {
	t.Helper()
	const gone = "nina@nowhere.example"
	ask := func(key string) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.API+"/business-accounts",
			strings.NewReader(`{"legal_name":"Nowhere B.V.","addresses":["Kade 1"],"domains":["nowhere.example"],`+
				`"invoice":{"name":"Nowhere","address":"Kade 1","email":"invoices@nowhere.example"},`+
				`"administrator":{"name":"Nina","email":"`+gone+`","language":"en"},`+
				`"consent":{"version":"`+version+`","agreed":true}}`))
		require.NoError(t, err)
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Idempotency-Key", key)
		answer, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		require.Equal(t, http.StatusAccepted, answer.StatusCode)
	}
	ask("the-first-request")
	require.Len(t, s.Mailbox.To(gone), 1)
	require.NoError(t, s.Bounce(gone))
	require.NoError(t, s.Settle(t.Context()))
	ask("the-second-request")
	require.Len(t, s.Mailbox.To(gone), 1, "nothing more")
	require.NoError(t, s.Move(time.Hour))
	ask("the-third-request")
	require.Len(t, s.Mailbox.To(gone), 2)
}
