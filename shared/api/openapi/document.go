// Package openapi describes the HTTP interface, from the declarations in shared/api alone: as an OpenAPI 3.1 document
// for programs and as a page for people.
package openapi

import (
	"strconv"
	"strings"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
)

type object = map[string]any

// Document describes the operations. It holds nothing but what JSON can hold.
func Document(operations []api.Operation) map[string]any {
	paths := object{}
	for _, operation := range operations {
		path, ok := paths[operation.Path].(object)
		if !ok {
			path = object{}
			paths[operation.Path] = path
		}
		path[strings.ToLower(operation.Method)] = describe(operation)
	}
	return object{
		"openapi": "3.1.0",
		"info": object{
			"title": "iotspot", "version": "1",
			"summary":     "Workplaces: find, reserve, sit down, and leave no trace",
			"description": introduction(),
			"license":     object{"name": "See LICENSE in the repository", "url": "https://iotspot.example/license"},
		},
		"servers": []any{object{"url": "/"}},
		"tags":    tags(operations),
		"paths":   paths,
		"components": object{
			"securitySchemes": object{"session": object{"type": "http", "scheme": "bearer",
				"description": "The token that POST /sessions answers. It is opaque and ends on its own, on signing " +
					"out, on erasure and with the contract."}},
			"schemas":   object{"Problem": problemSchema(), "GatewayMessage": gatewaySchema()},
			"responses": commonResponses(),
		},
	}
}

func introduction() string {
	return "All times of day are clock times in a location's own time zone, in quarters of an hour, and intervals " +
		"are half open. Midnight has two names: as a beginning `00:00` is the first instant of the day, whatever " +
		"the clock shows then; as an end `24:00` and `00:00` are the end of it. Where the clocks are put back a " +
		"time exists twice: a beginning means the first, an end the last. What ends at a time that the clocks " +
		"jump over ends at the jump; nothing begins there. Time zones are those of IANA's list, version " +
		civil.ZoneDataVersion() +
		", by any of its names. Errors are problems (RFC 9457): `type` says what kind, `fields` points at what is " +
		"wrong in the request, and no value that was sent comes back. What is unknown, another customer's, or not " +
		"for the caller's role is always the same 404. Every POST that creates needs an `Idempotency-Key`: the " +
		"same key with the same body is the same creation, however often it is sent."
}

func tags(operations []api.Operation) []any {
	var list []any
	seen := map[string]bool{}
	for _, operation := range operations {
		if !seen[operation.Function] {
			seen[operation.Function] = true
			list = append(list, object{"name": operation.Function,
				"description": sentence(api.Purposes[operation.Function])})
		}
	}
	return list
}

// sentence makes one of a line that has no subject.
func sentence(words string) string {
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:] + "."
}

func describe(operation api.Operation) object {
	described := object{
		"operationId": operation.ID, "summary": operation.Summary, "tags": []any{operation.Function},
		"responses": responses(operation), "security": []any{},
	}
	if operation.Detail != "" {
		described["description"] = operation.Detail
	}
	if !operation.Public() {
		described["security"] = []any{object{"session": []any{}}}
		described["x-roles"] = operation.Roles
	}
	if parameters := parameters(operation); len(parameters) > 0 {
		described["parameters"] = parameters
	}
	if body := requestBody(operation); body != nil {
		described["requestBody"] = body
	}
	return described
}

func parameters(operation api.Operation) []any {
	var list []any
	for _, parameter := range operation.Parameters {
		list = append(list, object{"name": parameter.Name, "in": parameter.In, "required": parameter.Required,
			"schema": parameter.Schema, "description": parameter.Detail})
	}
	if operation.Keyed {
		list = append(list, object{"name": "Idempotency-Key", "in": "header", "required": true,
			"schema": &api.Schema{Type: "string", Pattern: "^[A-Za-z0-9_-]{8,64}$"},
			"description": "New for each thing to create, the same when repeating. The same key with other content " +
				"is a conflict."})
	}
	if operation.Tagged {
		list = append(list, object{"name": "If-None-Match", "in": "header", "required": false,
			"schema":      &api.Schema{Type: "string", Max: 200},
			"description": "The ETag of an answer that the caller has; the answer is 304 where it is still so."})
	}
	return list
}

func requestBody(operation api.Operation) object {
	switch {
	case operation.Content != nil:
		content := object{}
		for _, mediaType := range operation.Content.Types {
			content[mediaType] = object{"schema": object{"type": "string", "maxLength": operation.Content.MaxBytes}}
		}
		return object{"required": true, "content": content, "description": "At most " +
			strconv.Itoa(operation.Content.MaxBytes) + " bytes."}
	case operation.Body != nil:
		media := object{"schema": operation.Body}
		if operation.Request != nil {
			media["example"] = operation.Request
		}
		return object{"required": operation.Body.Required() != nil, "content": object{"application/json": media}}
	}
	return nil
}
