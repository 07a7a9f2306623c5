package sensor_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/sensor"
)

// A public capture: the tests of Disruptive Technologies' own Python library, with its secret.
const (
	captured = `{"event":{"eventId":"c7fa4e34fet12rl646l0","targetName":"projects/c14u9p094l47cdv1o3pg/devices/emuc17m6d7lq0bgk44smcqg","eventType":"touch","data":{"touch":{"updateTime":"2022-01-12T09:41:12.108482Z"}},"timestamp":"2022-01-12T09:41:12.108482Z"},"labels":{"name":"touch"},"metadata":{"deviceId":"emuc17m6d7lq0bgk44smcqg","projectId":"c14u9p094l47cdv1o3pg","deviceType":"touch","productNumber":""}}`
	its      = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJjaGVja3N1bSI6IjVlM2ExZGRiNTE2ZTU1ZTdlMjc2MWYxNmE3ZWI2OGY3MWMwNmE4MmQiLCJleHAiOjE2NDE5ODQwNzIsImlhdCI6MTY0MTk4MDQ3MiwianRpIjoiYzdmYTRlNzdnZjg3ZWlmNmozdGcifQ.sAGby82i5uWE58Ce8QgeNZt50nvZoxb1wEjBJUBNEIM"
	secret   = "test-secret"
)

var expires = time.Unix(1641984072, 0)

func TestAMessageThatAConnectorSignedIsKnownForAnHour(t *testing.T) {
	require.True(t, sensor.Signed([]byte(captured), its, secret, expires.Add(-time.Hour)))
	require.True(t, sensor.Signed([]byte(captured), its, secret, expires.Add(-time.Second)))
	require.False(t, sensor.Signed([]byte(captured), its, secret, expires))
}

func TestAMessageWithAnotherSecretBodyOrSignatureIsNotTheConnectors(t *testing.T) {
	now := expires.Add(-time.Hour)
	parts := strings.Split(its, ".")
	for what, try := range map[string][3]string{
		"another secret": {captured, its, "other"},
		"no secret":      {captured, token(t, `{"alg":"HS256"}`, claims(captured, now), ""), ""},
		"another body":   {strings.Replace(captured, "touch", "motion", 1), its, secret},
		"no signature":   {captured, "", secret},
		"two parts":      {captured, parts[0] + "." + parts[1], secret},
		"another claim":  {captured, parts[0] + "." + "e30" + "." + parts[2], secret},
		"no algorithm":   {captured, token(t, `{"alg":"none"}`, claims(captured, now), secret), secret},
		"an empty seal":  {captured, parts[0] + "." + parts[1] + ".", secret},
		"no checksum": {captured, token(t, `{"alg":"HS256"}`, map[string]any{"exp": now.Unix() + 60}, secret),
			secret},
		"no end": {captured, token(t, `{"alg":"HS256"}`, map[string]any{"checksum": sum(captured)}, secret),
			secret},
		"the other's sum": {captured, token(t, `{"alg":"HS256"}`,
			with(claims(captured, now), "checksum_sha256", sum("")), secret), secret},
		"an endless token": {captured, its + strings.Repeat("A", sensor.MaxSignature), secret},
	} {
		require.False(t, sensor.Signed([]byte(try[0]), try[1], try[2], now), what)
	}
}

func TestTheStrongerChecksumIsWhatCounts(t *testing.T) {
	now := expires.Add(-time.Hour)
	strong := sha256.Sum256([]byte(captured))
	made := with(claims("another body", now), "checksum_sha256", hex.EncodeToString(strong[:]))
	require.True(t, sensor.Signed([]byte(captured), token(t, `{"alg":"HS256","typ":"JWT"}`, made, secret), secret,
		now))
}

// claims are a connector's, good for an hour.
func claims(body string, now time.Time) map[string]any {
	return map[string]any{"checksum": sum(body), "iat": now.Unix(), "exp": now.Add(time.Hour).Unix()}
}

func with(claims map[string]any, name string, value any) map[string]any {
	claims[name] = value
	return claims
}

func sum(body string) string {
	of := sha1.Sum([]byte(body))
	return hex.EncodeToString(of[:])
}

// token makes a token of a header and claims, sealed by HMAC-SHA256 whatever its header says.
func token(t *testing.T, header string, claims map[string]any, secret string) string {
	t.Helper()
	text, err := json.Marshal(claims)
	require.NoError(t, err)
	made := base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + base64.RawURLEncoding.EncodeToString(text)
	seal := hmac.New(sha256.New, []byte(secret))
	seal.Write([]byte(made))
	return made + "." + base64.RawURLEncoding.EncodeToString(seal.Sum(nil))
}
