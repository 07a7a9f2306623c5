package signin

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/secret"
)

// FuzzToken: whatever stands behind Bearer, it is a session's token, a guest's pass or a staff token, of which the
// parts are well-formed ids, or nothing is read for it. 8.security
func FuzzToken(f *testing.F) {
	token := strings.Repeat("a", secret.IDLength) + strings.Repeat("b", secret.IDLength) +
		strings.Repeat("2", secret.TokenLength)
	for _, text := range []string{token, passMark + token, "", "x", strings.ToUpper(token), token + "a", token[1:],
		token[:40] + "\x00" + token[41:], "é" + token[2:]} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if p, hash, ok := readToken(text); ok {
			require.True(t, secret.IsID(p.Business) && secret.IsID(p.User) && secret.IsToken(hash))
			require.Equal(t, text, Token(p, text[2*secret.IDLength:]))
		}
		if p, hash, ok := readPass(text); ok {
			require.True(t, secret.IsID(p.Business) && secret.IsID(p.User) && secret.IsToken(hash))
			require.Equal(t, text, Pass(p, text[1+2*secret.IDLength:]))
			_, _, both := readToken(text)
			require.False(t, both, "a pass is no session's token")
		}
	})
}
