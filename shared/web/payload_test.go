package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/gate"
)

func payload(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "events", "payloads", name))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, into))
}

func TestARealRequestOfTheHTTPAPIIsRead(t *testing.T) {
	var request web.Request
	payload(t, "http-request.json", &request)
	reserve := api.Operation{ID: "reserve", Method: "POST", Path: "/reservations", Roles: identity.Members,
		Keyed: true, Status: 201,
		Body: api.Object(api.Must("spot", api.ID()), api.Must("date", api.Date()), api.Must("from", api.ClockTime()),
			api.Must("to", api.ClockTime()))}
	var caller identity.Caller
	response, err := web.Handler(web.On(reserve, func(_ context.Context, c identity.Caller,
		in map[string]any) (map[string]any, error) {
		caller = c
		return in, nil
	}))(t.Context(), request)
	require.NoError(t, err)
	require.Equal(t, 201, response.StatusCode, response.Body)
	require.JSONEq(t,
		`{"spot":"ssssssssssssssss","date":"2026-11-23","from":"09:00","to":"12:00","idempotency_key":"monday-desk-0001"}`, response.Body)
	require.Equal(t, identity.Caller{Person: identity.Person{Business: "bbbbbbbbbbbbbbbb", User: "uuuuuuuuuuuuuuuu"},
		Role:    identity.User,
		Session: "ssssssssssssssssssssssssssssssss", Consent: privacy.StatementVersion}, caller)
}

func TestTheAuthoriserHandsTheCallerToTheFunctionsAsItFoundIt(t *testing.T) {
	var request gate.Request
	payload(t, "authorizer-request.json", &request)
	answer, err := gate.Handler(func(_ context.Context, token string) (identity.Caller, error) {
		require.Equal(t, "abcdefghijklmnopqrstuvwxyz234567", token)
		return gardener, nil
	})(t.Context(), request)
	require.NoError(t, err)
	require.True(t, answer.IsAuthorized)

	// What API Gateway passes on is what the functions read.
	var text map[string]any
	encoded, err := json.Marshal(answer.Context)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(encoded, &text))
	next := as(requestOf(plant, `{"name":"Eik"}`), identity.Caller{})
	next.RequestContext.Authorizer.Lambda = text
	var seen identity.Caller
	response, _ := call(t, next, web.On(plant, func(_ context.Context, caller identity.Caller,
		_ plantInput) (struct{}, error) {
		seen = caller
		return struct{}{}, nil
	}))
	require.Equal(t, 201, response.StatusCode)
	require.Equal(t, gardener, seen)
}

func TestTheAuthoriserLetsNobodyInByAFault(t *testing.T) {
	var request gate.Request
	payload(t, "authorizer-request.json", &request)
	fault := errors.New("Els de Vries")
	for name, c := range map[string]struct {
		resolve func(context.Context, string) (identity.Caller, error)
		fault   bool
	}{
		"unknown token": {func(context.Context, string) (identity.Caller, error) {
			return gardener, problem.New(problem.Unauthorised, "no")
		}, false},
		"a fault": {func(context.Context, string) (identity.Caller, error) { return gardener, fault }, true},
		"a panic": {func(context.Context, string) (identity.Caller, error) { panic(fault) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			answer, err := gate.Handler(c.resolve)(t.Context(), request)
			require.Equal(t, gate.Response{}, answer)
			require.Equal(t, c.fault, err != nil)
			if err != nil {
				require.NotContains(t, err.Error(), "Els")
			}
		})
	}
}

// API Gateway answers an authoriser's fault with 500 and nothing else. Where the store is only busy, the caller is to
// hear when to try again, so the function says it, and does nothing else.
func TestWhereTheAuthoriserCanNotLookTheFunctionSaysWhenToTryAgainAndLetsNobodyIn(t *testing.T) {
	var asked gate.Request
	payload(t, "authorizer-request.json", &asked)
	answer, err := gate.Handler(func(context.Context, string) (identity.Caller, error) {
		return gardener, problem.New(problem.Unavailable, "Els de Vries")
	})(t.Context(), asked)
	require.NoError(t, err)
	require.Len(t, answer.Context, 1, "nothing of a caller")

	request := requestOf(plant, `{"name":"Eik"}`)
	request.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{Lambda: answer.Context}
	response, problem := call(t, request, web.On(plant,
		func(context.Context, identity.Caller, plantInput) (plantInput, error) {
			t.Error("the use case was reached")
			return plantInput{}, nil
		}))
	require.Equal(t, 503, response.StatusCode)
	require.Equal(t, "1", response.Headers["Retry-After"])
	require.Equal(t, web.ProblemBase+"unavailable", problem["type"])
}

func TestWithoutABearerTokenTheAuthoriserAsksNothing(t *testing.T) {
	for _, header := range []string{"", "Basic abc", "Bearer", "abcdefghijklmnopqrstuvwxyz234567"} {
		answer, err := gate.Handler(func(context.Context, string) (identity.Caller, error) {
			require.Fail(t, "asked", header)
			return identity.Caller{}, nil
		})(t.Context(), gate.Request{IdentitySource: []string{header}})
		require.NoError(t, err)
		require.False(t, answer.IsAuthorized)
	}
}
