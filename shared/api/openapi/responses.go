package openapi

import (
	"slices"
	"strconv"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
)

func responses(operation api.Operation) object {
	answers := object{strconv.Itoa(operation.Status): success(operation)}
	if operation.Tagged {
		answers["304"] = object{"description": "It is what the caller has already, as `If-None-Match` says"}
	}
	for _, kind := range Kinds(operation) {
		answers[strconv.Itoa(kind.Status())] = reference(responseNames[kind])
		if operation.Media == htmlMedia && slices.Contains(operation.Errors, kind) {
			answers[strconv.Itoa(kind.Status())] = pageOrProblem(kind)
		}
	}
	answers["429"], answers["500"] = reference(responseNames[problem.TooMany]), reference("Fault")
	return answers
}

// Kinds are the problems that an operation can answer: those it declares, and those that follow from its declaration.
func Kinds(operation api.Operation) []problem.Kind {
	kinds := slices.Clone(operation.Errors)
	add := func(kind problem.Kind) {
		if !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	add(problem.Malformed) // as what has a body or a query where none is declared
	add(problem.TooLarge)
	if !operation.Public() {
		add(problem.Unauthorised) // a token that is missing or opens nothing
		add(problem.NotFound)     // what is not for the caller's role does not exist
		add(problem.Unavailable)  // all of them need the store
		if !operation.WithoutConsent {
			add(problem.Consent)
		}
	}
	slices.SortFunc(kinds, func(a, b problem.Kind) int { return a.Status() - b.Status() })
	return kinds
}

func success(operation api.Operation) object {
	described := object{"description": operation.Summary, "headers": object{"Cache-Control": object{
		"description": "no-store on all that holds data", "schema": object{"type": "string"}}}}
	switch {
	case operation.Media != "":
		described["content"] = object{operation.Media: object{"schema": mediaSchema(operation.Media)}}
	case operation.Answer != nil:
		media := object{"schema": operation.Answer}
		if operation.Example != nil {
			media["example"] = operation.Example
		}
		described["content"] = object{"application/json": media}
	}
	return described
}

// mediaSchema is of a text a string, of a picture bytes (OpenAPI 3.1, 4.8.14.3).
func mediaSchema(mediaType string) object {
	switch mediaType {
	case "application/json": // such as this document
		return object{"type": "object"}
	case htmlMedia:
		return object{"type": "string"}
	}
	return object{"type": "string", "contentMediaType": mediaType}
}

func reference(name string) object { return object{"$ref": "#/components/responses/" + name} }

var responseNames = map[problem.Kind]string{
	problem.Malformed: "Malformed", problem.Unauthorised: "Unauthorised", problem.Consent: "Consent",
	problem.NotFound: "NotFound",
	problem.Conflict: "Conflict", problem.TooLarge: "TooLarge", problem.Unacceptable: "Unprocessable",
	problem.TooMany:     "TooMany",
	problem.Unavailable: "Unavailable",
}

var meanings = map[problem.Kind]string{
	problem.Malformed:    "The request is not accepted; `fields` says what is wrong and what is accepted.",
	problem.Unauthorised: "No token, or one that opens nothing; or a code or link that is wrong, used or expired.",
	problem.Consent:      "The current version of the statement, in `version`, has not been consented to.",
	problem.NotFound:     "Unknown, another customer's, or not for the caller's role.",
	problem.Conflict:     "The present state refuses it, as another holder of the spot does.",
	problem.TooLarge:     "The body is too large.",
	problem.Unacceptable: "Well-formed, but not possible, as a time that does not exist that day.",
	problem.TooMany:      "A rate limit or a quota, with Retry-After where waiting helps; or API Gateway's own throttle.",
	problem.Unavailable:  "The store is busy. The same request can safely be sent again.",
}

func commonResponses() object {
	common := object{}
	for kind, name := range responseNames {
		common[name] = problems(meanings[kind], example(kind))
	}
	common["Fault"] = either("A fault of ours; nothing is told about it.",
		object{"type": "https://iotspot.example/problems/internal", "title": "Something went wrong on our side",
			"status": 500,
			"detail": "the request failed; the fault has been recorded without your data",
			"hint":   "the request failed; the fault has been recorded without your data"}, "Internal Server Error")
	common["TooMany"] = either(meanings[problem.TooMany], example(problem.TooMany), "Too Many Requests")
	return common
}

// htmlMedia is the media type of what a person reads in a browser.
const htmlMedia = "text/html"

// pageOrProblem is what a page's operation refuses with: for a person a page, where the room has one.
func pageOrProblem(kind problem.Kind) object {
	response := problems(meanings[kind], example(kind))
	response["content"].(object)[htmlMedia] = object{"schema": object{"type": "string"}}
	return response
}

func problems(description string, shown object) object {
	return object{"description": description, "content": object{"application/problem+json": object{
		"schema": object{"$ref": "#/components/schemas/Problem"}, "example": shown}}}
}

// either is a problem of ours or a message of API Gateway's own, which no function has seen.
func either(description string, shown object, message string) object {
	response := problems(description, shown)
	response["content"].(object)["application/json"] = object{
		"schema": object{"$ref": "#/components/schemas/GatewayMessage"}, "example": object{"message": message}}
	return response
}

func example(kind problem.Kind) object {
	shown := object{"type": "https://iotspot.example/problems/" + string(kind), "title": "A short title",
		"status": kind.Status(), "detail": meanings[kind]}
	switch kind {
	case problem.Malformed:
		shown["fields"] = []any{object{"pointer": "/from", "detail": "is not well-formed",
			"accepted": "a quarter of an hour from 00:00 to 24:00, as 09:15",
			"hint":     "is not well-formed; accepted: a quarter of an hour from 00:00 to 24:00, as 09:15"}}
	case problem.Consent:
		shown["version"] = privacy.StatementVersion
	}
	return shown
}

func problemSchema() *api.Schema {
	schema := api.Object(
		api.Must("type", api.URI().Described("says what kind of problem it is")),
		api.Must("title", api.Text(100)), api.Must("status", api.Integer(400, 599)),
		api.Must("detail", api.Text(1000).Described("for a person, in the language of Accept-Language: nl or en")),
		api.May("hint", api.Text(1000).Described("the same for who writes programs, in English")),
		api.May("fields", api.List(api.Object(
			api.Must("pointer", (&api.Schema{Type: "string"}).Described("RFC 6901 pointer into the body, or the name "+
				"of a parameter or header")),
			api.Must("detail", api.Text(200).Described("in the language of Accept-Language, as accepted is")),
			api.May("accepted", api.Text(1000)),
			api.Must("hint", api.Text(1300).Described("both in English, for who writes programs"))), 20)))
	schema.Open = true // a problem can say more, such as what is free instead
	return schema
}

func gatewaySchema() *api.Schema { return api.Object(api.Must("message", api.Text(200))) }
