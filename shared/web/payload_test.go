package web_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/webtest"
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
	borne := ""
	known := func(token string, roles ...identity.Role) (identity.Claim, error) {
		borne = token
		require.Equal(t, identity.Members, roles)
		return identity.Claim{Prove: func(context.Context) (identity.Caller, error) { return gardener, nil }}, nil
	}
	response, err := web.Handler(known, webtest.On(reserve, func(_ context.Context, caller identity.Caller,
		in map[string]any) (map[string]any, error) {
		require.Equal(t, gardener, caller)
		return in, nil
	}))(t.Context(), request)
	require.NoError(t, err)
	require.Equal(t, 201, response.StatusCode, response.Body)
	require.JSONEq(t,
		`{"spot":"ssssssssssssssss","date":"2026-11-23","from":"09:00","to":"12:00","idempotency_key":"monday-desk-0001"}`, response.Body)
	require.Equal(t, "bbbbbbbbbbbbbbbbuuuuuuuuuuuuuuuuabcdefghijklmnopqrstuvwxyz234567", borne)
}
