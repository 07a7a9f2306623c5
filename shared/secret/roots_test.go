package secret_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/secret"
)

var began = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

func TestNoKeyFollowsFromAnotherOrIsTheRoot_8_security(t *testing.T) {
	root := strings.Repeat("r", 40)
	seen := map[string]bool{root: true}
	for _, of := range []string{root, root + "x"} {
		for _, purpose := range secret.Purposes {
			keys := secret.NewRoots(of, began).Keys()[purpose]
			require.Len(t, keys, 1)
			require.GreaterOrEqual(t, len(keys[0]), 32)
			require.False(t, seen[string(keys[0])], purpose)
			seen[string(keys[0])] = true
		}
	}
}

func TestWhatStandsInTheSecretIsReadAsItWasWritten(t *testing.T) {
	roots := secret.NewRoots(strings.Repeat("r", 40), began)
	at := began
	for range 3 {
		text, err := roots.Text()
		require.NoError(t, err)
		again, err := secret.ReadRoots(" "+text+"\n", at.Add(time.Hour))
		require.NoError(t, err)
		require.Equal(t, roots, again)
		for _, purpose := range secret.Purposes {
			t.Setenv(string(purpose), roots.Value(purpose))
		}
		keys, err := secret.KeysFromEnvironment(secret.Purposes...)
		require.NoError(t, err)
		require.Equal(t, roots.Keys(), keys)
		at = at.Add(secret.Outlived)
		roots, err = roots.Next(at)
		require.NoError(t, err)
	}
}

func TestAChangeMakesNothingUnderKeysThatAreNotKnownEverywhere(t *testing.T) {
	settled := secret.NewRoots(strings.Repeat("r", 40), began)
	introduced, err := settled.Next(began)
	require.NoError(t, err)
	turned, err := introduced.Next(began.Add(secret.Deployed))
	require.NoError(t, err)
	over, err := turned.Next(began.Add(secret.Deployed + secret.Outlived))
	require.NoError(t, err)
	steps := []secret.Roots{settled, introduced, turned, over}
	for i, later := range steps[1:] {
		for purpose, keys := range later.Keys() {
			before := steps[i].Keys()[purpose]
			require.Contains(t, before, later.Keys()[purpose][0], "what runs before %s knows what is made by then",
				later.Step)
			require.Contains(t, keys, before[0], "and what was made before is known")
		}
	}
	require.NotContains(t, over.Keys()[secret.Guests], settled.Keys()[secret.Guests][0])
	for _, soon := range []struct {
		roots secret.Roots
		at    time.Time
	}{{introduced, began.Add(secret.Deployed - 1)}, {turned, began.Add(secret.Outlived)}} {
		_, err := soon.roots.Next(soon.at)
		require.ErrorIs(t, err, secret.ErrTooSoon)
	}
}

func TestAKeyThatIsMissingOrShortStartsNoFunction(t *testing.T) {
	t.Setenv(string(secret.Guests), "")
	t.Setenv(string(secret.Links), strings.Repeat("a", 32)+" short")
	for _, purpose := range []secret.Purpose{secret.Guests, secret.Links} {
		_, err := secret.KeysFromEnvironment(purpose)
		require.ErrorContains(t, err, string(purpose))
	}
	require.Panics(t, func() { secret.Keys{}[secret.Guests].Hash("somebody") })
	require.Panics(t, func() { secret.Keys{}[secret.Guests].Hashes("somebody") })
	_, err := secret.ReadRoots("too short", began)
	require.Error(t, err)
}
