package secret_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/secret"
)

var key = secret.Key("a key of thirty-two characters or more")

func TestAHandleIsReadWithTheKeyAndForItsPurposeAlone(t *testing.T) {
	for n := range 200 {
		text := strings.Repeat("x", n)
		handle := key.Seal("sign-in", text)
		require.Len(t, handle, secret.SealedLength(n))
		require.Equal(t, handle, key.Seal("sign-in", text))
		got, ok := key.Unseal("sign-in", handle)
		require.True(t, ok, n)
		require.Equal(t, text, got)
		_, ok = key.Unseal("registration", handle)
		require.False(t, ok)
		_, ok = secret.Key("another key of thirty-two characters").Unseal("sign-in", handle)
		require.False(t, ok)
		require.NotEqual(t, handle, key.Seal("registration", text))
	}
}

func TestEveryChangedHandleIsRefused(t *testing.T) {
	handle := key.Seal("sign-in", strings.Repeat("a", 73))
	for i := range handle {
		for _, other := range "ab7A=\n" {
			if changed := handle[:i] + string(other) + handle[i+1:]; changed != handle {
				_, ok := key.Unseal("sign-in", changed)
				require.False(t, ok, changed)
			}
		}
	}
	for _, bad := range []string{"", "a", handle[:40], handle + "a", strings.ToUpper(handle)} {
		_, ok := key.Unseal("sign-in", bad)
		require.False(t, ok, bad)
	}
}

func TestACodeIsReadAsPeopleTypeIt(t *testing.T) {
	code := key.Code("for", "somebody")
	require.Regexp(t, "^[0-9]{4} [0-9]{4} [0-9]{4}$", code)
	require.Equal(t, code, key.Code("for", "somebody"))
	require.NotEqual(t, code, key.Code("for", "somebody else"))
	require.Regexp(t, "^[0-9]{4} [0-9]{4}$", secret.Code())
	for typed, want := range map[string]string{"1234 5678": "12345678", "\t1234-5678\n": "12345678",
		"1234\u00a05678": "12345678", "1234\u202f5678": "12345678", "1234567": "1234567", "12x4": "12x4",
		"１２３４\u3000５６７８": "12345678", "\ufeff1234\u200b5678\u200b": "12345678", "1234\u20135678": "12345678",
		"1234\u22125678": "12345678", "1234\u00ad5678": "12345678", "\u202a12345678\u202c": "12345678",
		"١٢٣٤ ٥٦٧٨":                    "12345678",
		"\u09e7\u09e8\u09e9\u09ea5678": "12345678", "\U0001d7cf\U0001d7da\U0001d7ff0": "1290",
		"½²①": "½²①"} {
		require.Equal(t, want, secret.Typed(typed), "%q", typed)
	}
	for text, could := range map[string]bool{"1234 5678": true, "１２３４ ５６７８ ９０１２": true,
		"": false, "1234567": false,
		"123456789": false, "1234567890123": false, "1234567x": false, "1234.5678": false, "1234567²": false} {
		require.Equal(t, could, secret.IsTyped(text), "%q", text)
	}
}

func TestTheTenDigitsOfEachScriptAreZeroToNine(t *testing.T) {
	scripts := 0
	each := func(from, to rune) {
		require.Zero(t, (to-from+1)%10, "%U", from)
		for r := from; r <= to; r++ {
			require.Equal(t, string('0'+(r-from)%10), secret.Typed(string(r)), "%U", r)
		}
		scripts++
	}
	for _, row := range unicode.Nd.R16 {
		each(rune(row.Lo), rune(row.Hi))
	}
	for _, row := range unicode.Nd.R32 {
		each(rune(row.Lo), rune(row.Hi))
	}
	require.Greater(t, scripts, 30)
}

func TestWhileKeysAreChangedWhatWasMadeUnderEitherIsKnown(t *testing.T) {
	first, other := secret.Key("the new key of 32 characters....."), secret.Key("the old key of 32 characters.....")
	ring := secret.Ring{first, other}
	require.Equal(t, []string{first.Hash("ann"), other.Hash("ann")}, ring.Hashes("ann"), "the first is written under")
	for _, key := range ring {
		text, by, ok := ring.Unseal("sign-in", key.Seal("sign-in", "ann"))
		require.True(t, ok)
		require.Equal(t, "ann", text)
		require.Equal(t, key, by)
		require.True(t, ring.Made(key.Hash("ann"), "ann"))
	}
	_, _, ok := secret.Ring{first}.Unseal("sign-in", other.Seal("sign-in", "ann"))
	require.False(t, ok)
	require.False(t, secret.Ring{first}.Made(other.Hash("ann"), "ann"))
}
