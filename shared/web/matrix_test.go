package web_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/web"
)

var everyRole = []identity.Role{identity.User, identity.Manager, identity.Administrator, identity.Guest, identity.Invited, identity.Staff}

// reach calls an operation with its own example and tells the status; 299 is the use case itself.
func reach(t *testing.T, operation api.Operation, caller *identity.Caller) web.Response {
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
	request := valid(operation, body)
	if caller == nil {
		request.RequestContext.Authorizer = nil
	} else {
		request = as(request, *caller)
	}
	response, err := web.Handler(web.On(operation, func(context.Context, identity.Caller, map[string]any) (map[string]any, error) {
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
		response := reach(t, operation, &caller)
		require.Equal(t, 299, response.StatusCode, "%s: %s", operation.ID, response.Body)
	}
}

func TestEveryOperationIsOpenToItsRolesAndUnknownToAllOthers(t *testing.T) { // 8.security
	for _, operation := range api.Operations() {
		for _, role := range everyRole {
			caller := gardener
			caller.Role = role
			expected := 404
			if operation.Public() || caller.Is(operation.Roles...) {
				expected = 299
			}
			require.Equal(t, expected, reach(t, operation, &caller).StatusCode, "%s as %s", operation.ID, role)
		}
	}
}

func TestNoOperationBeyondThePublicOnesIsReachedWithoutASession(t *testing.T) { // 8.security
	for _, operation := range api.Operations() {
		expected := 401
		if operation.Public() {
			expected = 299
		}
		require.Equal(t, expected, reach(t, operation, nil).StatusCode, operation.ID)
	}
}

func TestWithAnOutdatedConsentOneCanOnlyViewExportObjectAndErase(t *testing.T) { // 2.consent
	caller := gardener
	caller.Consent = "2020-01-01"
	for _, operation := range api.Operations() {
		if operation.Public() {
			continue
		}
		caller.Role = operation.Roles[0]
		expected := 403
		if operation.WithoutConsent {
			expected = 299
		}
		require.Equal(t, expected, reach(t, operation, &caller).StatusCode, operation.ID)
	}
	require.NotEqual(t, caller.Consent, privacy.StatementVersion)
}

func TestNoOperationsAnswerMayBeStoredButPhotosAndWhatIsPublic(t *testing.T) { // 9.cache
	for _, operation := range api.Operations() {
		caller := gardener
		if !operation.Public() {
			caller.Role = operation.Roles[0]
		}
		cache := reach(t, operation, &caller).Headers["Cache-Control"]
		switch {
		case operation.Cache == "":
			require.Equal(t, "no-store", cache, operation.ID)
		case operation.Public():
			require.Contains(t, []string{"openapi", "reference", "statement"}, operation.ID, "only what holds no data is public and cached")
		default:
			require.Contains(t, operation.Media, "image/", operation.ID)
			require.Contains(t, cache, "private", operation.ID)
		}
	}
}
