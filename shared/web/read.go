package web

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/spelling"
)

var idempotencyKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`) })

// read makes the one JSON object that a use case's input is decoded from.
func read(operation api.Operation, schemas schemas, request Request) ([]byte, error) {
	head := lowered(request.Headers)
	input, err := parameters(operation, schemas, request, head)
	if err != nil {
		return nil, err
	}
	if operation.Keyed {
		if input["idempotency_key"] = head["idempotency-key"]; !idempotencyKey().MatchString(head["idempotency-key"]) {
			return nil, problem.BadField("Idempotency-Key", "the header is missing or malformed",
				"8 to 64 of A-Z a-z 0-9 _ -, new for each thing to create and the same when repeating")
		}
	}
	if operation.Agent {
		input["user_agent"] = head["user-agent"] // API Gateway takes 10 KB of headers at most
	}
	if operation.Encoding {
		input["accept_encoding"] = head["accept-encoding"]
	}
	body, err := bodyOf(operation, request)
	if err != nil {
		return nil, err
	}
	members, err := bodyMembers(operation, schemas, head["content-type"], body)
	if err != nil {
		return nil, err
	}
	maps.Copy(input, members)
	return json.Marshal(input)
}

func lowered(headers map[string]string) map[string]string {
	low := make(map[string]string, len(headers))
	for name, value := range headers {
		low[strings.ToLower(name)] = value
	}
	return low
}

// bodyOf is the body's bytes. A body that is too large is refused before it is decoded.
func bodyOf(operation api.Operation, request Request) ([]byte, error) {
	most := cmp.Or(operation.MaxBytes, api.MaxBody)
	if operation.Content != nil {
		most = operation.Content.MaxBytes
	}
	if !request.IsBase64Encoded {
		if len(request.Body) > most {
			return nil, tooLarge(most)
		}
		return []byte(request.Body), nil
	}
	if base64.StdEncoding.DecodedLen(len(request.Body)) > most+2 { // up to two bytes are padding
		return nil, tooLarge(most)
	}
	body, err := base64.StdEncoding.DecodeString(request.Body)
	if err != nil {
		return nil, problem.New(problem.Malformed, "the body can't be read")
	}
	if len(body) > most {
		return nil, tooLarge(most)
	}
	return body, nil
}

// tooLarge says how much a body may have, in the unit that people know: each limit is a whole number of one.
func tooLarge(most int) error {
	if mega := most >> 20; mega > 0 {
		return problem.New(problem.TooLarge, "the body has more than %d MB", mega)
	}
	return problem.New(problem.TooLarge, "the body has more than %d kB", most>>10)
}

func bodyMembers(operation api.Operation, schemas schemas, contentType string, body []byte) (map[string]any, error) {
	switch {
	case operation.Content != nil:
		mediaType, err := mediaTypeOf(contentType, operation.Content.Types)
		if err != nil {
			return nil, err
		}
		return map[string]any{"content": body, "content_type": mediaType}, nil
	case operation.Body != nil:
		return jsonMembers(operation, schemas, contentType, body)
	case len(body) > 0:
		return nil, problem.New(problem.Malformed, "this operation takes no body")
	}
	return nil, nil
}

func jsonMembers(operation api.Operation, schemas schemas, contentType string, body []byte) (map[string]any, error) {
	if len(body) == 0 {
		if operation.Body.Required() == nil { // all of it can be left out, and so can the body
			return nil, nil
		}
		return nil, problem.New(problem.Malformed, "a JSON body is needed")
	}
	if _, err := mediaTypeOf(contentType, []string{"application/json"}); err != nil {
		return nil, err
	}
	members, err := parse(body)
	if err != nil {
		return nil, err
	}
	if fields := check(schemas.body, members); len(fields) > 0 {
		return nil, malformed(fields)
	}
	return members, nil
}

// mediaTypeOf is the body's media type without its parameters. JSON is UTF-8 and nothing else.
func mediaTypeOf(contentType string, accepted []string) (string, error) {
	mediaType, options, err := mime.ParseMediaType(contentType)
	charset := strings.ToLower(options["charset"])
	if err != nil || !slices.Contains(accepted, mediaType) || charset != "" && charset != "utf-8" {
		return "", problem.BadField("Content-Type", "the body's media type is missing or not accepted",
			strings.Join(accepted, ", "))
	}
	return mediaType, nil
}

// parameters are those of the path and the query, and headers, in the types that their schemas ask for.
func parameters(operation api.Operation, schemas schemas, request Request,
	head map[string]string) (map[string]any, error) {
	given, known := map[string]any{}, map[string]bool{}
	var fields []problem.Field
	for _, parameter := range operation.Parameters {
		if parameter.In != "header" {
			known[parameter.Name] = true
		}
		text, ok := textOf(parameter, request, head)
		if !ok {
			continue
		}
		value, err := typed(parameter.Schema, text)
		if err != nil {
			fields = append(fields, problem.Field{Pointer: parameter.Name, Detail: "is not accepted",
				Accepted: err.Error()})
			continue
		}
		given[parameter.Name] = value
	}
	for _, name := range slices.Sorted(maps.Keys(request.QueryStringParameters)) {
		if !known[name] && operation.Media == "" { // links to pages get parameters added to them on their way
			fields = append(fields, problem.Field{Pointer: clip(name), Detail: "is not a parameter of this operation",
				Accepted: names(known)})
		}
	}
	for _, field := range check(schemas.parameters, given) {
		field.Pointer = strings.TrimPrefix(field.Pointer, "/")
		fields = append(fields, field)
	}
	if len(fields) > 0 {
		return nil, malformed(fields)
	}
	return given, nil
}

// textOf is what a request says of a parameter.
func textOf(parameter api.Parameter, request Request, head map[string]string) (text string, ok bool) {
	switch parameter.In {
	case "path":
		text, ok = request.PathParameters[parameter.Name]
	case "header":
		text, ok = head[strings.ToLower(parameter.Name)]
	default:
		text, ok = request.QueryStringParameters[parameter.Name]
	}
	return text, ok
}

func typed(schema *api.Schema, text string) (any, error) {
	if !utf8.ValidString(text) || spelling.Lost(text) {
		return nil, fmt.Errorf("text in UTF-8")
	}
	switch schema.Type {
	case "integer":
		number, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			return nil, fmt.Errorf("a whole number")
		}
		return float64(number), nil
	case "number":
		number, err := parseNumber(text)
		if err != nil {
			return nil, fmt.Errorf("a number")
		}
		return number, nil
	case "boolean":
		if text != "true" && text != "false" {
			return nil, fmt.Errorf("true or false")
		}
		return text == "true", nil
	}
	return spelling.Canonical(text), nil
}
