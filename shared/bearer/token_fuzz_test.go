package bearer

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
	for _, text := range []string{token, passMark + token, displayMark + token, "", "x", strings.ToUpper(token),
		token + "a", token[1:],
		token[:40] + "\x00" + token[41:], "é" + token[2:]} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		read, ok := read(text)
		if !ok {
			return
		}
		require.True(t, secret.IsID(read.Business) && secret.IsID(read.User) && secret.IsToken(read.hash))
		bits := text[len(text)-secret.TokenLength:]
		require.Equal(t, text, map[string]string{"": Token(read.Person, bits), passMark: Pass(read.Person, bits),
			displayMark: Display(read.Business, read.User, bits)}[read.mark])
	})
}
