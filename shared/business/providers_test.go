package business

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// 3.d: the list is looked through by halves, so a line out of its place would not be found.
func TestEveryPublicProviderOfTheListIsFoundWithWhatLiesUnderIt_3_d(t *testing.T) {
	lines := providers()
	require.Greater(t, len(lines), 1000)
	require.True(t, slices.IsSorted(lines))
	require.Equal(t, len(lines), len(slices.Compact(slices.Clone(lines))), "none is there twice")
	for _, line := range lines {
		require.Equal(t, strings.ToLower(strings.TrimSpace(line)), line)
		require.True(t, Public(line), line)
		require.True(t, Public("mail."+line), line)
	}
	require.False(t, Public("example.com"))
}
