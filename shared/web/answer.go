package web

import (
	"encoding/json"
	"maps"
	"strconv"
	"strings"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/problem"
)

// ProblemBase is what a problem's type URI starts with; the kind follows.
const ProblemBase = "https://iotspot.example/problems/"

// pagePolicy lets a page of ours use its own inline style, its own images and its own form, and nothing else.
const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'"

// Content is the method of an answer that is not JSON: a photo, a page.
type Content interface {
	Content() (mediaType string, body []byte)
}

// Headed is Content with headers beside those of every answer: how it is packed, what a page may do.
type Headed interface {
	Content
	Headers() map[string]string
}

func succeed(operation api.Operation, out any) (Response, error) {
	status := operation.Status
	switch answer := out.(type) {
	case struct{}:
		if status == 0 {
			status = 204
		}
		return Response{StatusCode: status, Headers: headers(operation.Cache)}, nil
	case Headed:
		mediaType, body := answer.Content()
		response := raw(orOK(status), operation.Cache, mediaType, body)
		maps.Copy(response.Headers, answer.Headers())
		if response.Headers["Content-Encoding"] != "" {
			return packed(response, body), nil
		}
		return response, nil
	case Content:
		mediaType, body := answer.Content()
		return raw(orOK(status), operation.Cache, mediaType, body), nil
	default:
		body, err := json.Marshal(out)
		if err != nil {
			return Response{}, err
		}
		return raw(orOK(status), operation.Cache, "application/json", body), nil
	}
}

func orOK(status int) int {
	if status == 0 {
		return 200
	}
	return status
}

func raw(status int, cache, mediaType string, body []byte) Response {
	response := Response{StatusCode: status, Headers: headers(cache)}
	response.Headers["Content-Type"] = mediaType
	if strings.HasPrefix(mediaType, "text/html") {
		response.Headers["Content-Security-Policy"] = pagePolicy
	}
	if strings.HasPrefix(mediaType, "text/") || strings.HasSuffix(mediaType, "json") {
		response.Body = string(body)
		return response
	}
	return packed(response, body)
}

// headers are on every answer. An answer must not be stored unless its operation says otherwise (9.cache), and no
// referrer is sent to other sites (12.links).
func headers(cache string) map[string]string {
	if cache == "" {
		cache = "no-store"
	}
	found := map[string]string{
		"Cache-Control":             cache,
		"X-Content-Type-Options":    "nosniff",
		"Referrer-Policy":           "no-referrer",
		"Strict-Transport-Security": "max-age=63072000; includeSubDomains",
	}
	if strings.HasPrefix(cache, "private") {
		found["Vary"] = "Authorization" // who uses the device next is shown nothing of who used it before
	}
	return found
}

var titles = map[problem.Kind]string{
	problem.Malformed: "The request is not accepted", problem.Unauthorised: "Not signed in, or the code or link is " +
		"not valid",
	problem.Consent: "Consent to the privacy statement is needed", problem.NotFound: "Not found",
	problem.Conflict: "The present state does not allow it", problem.TooLarge: "The body is too large",
	problem.Unacceptable: "This is not possible", problem.TooMany: "Too many requests",
	problem.Unavailable: "Try again",
}

// refuse writes a problem (RFC 9457), or the page that a room made of it.
func refuse(e *problem.Error) Response {
	if e.Page != nil {
		return raw(e.Kind.Status(), "", "text/html; charset=utf-8", e.Page)
	}
	members := maps.Clone(e.Extra)
	if members == nil {
		members = map[string]any{}
	}
	members["detail"] = e.Detail
	if len(e.Fields) > 0 {
		members["fields"] = e.Fields
	}
	after := e.RetryAfter
	if e.Kind == problem.Unavailable {
		after = max(1, after)
	}
	return problemOf(string(e.Kind), titles[e.Kind], e.Kind.Status(), after, members)
}

// fail is the answer to the system's own faults. It gives no details of them.
func fail() Response {
	return problemOf("internal", "Something went wrong on our side", 500, 0,
		map[string]any{"detail": "the request failed; the fault has been recorded without your data"})
}

func problemOf(kind, title string, status, retryAfter int, members map[string]any) Response {
	members["type"], members["title"], members["status"] = ProblemBase+kind, title, status
	body, err := json.Marshal(members)
	if err != nil { // an extra member that JSON can't hold: a fault of ours
		return fail()
	}
	response := raw(status, "", "application/problem+json", body)
	if status == 401 {
		response.Headers["WWW-Authenticate"] = "Bearer" // RFC 9110, section 15.5.2
	}
	if retryAfter > 0 {
		response.Headers["Retry-After"] = strconv.Itoa(retryAfter)
	}
	return response
}
