package web_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/webtest"
)

func TestWhoHasTheAnswerAlreadyGets304AndNoBody(t *testing.T) {
	tagged := api.Operation{ID: "bed", Method: "GET", Path: "/bed", Roles: identity.Members, Status: 200, Tagged: true}
	flowers := "tulips"
	handle := webtest.Handler(web.On(tagged, func(context.Context, identity.Caller, struct{}) (map[string]string, error) {
		return map[string]string{"flowers": flowers}, nil
	}))
	first, err := handle(t.Context(), webtest.As(requestOf(tagged, ""), gardener))
	require.NoError(t, err)
	require.Equal(t, 200, first.StatusCode)

	again := webtest.As(requestOf(tagged, ""), gardener)
	again.Headers["If-None-Match"] = first.Headers["ETag"]
	second, err := handle(t.Context(), again)
	require.NoError(t, err)
	require.Equal(t, 304, second.StatusCode)
	require.Empty(t, second.Body)
	require.Equal(t, "no-store", second.Headers["Cache-Control"], "it is in the caller's memory alone") // 9.cache

	flowers = "roses"
	third, err := handle(t.Context(), again)
	require.NoError(t, err)
	require.Equal(t, 200, third.StatusCode)
	require.NotEqual(t, first.Headers["ETag"], third.Headers["ETag"])
}

func TestTheDeviceIsToldToForgetWhenASessionEnds_9_cache_7_erase(t *testing.T) {
	leave := api.Operation{ID: "leave", Method: "DELETE", Path: "/leave", Roles: identity.Members, Status: 204,
		Clears: true}
	look := api.Operation{ID: "look", Method: "GET", Path: "/look", Roles: identity.Members, Status: 204}
	guess := api.Operation{ID: "guess", Method: "POST", Path: "/guess", Status: 204}
	var refusal error
	use := func(context.Context, identity.Caller, struct{}) (struct{}, error) { return struct{}{}, refusal }
	handle := webtest.Handler(web.On(leave, use), web.On(look, use), web.On(guess, use))
	clears := func(operation api.Operation) string {
		response, err := handle(t.Context(), webtest.As(requestOf(operation, ""), gardener))
		require.NoError(t, err)
		return response.Headers["Clear-Site-Data"]
	}
	require.Equal(t, `"cache", "storage"`, clears(leave))
	require.Empty(t, clears(look))
	refusal = problem.New(problem.Unavailable, "busy")
	require.Empty(t, clears(leave), "it has not ended")
	refusal = problem.NotSignedIn()
	require.NotEmpty(t, clears(look), "the session is over")
	refusal = problem.New(problem.Unauthorised, "a wrong code")
	require.Empty(t, clears(look), "a wrong code ends nothing")
	require.Empty(t, clears(guess), "a wrong code ends nothing")
}
