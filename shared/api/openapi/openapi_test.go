package openapi_test

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/api/openapi"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/web"
)

func served(t *testing.T, declared api.Declaration) web.Response {
	t.Helper()
	handler := web.Handler(web.Nobody, openapi.Routes()...)
	response, err := handler(t.Context(), web.Request{RouteKey: declared.Operation().RouteKey()})
	require.NoError(t, err)
	require.Equal(t, 200, response.StatusCode, response.Body)
	return response
}

func TestTheDocumentIsValidOpenAPI31ByAPublicValidator(t *testing.T) {
	text := served(t, api.OpenAPI).Body
	document, err := libopenapi.NewDocument([]byte(text))
	require.NoError(t, err)
	judge, faults := validator.NewValidator(document)
	require.Empty(t, faults)
	valid, found := judge.ValidateDocument()
	for _, fault := range found {
		t.Error(fault.Message, fault.Reason)
		for _, detail := range fault.SchemaValidationErrors {
			t.Error(detail.KeywordLocation, detail.Reason)
		}
	}
	require.True(t, valid)
}

func TestTheValidatorOfTheDocumentDoesRefuse(t *testing.T) {
	broken := openapi.Document(api.Operations())
	broken["paths"] = map[string]any{"no-slash": map[string]any{"get": 17}}
	text, err := json.Marshal(broken)
	require.NoError(t, err)
	document, err := libopenapi.NewDocument(text)
	require.NoError(t, err)
	judge, _ := validator.NewValidator(document)
	valid, _ := judge.ValidateDocument()
	require.False(t, valid)
}

func TestTheDocumentHoldsEveryOperationWithItsErrors(t *testing.T) {
	var document struct {
		Paths map[string]map[string]struct {
			ID        string           `json:"operationId"`
			Responses map[string]any   `json:"responses"`
			Security  []map[string]any `json:"security"`
		} `json:"paths"`
	}
	require.NoError(t, json.Unmarshal([]byte(served(t, api.OpenAPI).Body), &document))
	for _, operation := range api.Operations() {
		described := document.Paths[operation.Path][strings.ToLower(operation.Method)]
		require.Equal(t, operation.ID, described.ID)
		require.Contains(t, described.Responses, "500", operation.ID)
		require.Equal(t, operation.Public(), len(described.Security) == 0, operation.ID)
		if !operation.Public() {
			require.Contains(t, described.Responses, "401", operation.ID)
			if !operation.WithoutConsent {
				require.Contains(t, described.Responses, "403", operation.ID)
			}
			require.Contains(t, described.Responses, "404", operation.ID)
		}
	}
}

func TestThePageLoadsNothingAndRunsNothing(t *testing.T) {
	response := served(t, api.Reference)
	require.Contains(t, response.Headers["Content-Type"], "text/html")
	require.Contains(t, response.Headers["Content-Security-Policy"], "default-src 'none'")
	links, names := 0, html.NewTokenizer(strings.NewReader(response.Body))
	for names.Next() != html.ErrorToken {
		token := names.Token()
		if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
			continue
		}
		require.NotContains(t, []string{"script", "iframe", "img", "link", "object", "embed"}, token.Data)
		for _, attribute := range token.Attr {
			require.False(t, strings.HasPrefix(attribute.Key, "on"), attribute.Key)
			if attribute.Key == "href" {
				links++
				require.True(t, strings.HasPrefix(attribute.Val, "#") || attribute.Val == "/openapi.json",
					attribute.Val)
			}
		}
	}
	require.ErrorIs(t, names.Err(), io.EOF)
	require.Greater(t, links, len(api.Operations()))
	for _, operation := range api.Operations() {
		require.Contains(t, response.Body, `<article id="`+operation.ID+`">`)
	}
}

func TestDescriptionsAreEscaped(t *testing.T) {
	page, err := openapi.Page([]api.Operation{{ID: "x", Function: "<b>", Method: "GET", Path: "/<i>",
		Summary: "<script>", Detail: "`<script>` <u>",
		Roles: []identity.Role{"<s>"}, Status: 200, Example: map[string]any{"a": "<em>"}}})
	require.NoError(t, err)
	for _, tag := range []string{"<b>", "<i>", "<script>", "<u>", "<s>", "<em>"} {
		require.NotContains(t, string(page), tag)
	}
}
