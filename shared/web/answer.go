package web

import (
	"encoding/json"
	"maps"
	"strconv"
	"strings"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/words"
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
		found["Vary"] = "Authorization" // the next user of the device is shown nothing of the one before
	}
	return found
}

var titles = map[problem.Kind]words.Text{
	problem.Malformed: {NL: "Dit klopt niet", EN: "The request is not accepted"},
	problem.Unauthorised: {NL: "Niet aangemeld, of de code of link klopt niet",
		EN: "Not signed in, or the code or link is not valid"},
	problem.Consent: {NL: "Toestemming voor de privacyverklaring is nodig",
		EN: "Consent to the privacy statement is needed"},
	problem.NotFound:     {NL: "Niet gevonden", EN: "Not found"},
	problem.Conflict:     {NL: "Dit kan nu niet", EN: "The present state does not allow it"},
	problem.TooLarge:     {NL: "Te groot", EN: "The body is too large"},
	problem.Unacceptable: {NL: "Dit is niet mogelijk", EN: "This is not possible"},
	problem.TooMany:      {NL: "Te vaak", EN: "Too many requests"},
	problem.Unavailable:  {NL: "Probeer het opnieuw", EN: "Try again"},
}

// languageOf is the language in which who asks is told of problems: Dutch where their Accept-Language (RFC 9110,
// section 12.5.4) prefers it to English, and otherwise English.
func languageOf(request Request) string {
	best, found := 0.0, "en"
	for choice := range strings.SplitSeq(lowered(request.Headers)["accept-language"], ",") {
		tag, parameter, _ := strings.Cut(strings.TrimSpace(choice), ";")
		language, _, _ := strings.Cut(strings.ToLower(tag), "-")
		weight := 1.0
		if text, ok := strings.CutPrefix(strings.TrimSpace(parameter), "q="); ok {
			weight, _ = strconv.ParseFloat(text, 64) // what can't be read weighs nothing
		}
		if (language == "nl" || language == "en") && weight > best {
			best, found = weight, language
		}
	}
	return found
}

// refuse writes a problem (RFC 9457), or the page that a room made of it: the title and the detail for a person in
// their language, and a hint in English for people who write programs.
func refuse(e *problem.Error, language string) Response {
	if e.Page != nil {
		return raw(e.Kind.Status(), "", "text/html; charset=utf-8", e.Page)
	}
	members := maps.Clone(e.Extra)
	if members == nil {
		members = map[string]any{}
	}
	members["detail"], members["hint"] = e.Sentence(language), e.Detail
	if len(e.Fields) > 0 {
		members["fields"] = e.Told(language)
	}
	after := e.RetryAfter
	if e.Kind == problem.Unavailable {
		after = max(1, after)
	}
	return problemOf(string(e.Kind), titles[e.Kind], e.Kind.Status(), after, members, language)
}

// fault is what people are told of the system's own faults, which is no more than that there was one.
var (
	faultTitle = words.Text{NL: "Er ging iets mis bij ons", EN: "Something went wrong on our side"}
	fault      = words.Text{NL: "het is niet gelukt; de fout is genoteerd, zonder jouw gegevens",
		EN: "the request failed; the fault has been recorded without your data"}
)

// fail is the answer to the system's own faults.
func fail(language string) Response {
	return problemOf("internal", faultTitle, 500, 0, map[string]any{"detail": fault.In(language), "hint": fault.EN},
		language)
}

func problemOf(kind string, title words.Text, status, retryAfter int, members map[string]any,
	language string) Response {
	members["type"], members["title"], members["status"] = ProblemBase+kind, title.In(language), status
	body, err := json.Marshal(members)
	if err != nil { // an extra member that JSON can't hold: a fault of ours
		return fail(language)
	}
	response := raw(status, "", "application/problem+json", body)
	response.Headers["Content-Language"] = language
	if status == 401 {
		response.Headers["WWW-Authenticate"] = "Bearer" // RFC 9110, section 15.5.2
	}
	if retryAfter > 0 {
		response.Headers["Retry-After"] = strconv.Itoa(retryAfter)
	}
	return response
}
