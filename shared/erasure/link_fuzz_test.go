package erasure

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/secret"
)

// FuzzLink: whatever follows /erasure/, it is two ids and a token of which the hash alone is looked for, or nothing
// is read for it. 7.erase
func FuzzLink(f *testing.F) {
	link := strings.Repeat("a", 2*secret.IDLength+secret.TokenLength)
	for _, text := range []string{link, "", "x", link + "a", strings.ToUpper(link), link[:63] + "1", link[:32] + "/" +
		link[33:], "\xff" + link[1:]} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, hash, ok := parseLink(text)
		if !ok {
			require.Empty(t, hash)
			return
		}
		require.True(t, secret.IsID(p.Business) && secret.IsID(p.User))
		require.NotContains(t, hash, text[2*secret.IDLength:])
		require.Equal(t, secret.Hash(text[2*secret.IDLength:]), hash)
	})
}
