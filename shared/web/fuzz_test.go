package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/webtest"
)

// Whatever the body is, the answer is a clear one: the use case is reached with exactly what the declaration accepts,
// or the request is refused with a problem; never a fault.
func FuzzABodyIsAcceptedAsDeclaredOrRefusedWithAProblem(f *testing.F) {
	for _, body := range []string{
		`{"name":"Eik"}`,
		`{"name":"Eik","date":"2026-11-22","at":"2026-11-22T08:15:00Z","kind":"tree","height":2.5,"evergreen":true,"beds":["a"],"note":null}`,
		`{"name":"Eik","name":"Beuk"}`, `{"name":`, `[]`, `null`, "", "\xff", `{"name":"\ud800"}`,
		`{"name":"Eik","height":1e400}`,
		`{"name":"Eik"} {}`, `{"a":{"a":{"a":[[[[[[]]]]]]}}}`, `{"name":"Eik","beds":["a","b","c","d"]}`, `{"":0}`,
		`{"name":"Eik","height":-0.0}`,
	} {
		f.Add([]byte(body))
	}
	declared, err := webtest.Compile(plant.Body)
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, body []byte) {
		reached := false
		handler := webtest.Handler(webtest.On(plant, func(_ context.Context, _ identity.Caller,
			in plantInput) (plantInput, error) {
			reached = true
			require.Equal(t, garden, in.Garden)
			require.True(t, utf8.ValidString(in.Name))
			return in, nil
		}))
		response, err := handler(t.Context(), requestOf(plant, string(body)))
		require.NoError(t, err)
		require.Contains(t, []int{201, 400, 413}, response.StatusCode, response.Body)
		require.Equal(t, reached, response.StatusCode == 201)
		require.True(t, json.Valid([]byte(response.Body)))
		if reached {
			var value any
			require.NoError(t, json.Unmarshal(body, &value), "what is accepted is JSON to others too")
			require.NoError(t, declared.Validate(value))
		}
	})
}

func FuzzAParameterIsAcceptedAsDeclaredOrRefusedWithAProblem(f *testing.F) {
	for _, text := range []string{garden, "", "3", "9223372036854775808", "+3", "0x3", "1e0", "true", "\x00", "\xff",
		"a/../b", "{garden}"} {
		f.Add(text, text, text)
	}
	f.Fuzz(func(t *testing.T, place, rows, key string) {
		request := requestOf(plant, `{"name":"Eik"}`)
		request.PathParameters["garden"], request.QueryStringParameters = place, map[string]string{"rows": rows}
		request.Headers["Idempotency-Key"] = key
		response, err := webtest.Handler(webtest.On(plant, echo))(t.Context(), request)
		require.NoError(t, err)
		require.Contains(t, []int{201, 400}, response.StatusCode, response.Body)
		require.True(t, json.Valid([]byte(response.Body)))
		if response.StatusCode == 201 {
			var in plantInput
			require.NoError(t, json.Unmarshal([]byte(response.Body), &in))
			require.Equal(t, key, in.Key, "a repeat is known by its key, so it is taken as it is")
			require.True(t, len(key) >= 8 && len(key) <= 64 && utf8.RuneCountInString(key) == len(key))
		}
	})
}

