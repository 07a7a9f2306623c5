package story

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/stack"
)

// push sends an event as a data connector with a secret does, and gives the status of the answer.
func push(t *testing.T, s *stack.Stack, event, secret string) int {
	t.Helper()
	claims, err := json.Marshal(map[string]any{"checksum_sha256": fmt.Sprintf("%x", sha256.Sum256([]byte(event))),
		"exp": s.Now().Add(time.Hour).Unix()})
	require.NoError(t, err)
	encode := base64.RawURLEncoding.EncodeToString
	token := encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode(claims)
	seal := hmac.New(sha256.New, []byte(secret))
	seal.Write([]byte(token))
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.API+"/sensor-events",
		strings.NewReader(event))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Dt-Signature", token+"."+encode(seal.Sum(nil)))
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	return answer.StatusCode
}
