package upgrade

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/secret"
)

// An office is a running stack with what is known of the people in it.
type office struct {
	*stack.Stack
	known
}

// known is what people hold in their hands, and what they saw before the upgrade.
type known struct {
	At       time.Time         // at which the system's clock stood
	Tokens   map[string]string // by who holds it
	Location string
	Floor    string
	Ahead    string // a reservation of Bram's
	Waiting  map[string]waiting
	Seen     []seen
}

// waiting is what was begun, and is confirmed by a code that was mailed.
type waiting struct{ ID, Code string }

// seen is an answer as somebody saw it: JSON, and of an image its digest.
type seen struct {
	Who, Path string
	Answer    any
}

type object = map[string]any

// ask makes a request of somebody, who gets what they should get; nobody has no token.
func (o *office) ask(t *testing.T, who, method, path string, body any) any {
	t.Helper()
	content, isFile := body.([]byte)
	mediaType := "image/png"
	if !isFile {
		mediaType = "application/json"
		var err error
		content, err = json.Marshal(body)
		require.NoError(t, err)
	}
	if body == nil {
		content = nil
	}
	request, err := http.NewRequestWithContext(t.Context(), method, o.API+path, bytes.NewReader(content))
	require.NoError(t, err)
	if len(content) > 0 {
		request.Header.Set("Content-Type", mediaType)
	}
	if method == http.MethodPost {
		request.Header.Set("Idempotency-Key", secret.ID())
	}
	if token := o.Tokens[who]; token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Equal(t, 2, answer.StatusCode/100, "%s %s %s: %d %s", who, method, path, answer.StatusCode, text)
	return o.read(t, text)
}

// read makes JSON of an answer, without the address at which this stack happens to serve.
func (o *office) read(t *testing.T, text []byte) any {
	t.Helper()
	if len(text) == 0 {
		return nil
	}
	var found any
	if json.Unmarshal(bytes.ReplaceAll(text, []byte(o.API), []byte("https://api.example")), &found) != nil {
		sum := sha256.Sum256(text)
		return hex.EncodeToString(sum[:])
	}
	return found
}

// text finds a text in an answer by its names.
func text(t *testing.T, answer any, names ...string) string {
	t.Helper()
	for _, name := range names {
		members, ok := answer.(object)
		require.True(t, ok, "%s is in no object: %v", name, answer)
		answer = members[name]
	}
	found, ok := answer.(string)
	require.True(t, ok, "%v is no text: %v", names, answer)
	return found
}

// list finds a list in an answer.
func list(t *testing.T, answer any, name string) []any {
	t.Helper()
	found, ok := answer.(object)[name].([]any)
	require.True(t, ok, "%s is no list: %v", name, answer)
	return found
}

var (
	codes  = regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`)
	passes = regexp.MustCompile(`\bg[a-z2-7]{64}\b`)
)

// mailed finds what a pattern names in the last mail to an address.
func (o *office) mailed(t *testing.T, to string, pattern *regexp.Regexp) string {
	t.Helper()
	found := ""
	require.Eventually(t, func() bool {
		for _, mail := range o.Mailbox.To(to) {
			if match := pattern.FindString(strings.ReplaceAll(string(mail.Raw), "=\r\n", "")); match != "" {
				found = match
			}
		}
		return found != ""
	}, 30*time.Second, 50*time.Millisecond)
	return found
}

// reads lets the sensor of Femke's desk say that somebody is there.
func (o *office) reads(t *testing.T, sequence int) {
	t.Helper()
	reading, err := json.Marshal(object{"occupied": true, "battery": 87, "seq": sequence,
		"at": o.Now().Format(time.RFC3339)})
	require.NoError(t, err)
	require.NoError(t, o.Publish("iotspot/desk-sensor/reading", reading))
	require.NoError(t, o.Settle(t.Context()))
}

// steps lets the schedules run, until they have done what is due.
func (o *office) steps(t *testing.T) {
	t.Helper()
	for range 3 {
		require.NoError(t, o.Tick())
		require.NoError(t, o.Settle(t.Context()))
		require.NoError(t, o.Move(time.Minute))
	}
}
