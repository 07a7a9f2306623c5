package catalog_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/clock"
)

// What waits must wait longer than what it waits for, or a caller never hears why: the SDK ends a Margin before the
// function does, and the function before API Gateway stops listening.
func TestEachFunctionThatServesRoutesEndsBeforeApiGatewayStopsListening(t *testing.T) {
	const integration, authoriser = 30 * time.Second, 10 * time.Second // API Gateway's own, which can't be raised
	for _, f := range catalog.Functions {
		require.Greater(t, f.Timeout, 2*clock.Margin, f.Name)
		if len(f.Operations()) > 0 {
			require.Less(t, f.Timeout, integration, f.Name)
		}
		if f.Authorise {
			require.Less(t, f.Timeout, authoriser, f.Name)
		}
	}
}
