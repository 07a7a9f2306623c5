package apigateway

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
)

func TestARouteWithoutALimitOfItsOwnHasTheStagesFromTheOneList(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	bucket := newRoute(api.Operation{Path: "/rooms"}).bucket
	for range api.DefaultThrottle.Burst {
		require.True(t, bucket.take(now))
	}
	require.False(t, bucket.take(now))
	require.True(t, bucket.take(now.Add(time.Duration(float64(time.Second)/api.DefaultThrottle.Rate))),
		"one more when its time has come")
	require.False(t, bucket.take(now))
}
