package usage_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/usage"
)

// FuzzFamily: of a User-Agent nothing is kept but one word of a short list. 11.cookies
func FuzzFamily(f *testing.F) {
	for _, agent := range []string{"", "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0",
		"iotspot/3 (iPhone)", "\x00Firefox/\xff", "safari"} {
		f.Add(agent)
	}
	words := []string{"app", "edge", "opera", "samsung", "firefox", "chrome", "safari", usage.Other}
	f.Fuzz(func(t *testing.T, agent string) { require.True(t, slices.Contains(words, usage.Family(agent))) })
}
