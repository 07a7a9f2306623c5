package apigateway

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"github.com/iotspot/iotspot/localstack/protocol"
)

// A request is one in payload format 2.0: what it has not, API Gateway leaves out.
type request struct {
	Version               string            `json:"version"`
	RouteKey              string            `json:"routeKey"`
	RawPath               string            `json:"rawPath"`
	RawQueryString        string            `json:"rawQueryString"`
	Cookies               []string          `json:"cookies,omitempty"`
	Headers               map[string]string `json:"headers"`
	QueryStringParameters map[string]string `json:"queryStringParameters,omitempty"`
	RequestContext        requestContext    `json:"requestContext"`
	Body                  string            `json:"body,omitempty"`
	PathParameters        map[string]string `json:"pathParameters,omitempty"`
	IsBase64Encoded       bool              `json:"isBase64Encoded"`
}

type requestContext struct {
	AccountID    string `json:"accountId"`
	APIID        string `json:"apiId"`
	DomainName   string `json:"domainName"`
	DomainPrefix string `json:"domainPrefix"`
	HTTP         struct {
		Method    string `json:"method"`
		Path      string `json:"path"`
		Protocol  string `json:"protocol"`
		SourceIP  string `json:"sourceIp"`
		UserAgent string `json:"userAgent"`
	} `json:"http"`
	RequestID string `json:"requestId"`
	RouteKey  string `json:"routeKey"`
	Stage     string `json:"stage"`
	Time      string `json:"time"`
	TimeEpoch int64  `json:"timeEpoch"`
}

// event is a request as its function gets it.
func (g *Gateway) event(r *http.Request, route *route, body []byte, id string) request {
	now := g.Now().UTC()
	headers, cookies := headers(r)
	event := request{Version: "2.0", RouteKey: route.operation.RouteKey(), RawPath: r.URL.Path,
		RawQueryString: r.URL.RawQuery, Cookies: cookies, Headers: headers, PathParameters: route.parameters(r),
		QueryStringParameters: query(r)}
	event.RequestContext = requestContext{AccountID: protocol.Account, APIID: "local", DomainName: r.Host,
		DomainPrefix: "local", RequestID: id, RouteKey: event.RouteKey, Stage: "$default",
		Time: now.Format("02/Jan/2006:15:04:05 -0700"), TimeEpoch: now.UnixMilli()}
	seen := &event.RequestContext.HTTP
	seen.Method, seen.Path, seen.Protocol = r.Method, r.URL.Path, r.Proto
	seen.SourceIP, seen.UserAgent = sourceIP(r), r.UserAgent()
	switch {
	case len(body) == 0:
	case isText(r):
		event.Body = string(body)
	default:
		event.Body, event.IsBase64Encoded = base64.StdEncoding.EncodeToString(body), true
	}
	return event
}

// isText reports whether API Gateway hands a body over as it is; it encodes everything else, forms included.
func isText(r *http.Request) bool {
	if r.Header.Get("Content-Encoding") != "" {
		return false
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && (strings.HasPrefix(kind, "text/") || kind == "application/json" ||
		kind == "application/xml" || kind == "application/javascript")
}

// headers are in lower case, several of one name joined with commas; cookies apart; and what API Gateway adds.
func headers(r *http.Request) (map[string]string, []string) {
	headers := map[string]string{}
	for name, values := range r.Header {
		headers[strings.ToLower(name)] = strings.Join(values, ",")
	}
	delete(headers, "cookie")
	var cookies []string
	for _, cookie := range r.Cookies() {
		cookies = append(cookies, cookie.Name+"="+cookie.Value)
	}
	headers["host"] = r.Host
	headers["content-length"] = fmt.Sprint(max(r.ContentLength, 0))
	headers["x-forwarded-for"] = strings.TrimPrefix(headers["x-forwarded-for"]+","+sourceIP(r), ",")
	headers["x-forwarded-port"], headers["x-forwarded-proto"] = "80", "http"
	if _, port, err := net.SplitHostPort(r.Host); err == nil {
		headers["x-forwarded-port"] = port
	}
	headers["x-amzn-trace-id"] = "Root=1-" + strings.ReplaceAll(protocol.ID(), "-", "")
	return headers, cookies
}

func query(r *http.Request) map[string]string {
	if r.URL.RawQuery == "" {
		return nil
	}
	parameters := map[string]string{}
	for name, values := range r.URL.Query() {
		parameters[name] = strings.Join(values, ",")
	}
	return parameters
}

// write turns a function's answer into HTTP. An answer without a status, which API Gateway would guess at, is an
// error here: no function of ours means to send one.
func write(w http.ResponseWriter, answer []byte) error {
	var response events.APIGatewayV2HTTPResponse
	if err := json.Unmarshal(answer, &response); err != nil {
		return fmt.Errorf("the answer is not in payload format 2.0: %w", err)
	}
	if response.StatusCode < 100 || response.StatusCode > 599 {
		return errors.New("the answer has no status")
	}
	body := []byte(response.Body)
	if response.IsBase64Encoded {
		var err error
		if body, err = base64.StdEncoding.DecodeString(response.Body); err != nil {
			return errors.New("the answer's body is not the base64 that it says it is")
		}
	}
	for name, value := range response.Headers {
		w.Header().Set(name, value)
	}
	for name, values := range response.MultiValueHeaders {
		return fmt.Errorf("payload format 2.0 has no multiValueHeaders: %s, %d values", name, len(values))
	}
	for _, cookie := range response.Cookies {
		w.Header().Add("Set-Cookie", cookie)
	}
	if w.Header().Get("Content-Type") == "" && len(body) > 0 {
		w.Header().Set("Content-Type", "text/plain;charset=UTF-8")
	}
	w.WriteHeader(response.StatusCode)
	w.Write(body) // the caller may have gone
	return nil
}