// Every operation of the interface withstands any text in each of its parameters: what reaches the use case is as
// declared.
func FuzzEveryOperationWithstandsAnyParameter(f *testing.F) {
	operations := slices.DeleteFunc(api.Operations(), func(o api.Operation) bool { return len(o.Parameters) == 0 })
	for i, operation := range operations {
		for at, parameter := range operation.Parameters {
			f.Add(i, at, sample(parameter.Schema))
			f.Add(i, at, "")
		}
	}
	f.Fuzz(func(t *testing.T, which, at int, text string) {
		operation := operations[abs(which)%len(operations)]
		body, err := json.Marshal(operation.Request)
		require.NoError(t, err)
		if operation.Request == nil {
			body = nil
		}
		request := valid(operation, body)
		parameter := operation.Parameters[abs(at)%len(operation.Parameters)]
		in := map[string]map[string]string{"path": request.PathParameters,
			"query":  request.QueryStringParameters,
			"header": request.Headers}[parameter.In]
		in[parameter.Name] = text
		var reached map[string]any
		response, err := webtest.Handler(webtest.On(operation,
			func(_ context.Context, _ identity.Caller, in map[string]any) (struct{}, error) {
				reached = in
				return struct{}{}, nil
			}))(t.Context(), request)
		require.NoError(t, err)
		require.NotEqual(t, 500, response.StatusCode, operation.ID)
		if reached == nil {
			return
		}
		declared, err := webtest.Compile(parameter.Schema)
		require.NoError(t, err)
		require.NoError(t, declared.Validate(reached[parameter.Name]), operation.ID)
	})
}

// abs is never negative, not even of the smallest number.
func abs(n int) int { return max(n, -(n + 1)) }

// Every operation of the interface withstands any body: its schema compiles, and what it refuses it refuses clearly.
func FuzzEveryOperationWithstandsAnyBody(f *testing.F) {
	operations := api.Operations()
	for i, operation := range operations {
		example, err := json.Marshal(operation.Request)
		require.NoError(f, err)
		f.Add(i, example)
		f.Add(i, bytes.Replace(example, []byte(`":"`), []byte(`":["`), 1))
	}
	f.Fuzz(func(t *testing.T, at int, body []byte) {
		operation := operations[abs(at)%len(operations)]
		response, err := webtest.Handler(webtest.On(operation,
			func(_ context.Context, _ identity.Caller, in map[string]any) (struct{}, error) {
				if id, given := in["registration"].(string); given &&
					operation.Body.Field("code") == nil {
					require.True(t, secret.IsID(id[:secret.IDLength]) && secret.IsID(id[secret.IDLength:]),
						"%s: a room takes it apart by its length", operation.ID)
				}
				return struct{}{}, nil
			}))(t.Context(), valid(operation, body))
		require.NoError(t, err)
		require.NotEqual(t, 500, response.StatusCode, operation.ID)
	})
}

// valid is a request for an operation by someone who may, with a body of the first media type that it takes.
func valid(operation api.Operation, body []byte) web.Request {
	request := requestOf(operation, string(body))
	caller := gardener
	if !operation.Public() {
		caller.Role = operation.Roles[0]
	}
	if operation.Content != nil {
		request.Headers["Content-Type"] = operation.Content.Types[0]
	}
	request.PathParameters, request.QueryStringParameters = map[string]string{}, map[string]string{}
	for _, parameter := range operation.Parameters {
		if parameter.In == "path" {
			request.PathParameters[parameter.Name] = sample(parameter.Schema)
		} else if parameter.Required {
			request.QueryStringParameters[parameter.Name] = sample(parameter.Schema)
		}
	}
	return webtest.As(request, caller)
}

// sample is a text that a parameter's schema accepts.
func sample(schema *api.Schema) string {
	pattern := schema.Pattern
	switch {
	case schema.Enum != nil:
		return schema.Enum[0]
	case schema.Format == "date":
		return "2026-11-23"
	case strings.Contains(pattern, "{32}"):
		return strings.Repeat("a", 32)
	case strings.Contains(pattern, "{96}"):
		return strings.Repeat("a", 96)
	case strings.HasPrefix(pattern, "^[0-9]{8}-"):
		return "20261123-" + garden + "-" + garden
	case strings.HasPrefix(pattern, "^20[2-9]"):
		return "2027"
	case strings.Contains(pattern, "[.]"):
		return "main-ABC.js"
	case strings.Contains(pattern, `\.)+`):
		return "example.com"
	case strings.Contains(pattern, "24:00"):
		return "09:15"
	}
	return garden
}
