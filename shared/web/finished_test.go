package web_test

import (
	"compress/gzip"
	"context"
	"encoding/base64"
	"io"
	"strings"
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
	handle := webtest.Handler(webtest.On(tagged, func(context.Context, identity.Caller,
		struct{}) (map[string]string, error) {
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

func TestALongAnswerIsCompressedForWhoUnpacksItWithATagOfItsOwn(t *testing.T) {
	tagged := api.Operation{ID: "bed", Method: "GET", Path: "/bed", Roles: identity.Members, Status: 200, Tagged: true}
	flowers := strings.Repeat("tulips ", 300)
	handle := webtest.Handler(webtest.On(tagged, func(context.Context, identity.Caller,
		struct{}) (map[string]string, error) {
		return map[string]string{"flowers": flowers}, nil
	}))
	asks := func(accepts, has string) web.Response {
		request := webtest.As(requestOf(tagged, ""), gardener)
		request.Headers["Accept-Encoding"], request.Headers["If-None-Match"] = accepts, has
		response, err := handle(t.Context(), request)
		require.NoError(t, err)
		return response
	}
	plain := asks("", "")
	require.Contains(t, plain.Body, "tulips")
	for _, refused := range []string{"br", "identity", "gzip;q=0, br", "GZIP; q=0.0"} {
		require.Equal(t, plain, asks(refused, ""), refused)
	}
	packed := asks("br, gzip;q=0.8", "")
	require.True(t, packed.IsBase64Encoded)
	require.Less(t, len(packed.Body), len(plain.Body)/10)
	unpacking, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(packed.Body)))
	require.NoError(t, err)
	unpacked, err := io.ReadAll(unpacking)
	require.NoError(t, err)
	require.Equal(t, plain.Body, string(unpacked))
	for _, one := range []web.Response{plain, packed} {
		require.Equal(t, "Accept-Encoding", one.Headers["Vary"])
	}
	require.NotEqual(t, plain.Headers["ETag"], packed.Headers["ETag"])
	same := asks("gzip", packed.Headers["ETag"])
	require.Equal(t, 304, same.StatusCode)
	require.Empty(t, same.Headers["Content-Encoding"], "nothing is packed")
	require.Equal(t, 200, asks("", packed.Headers["ETag"]).StatusCode, "who can't unpack it has another")

	flowers = "tulips"
	require.False(t, asks("gzip", "").IsBase64Encoded, "a short one goes as it is")
}

func TestTheDeviceIsToldToForgetWhenASessionEnds_9_cache_7_erase(t *testing.T) {
	leave := api.Operation{ID: "leave", Method: "DELETE", Path: "/leave", Roles: identity.Members, Status: 204,
		Clears: true}
	look := api.Operation{ID: "look", Method: "GET", Path: "/look", Roles: identity.Members, Status: 204}
	guess := api.Operation{ID: "guess", Method: "POST", Path: "/guess", Status: 204}
	var refusal error
	use := func(context.Context, identity.Caller, struct{}) (struct{}, error) { return struct{}{}, refusal }
	handle := webtest.Handler(webtest.On(leave, use), webtest.On(look, use), webtest.On(guess, use))
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
