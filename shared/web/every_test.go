package web_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/webtest"
)

// reach calls an operation with its own example and tells the status; 299 is the use case itself.
func reach(t *testing.T, operation api.Operation, caller identity.Caller) web.Response {
	t.Helper()
	operation.Status = 299
	body, err := json.Marshal(operation.Request)
	require.NoError(t, err)
	switch {
	case operation.Content != nil:
		body = []byte("content")
	case operation.Body == nil:
		body = nil
	}
	request := webtest.As(valid(operation, body), caller)
	response, err := webtest.Handler(webtest.On(operation, func(context.Context, identity.Caller,
		map[string]any) (map[string]any, error) {
		return nil, nil
	}))(t.Context(), request)
	require.NoError(t, err)
	return response
}

func TestEveryOperationsExampleReachesItsUseCase(t *testing.T) {
	for _, operation := range api.Operations() {
		caller := gardener
		if !operation.Public() {
			caller.Role = operation.Roles[0]
		}
		response := reach(t, operation, caller)
		require.Equal(t, 299, response.StatusCode, "%s: %s", operation.ID, response.Body)
	}
}

func TestNoOperationsAnswerMayBeStoredButPhotosAndWhatIsPublic(t *testing.T) { // 9.cache
	for _, operation := range api.Operations() {
		caller := gardener
		if !operation.Public() {
			caller.Role = operation.Roles[0]
		}
		cache := reach(t, operation, caller).Headers["Cache-Control"]
		switch {
		case operation.Cache == "":
			require.Equal(t, "no-store", cache, operation.ID)
		case operation.Public():
			require.Contains(t, []string{"openapi", "reference", "openApp", "appWorker", "appFile"}, operation.ID,
				"only what holds no data is public and cached")
		default:
			require.Contains(t, operation.Media, "image/", operation.ID)
			require.Contains(t, cache, "private", operation.ID)
			require.Equal(t, "Authorization", reach(t, operation, caller).Headers["Vary"],
				"%s: one URL for all who use a device", operation.ID)
		}
	}
}
