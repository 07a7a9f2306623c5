package apigateway

import (
	"encoding/json"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
)

func TestARouteWithoutALimitOfItsOwnHasTheStagesFromTheOneList(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	limiter := newRoute(api.Operation{Path: "/rooms"}).limiter
	for range api.DefaultThrottle.Burst {
		require.True(t, limiter.AllowN(now, 1))
	}
	require.False(t, limiter.AllowN(now, 1))
	require.True(t, limiter.AllowN(now.Add(time.Duration(float64(time.Second)/api.DefaultThrottle.Rate)), 1),
		"one more when its time has come")
	require.False(t, limiter.AllowN(now, 1))
}

func TestEachOperationOfTheOneListIsItsOwnRoute(t *testing.T) {
	for _, operation := range api.Operations() {
		served := ""
		g := New(Options{Operations: api.Operations(), Now: time.Now, Log: func(string) {},
			Invoke: func(_ string, payload []byte) ([]byte, error) {
				var event request
				require.NoError(t, json.Unmarshal(payload, &event))
				served = event.RouteKey
				return []byte(`{"isAuthorized":true,"statusCode":204}`), nil
			}})
		r := httptest.NewRequest(operation.Method, parameter.ReplaceAllString(operation.Path, "a"), nil)
		r.Header.Set("Authorization", "Bearer x")
		g.ServeHTTP(httptest.NewRecorder(), r)
		require.Equal(t, operation.RouteKey(), served)
	}
}
