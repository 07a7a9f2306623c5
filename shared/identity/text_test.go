package identity_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
)

func TestALineIsWhatCanBeSeenAndStaysInItsPlace(t *testing.T) {
	for _, good := range []string{"Ann", "Zoë de Vries-Jansen", "Łódź 3.01", "نمی\u200cخواهم", "क्\u200dष", "会議室", "☕", "-", " a b "} {
		require.True(t, identity.IsLine(good), "%q", good)
	}
	for _, bad := range []string{"", " ", "\u00a0\u3000", "a\nb", "a\x00", "a\u0085b", "a\u202eb", "a\u2066b", "a\u200bb", "\ufeffa", "a\u2028b", "a\u2029b",
		"a\u00adb", "a\ue000", "\u200d", "\u0301"} {
		require.False(t, identity.IsLine(bad), "%q", bad)
	}
}
