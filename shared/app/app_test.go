package app_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/app"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/webtest"
)

var files = fstest.MapFS{
	"shell.html": {Data: []byte("<!doctype html>")}, "worker.js": {Data: []byte("{}")},
	"main-A.js": {Data: []byte("alert(1)")}, "main-A.js.gz": {Data: []byte("short")},
	"icon-A.png": {Data: []byte("png")}, "icon-A.png.gz": {Data: []byte("longer")},
}

func get(t *testing.T, route, file, encoding string) web.Response {
	t.Helper()
	site, err := app.Open(files)
	require.NoError(t, err)
	response, err := webtest.Handler(site.Routes()...)(t.Context(), web.Request{RouteKey: route,
		PathParameters: map[string]string{"file": file}, Headers: map[string]string{"accept-encoding": encoding}})
	require.NoError(t, err)
	return response
}

func TestThePageIsAskedForAgainAndLetsNothingElsewhereIn_11_cookies(t *testing.T) {
	page := get(t, "GET /", "", "gzip")
	require.Equal(t, 200, page.StatusCode)
	require.Equal(t, "no-cache", page.Headers["Cache-Control"])
	policy := page.Headers["Content-Security-Policy"]
	for _, part := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'",
		"require-trusted-types-for 'script'"} {
		require.Contains(t, policy, part)
	}
	require.NotContains(t, policy, "unsafe")
	require.Empty(t, page.Cookies)
}

func TestAFileIsKeptForGoodAndComesPackedToWhoUnpacks(t *testing.T) {
	packed := get(t, "GET /app/{file}", "main-A.js", "br, gzip")
	require.Equal(t, "public, max-age=31536000, immutable", packed.Headers["Cache-Control"])
	require.Equal(t, "gzip", packed.Headers["Content-Encoding"])
	require.Equal(t, "Accept-Encoding", packed.Headers["Vary"])
	require.True(t, packed.IsBase64Encoded)
	require.Equal(t, "default-src 'none'", packed.Headers["Content-Security-Policy"], "as a worker it asks for nothing")
	plain := get(t, "GET /app/{file}", "main-A.js", "")
	require.Equal(t, "alert(1)", plain.Body)
	require.Equal(t, "text/javascript; charset=utf-8", plain.Headers["Content-Type"])
	require.Empty(t, get(t, "GET /app/{file}", "icon-A.png", "gzip").Headers["Content-Encoding"], "it would be longer")
}

func TestWhatIsNoFileOfTheAppIsUnknown(t *testing.T) {
	for _, name := range []string{"shell.html", "worker.js", "main-B.js", "main-A.js.gz"} {
		require.Contains(t, []int{400, 404}, get(t, "GET /app/{file}", name, "").StatusCode, name)
	}
	_, err := app.Open(fstest.MapFS{})
	require.Error(t, err)
}
