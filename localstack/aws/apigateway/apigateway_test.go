package apigateway_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/apigateway"
	"github.com/iotspot/iotspot/localstack/aws/lambda"
	"github.com/iotspot/iotspot/localstack/protocol/shape"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
)

var operations = []api.Operation{
	{ID: "open", Function: "rooms", Method: "POST", Path: "/rooms"},
	{ID: "see", Function: "rooms", Method: "GET", Path: "/rooms/{room}", Roles: identity.Everyone},
	{ID: "mine", Function: "mine", Method: "GET", Path: "/rooms/mine"},
	{ID: "closed", Function: "closed", Method: "POST", Path: "/closed", Roles: identity.Everyone},
	{ID: "rare", Function: "rooms", Method: "POST", Path: "/rare", Throttle: api.Throttle{Rate: 0.001, Burst: 2}},
}

// A stage is a gateway before functions that are plain Go.
type stage struct {
	url    string
	events []events.APIGatewayV2HTTPRequest
	sent   map[string][]byte // the last payload of each function
	answer func(function string) ([]byte, error)
}

func newStage(t *testing.T) *stage {
	s := &stage{sent: map[string][]byte{}, answer: func(function string) ([]byte, error) {
		return []byte(`{"statusCode":201,"headers":{"x-from":"` + function + `"},"body":"made","cookies":["a=b"]}`), nil
	}}
	server := httptest.NewServer(apigateway.New(apigateway.Options{Operations: operations,
		Now: func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }, Log: func(string) {},
		Invoke: func(function string, payload []byte) ([]byte, error) {
			s.sent[function] = payload
			var event events.APIGatewayV2HTTPRequest
			require.NoError(t, json.Unmarshal(payload, &event))
			s.events = append(s.events, event)
			return s.answer(function)
		}}))
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

func (s *stage) send(t *testing.T, method, path, body string, headers ...string) (int, string, http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.url+path, strings.NewReader(body))
	require.NoError(t, err)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, strings.TrimSpace(string(text)), answer.Header
}

func TestWhatFunctionsGetHasTheMembersThatAPIGatewaySends(t *testing.T) {
	s := newStage(t)
	s.send(t, "POST", "/closed", `{"a":1}`, "Authorization", "Bearer fine", "Accept", "application/json",
		"Content-Type", "application/json", "Idempotency-Key", "monday")
	shape.Require(t, "http-request.json", s.sent["closed"], "headers")
	for _, name := range []string{"content-length", "host", "x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port",
		"x-forwarded-proto"} {
		require.NotEmpty(t, s.events[0].Headers[name], name)
	}
}

func TestARequestArrivesInPayloadFormatTwo(t *testing.T) {
	s := newStage(t)
	status, body, header := s.send(t, "POST", "/rooms?a=1&a=2&b=x%20y", `{"name":"é"}`, "Content-Type",
		"application/json; charset=utf-8", "Cookie", "c=d", "X-Two", "t")
	require.Equal(t, 201, status)
	require.Equal(t, "made", body)
	require.Equal(t, "rooms", header.Get("X-From"))
	require.Equal(t, "a=b", header.Get("Set-Cookie"))
	event := s.events[0]
	require.Equal(t, `{"name":"é"}`, event.Body)
	require.False(t, event.IsBase64Encoded)
	require.Equal(t, map[string]string{"a": "1,2", "b": "x y"}, event.QueryStringParameters)
	require.Equal(t, "a=1&a=2&b=x%20y", event.RawQueryString)
	require.Equal(t, []string{"c=d"}, event.Cookies)
	require.NotContains(t, event.Headers, "cookie")
	require.Equal(t, "t", event.Headers["x-two"])
	require.Equal(t, "POST /rooms", event.RouteKey)
	require.Equal(t, "127.0.0.1", event.RequestContext.HTTP.SourceIP)
	require.Equal(t, int64(1795338000000), event.RequestContext.TimeEpoch)
	require.Equal(t, header.Get("Apigw-Requestid"), event.RequestContext.RequestID)
}

func TestABodyThatIsNotTextArrivesInBase64AFormIncluded(t *testing.T) {
	s := newStage(t)
	for _, kind := range []string{"image/png", "application/x-www-form-urlencoded", ""} {
		s.send(t, "POST", "/rooms", "a=1", "Content-Type", kind)
		event := s.events[len(s.events)-1]
		require.True(t, event.IsBase64Encoded, kind)
		require.Equal(t, base64.StdEncoding.EncodeToString([]byte("a=1")), event.Body)
	}
}

