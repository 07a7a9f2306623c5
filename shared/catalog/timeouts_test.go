package catalog_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/mail"
)

// 7.erase: the confirmation is the last mail, since whatever was under way has ended by then.
func TestEachFunctionThatMailsOrWritesAboutPeopleHasEndedBeforeAnErasureIsConfirmed(t *testing.T) {
	require.Less(t, mail.Longest, erasure.Settle, "of a function that is started every minute each mail counts, "+
		"before which it looks for the person")
	for _, f := range catalog.Functions {
		if f.Schedule == "" {
			require.Less(t, f.Timeout, erasure.Settle, f.Name)
		}
	}
}

// 7.erase: who reserves for themselves is taken at the word of their session, so that what such a request writes must
// be there before the look that comes after the sessions went.
func TestWhatWritesOnTheWordOfASessionHasEndedBeforeTheLastLook(t *testing.T) {
	const behind = 2 * time.Second // a read, and one clock behind another
	for _, f := range catalog.Functions {
		if f.Name == "booking" || f.Name == "check-in" {
			require.LessOrEqual(t, f.Timeout, erasure.WindDown-behind, f.Name)
		}
	}
}

// What waits must wait longer than what it waits for, or a caller never hears why: the SDK ends a Margin before the
// function does, and the function before API Gateway stops listening.
func TestEachFunctionThatServesRoutesEndsBeforeApiGatewayStopsListening(t *testing.T) {
	const integration = 30 * time.Second // API Gateway's own, which can't be raised
	for _, f := range catalog.Functions {
		require.Greater(t, f.Timeout, 2*clock.Margin, f.Name)
		if len(f.Operations()) > 0 {
			require.Less(t, f.Timeout, integration, f.Name)
		}
	}
}
