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

func TestALinkIsAWebOrMailAddressAndNoNameOfPeopleCompaniesOrPlaces(t *testing.T) {
	for _, name := range []string{"J. van der Berg", "Jan v/d Berg", "St. Mary's", "A.B.C. Holding B.V.",
		"booking.com B.V.", "Essent@Home B.V.", "www Holding",
		"www. Holding", "Kerkstraat 1/3, 3511 ED Utrecht", "c/o Acme Inc./Ltd.", "Gebouw A.1/B.2", "Postbus: 12",
		"Zoë", "会議室"} {
		require.False(t, identity.HasLink(name), "%q", name)
	}
	for _, text := range []string{"https://evil.example", "Win now at http://evil.example/x B.V.", "WWW.evil.example",
		"www.9.example", "write to win@evil.example",
		"bit.ly/x", "Acme evil.example:8080/x", "münchen.example/x", "пример.рф/х", "evil.xn--p1ai/x"} {
		require.True(t, identity.HasLink(text), "%q", text)
	}
}
