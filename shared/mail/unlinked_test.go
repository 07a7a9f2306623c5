package mail_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/iotspot/iotspot/shared/mail"
)

// linked is more than any mail client makes a link of: whatever has a scheme, a mailbox, a dot between two labels of
// which one is no number and the last no initial, an IPv4 address or a network path in it, after the compatibility
// forms and the characters that aren't seen are taken away.
var linked = regexp.MustCompile(`[A-Za-z]:/|[\pL\pN_-]@|@[\pL\pN_-]|[^\s.]\.([^\s.0-9A-Za-z,;)!?"'’”]|[A-Za-z][^\s.,])|[^\s.0-9]\.[0-9]|[0-9]+(\.[0-9]+){3}|\\\\`)

func seenByAClient(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\u200c' || r == '\u200d' {
			return -1
		}
		if r == '。' {
			return '.'
		}
		return r
	}, norm.NFKC.String(text))
}

func TestNoMailClientMakesALinkOfWhatOthersWrote(t *testing.T) {
	for text, set := range map[string]string{
		"x.com": "x. com", "x.com#/a": "x. com#/a", "x.com:8080": "x. com: 8080", "1.2.3.4/login": "1. 2. 3. 4/login",
		"1.2.3.4:80": "1. 2. 3. 4: 80", "evil.c\u200dom/x": "evil. c\u200dom/x", "evil\u200d.com": "evil\u200d. com",
		"https://evil.example/x": "https: //evil. example/x", "win@evil.example": "win @ evil. example",
		"x。com": "x。 com", "x．com": "x． com", "x․com": "x․ com", "a＠x": "a ＠ x",
		`\\server\share`: `\ \ server\ share`,
		"mailto:ann@x":   "mailto: ann @ x", "7.nl": "7. nl", "3.14.shop": "3.14. shop", "пример.рф": "пример. рф",
		"go to acme-login.com?u=1 now": "go to acme-login. com?u=1 now",
	} {
		require.Equal(t, set, mail.Unlinked(text))
		require.False(t, linked.MatchString(seenByAClient(mail.Unlinked(text))), text)
	}
	for _, name := range []string{"Head office", "J. van der Berg", "3.14", "Building 2.0.1", "12:30", "Café",
		"A.B.C. Holding B.V.", "Acme B.V., Utrecht",
		"M. Kumar/IT", "王"} {
		require.Equal(t, name, mail.Unlinked(name))
	}
	require.Equal(t, "Str. des 17. Juni/Ecke 5", mail.Unlinked("Str.des 17.Juni/Ecke 5"))
}

func TestNothingIsLinkedWhateverTheTextIs(t *testing.T) {
	letters := []rune("aZ9é王 .。．｡․﹒:：﹕@＠﹫\\＼﹨/#?-_\u200c\u200d")
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOf(rapid.SampledFrom(letters)).Draw(t, "text"))
		set := mail.Unlinked(text)
		require.False(t, linked.MatchString(seenByAClient(set)), "%q", set)
		require.Equal(t, strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(set, " ", ""),
			"nothing else is changed")
		require.Equal(t, set, mail.Unlinked(set))
	})
}
