// Package webtest makes requests of callers that nobody needs to look up.
package webtest

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/web"
)

// As is the request as a caller sends it, with a token that Callers knows.
func As(request web.Request, caller identity.Caller) web.Request {
	text, err := json.Marshal(caller)
	if err != nil {
		panic(err) // a caller is texts
	}
	request.Headers = maps.Clone(request.Headers)
	if request.Headers == nil {
		request.Headers = map[string]string{}
	}
	request.Headers["Authorization"] = "Bearer " + base64.RawURLEncoding.EncodeToString(text)
	return request
}

// Callers is a web.Callers for the tokens of As.
func Callers(token string, roles ...identity.Role) (identity.Claim, error) {
	text, err := base64.RawURLEncoding.DecodeString(token)
	var caller identity.Caller
	if err != nil || json.Unmarshal(text, &caller) != nil {
		return identity.Claim{}, problem.NotSignedIn()
	}
	return identity.Claim{Person: caller.Person, Prove: func(context.Context) (identity.Caller, error) {
		if !slices.Contains(roles, caller.Role) {
			return identity.Caller{}, problem.Unknown()
		}
		return caller, nil
	}}, nil
}

// Handler serves the routes to the callers of As.
func Handler(routes ...web.Route) func(context.Context, web.Request) (web.Response, error) {
	return web.Handler(Callers, routes...)
}

// Declared is the declaration of an operation that a test has made.
func Declared(operation api.Operation) api.Declaration {
	return api.Declaration{ID: operation.ID, Function: operation.Function,
		Make: func() api.Operation { return operation }}
}

// On is web.On for such an operation.
func On[In, Out any](operation api.Operation,
	use func(context.Context, identity.Caller, In) (Out, error)) web.Route {
	return web.On(Declared(operation), use)
}
