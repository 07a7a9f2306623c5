package waketest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/wake"
)

// Noon is when Conforms rings.
var Noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// Conforms holds a bell to what wake.Bell promises: each call's step comes, none before its moment, and at once that of
// a moment that has passed. It rings at Noon; due gives the parts whose steps come by a moment, each time a later one.
func Conforms(t *testing.T, bell wake.Bell, due func(by time.Time) []wake.Part) {
	t.Helper()
	calls := wake.Parts(Noon.Add(-time.Minute), 12, 12*time.Minute) // more than a queue takes at once
	calls = append(calls, wake.Call{At: Noon.Add(500 * time.Millisecond), Part: wake.Part{Number: 12, Of: 13}},
		wake.Call{At: Noon.Add(900 * time.Second), Part: wake.Part{Number: 13, Of: 13}}) // the furthest
	require.NoError(t, bell.Ring(t.Context(), calls...))
	require.NoError(t, bell.Ring(t.Context()), "no calls are none too many")
	came := map[wake.Part]time.Time{}
	for now := Noon; now.Before(Noon.Add(16 * time.Minute)); now = now.Add(250 * time.Millisecond) {
		for _, part := range due(now) {
			if _, before := came[part]; !before { // at least once
				came[part] = now
			}
		}
	}
	require.Len(t, came, len(calls))
	for _, call := range calls {
		require.Contains(t, came, call.Part)
		late := came[call.Part].Sub(call.At)
		require.GreaterOrEqual(t, late, time.Duration(0), "%v came before its moment", call)
		if !call.At.After(Noon) {
			require.Less(t, came[call.Part].Sub(Noon), 2*time.Second, "%v had passed", call)
			continue
		}
		require.Less(t, late, 3*time.Second, "%v", call)
	}
}
