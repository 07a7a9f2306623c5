package identity_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
)

func TestALineIsWhatCanBeSeenAndStaysInItsPlace(t *testing.T) {
	for _, good := range []string{"Ann", "Zoë de Vries-Jansen", "Łódź 3.01", "نمی\u200cخواهم", "क्\u200dष", "会議室",
		"☕", "-", " a b "} {
		require.True(t, identity.IsLine(good), "%q", good)
	}
	for _, bad := range []string{"", " ", "\u00a0\u3000", "a\nb", "a\x00", "a\u0085b", "a\u202eb", "a\u2066b",
		"a\u200bb", "\ufeffa", "a\u2028b", "a\u2029b",
		"a\u00adb", "a\ue000", "\u200d", "\u0301", "\u0378"} {
		require.False(t, identity.IsLine(bad), "%q", bad)
	}
	for _, blank := range []string{"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0", "\U0001d159"} {
		require.False(t, identity.IsLine(blank), "%q is drawn as nothing", blank)
		require.False(t, identity.IsLine(blank+blank+" "+blank), "%q", blank)
		require.False(t, identity.IsLine("Ann"+blank), "%q", blank)
	}
	require.True(t, identity.IsLine("한글 ⠓⠊"), "what is seen of the same scripts is a name")
}