// Whoever needs the bytes takes a type that isn't text, as the import does.
func TestBytesOfATextThatAreNotUTF8AreReplacedAndThoseOfAnyOtherBodyKept(t *testing.T) {
	s := newStage(t)
	for _, kind := range []string{"text/csv", "application/json"} {
		s.send(t, "POST", "/rooms", "Caf\xe9 \xff\xfe", "Content-Type", kind)
		event := s.events[len(s.events)-1]
		require.False(t, event.IsBase64Encoded, kind)
		require.Equal(t, "Caf\ufffd \ufffd\ufffd", event.Body)
	}
	s.send(t, "POST", "/rooms", "Caf\xe9 \xff\xfe", "Content-Type", "application/octet-stream")
	require.Equal(t, base64.StdEncoding.EncodeToString([]byte("Caf\xe9 \xff\xfe")), s.events[len(s.events)-1].Body)
}

func TestALiteralRouteGoesBeforeAParameterAndAnUnknownOneIsNotFound(t *testing.T) {
	s := newStage(t)
	_, _, header := s.send(t, "GET", "/rooms/mine", "")
	require.Equal(t, "mine", header.Get("X-From"))
	s.send(t, "GET", "/rooms/a%2Fb%20c", "")
	require.Equal(t, map[string]string{"room": "a/b c"}, s.events[1].PathParameters)
	for _, path := range []string{"/", "/rooms/", "/rooms/a/b", "/nothing", "/rooms//a", "/rooms/../rooms/mine"} {
		status, body, _ := s.send(t, "GET", path, "")
		require.Equal(t, 404, status, path)
		require.Equal(t, `{"message":"Not Found"}`, body)
	}
	for _, method := range []string{"DELETE", "HEAD"} {
		status, _, _ := s.send(t, method, "/rooms/mine", "")
		require.Equal(t, 404, status, method)
	}
}

func TestARouteOverItsRateIsRefused(t *testing.T) {
	s := newStage(t)
	for _, want := range []int{201, 201, 429} {
		status, _, _ := s.send(t, "POST", "/rare", "")
		require.Equal(t, want, status)
	}
}

func TestAHeadThatIsTooLargeIsRefused(t *testing.T) {
	s := newStage(t)
	status, _, _ := s.send(t, "POST", "/rooms", "", "X-Long", strings.Repeat("x", 10_240))
	require.Equal(t, 431, status)
	status, _, _ = s.send(t, "POST", "/rooms", "", "X-Long", strings.Repeat("x", 9_000))
	require.Equal(t, 201, status)
}

func TestABodyThatIsTooLargeIsRefused(t *testing.T) {
	s := newStage(t)
	status, body, _ := s.send(t, "POST", "/rooms", strings.Repeat("x", apigateway.MaxBody+1))
	require.Equal(t, 413, status)
	require.Equal(t, `{"message":"Request Entity Too Large"}`, body)
	require.Empty(t, s.events)
}

func TestAFunctionThatFailsOrAnswersInAnotherFormatIsAnInternalError(t *testing.T) {
	s := newStage(t)
	for name, answer := range map[string]func(string) ([]byte, error){
		"crash":     func(string) ([]byte, error) { return nil, &lambda.FunctionError{Type: lambda.Crashed} },
		"not JSON":  func(string) ([]byte, error) { return []byte(`no`), nil },
		"no status": func(string) ([]byte, error) { return []byte(`{"body":"x"}`), nil },
		"not base64": func(string) ([]byte, error) {
			return []byte(`{"statusCode":200,"isBase64Encoded":true,"body":"%"}`), nil
		},
	} {
		s.answer = answer
		status, body, _ := s.send(t, "POST", "/rooms", "")
		require.Equal(t, 500, status, name)
		require.Equal(t, `{"message":"Internal Server Error"}`, body)
	}
}

func TestAnAnswerInBase64ReachesTheCallerAsBytes(t *testing.T) {
	s := newStage(t)
	s.answer = func(string) ([]byte, error) {
		return []byte(`{"statusCode":200,"headers":{"content-type":"image/png"},"isBase64Encoded":true,"body":"AAEC"}`), nil
	}
	_, body, header := s.send(t, "POST", "/rooms", "")
	require.Equal(t, "\x00\x01\x02", body)
	require.Equal(t, "image/png", header.Get("Content-Type"))
}
