// Package reporttest lets a test read what is logged.
package reporttest

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// Logged gives all that was written to the standard output, where the log goes, while something was done. Nothing
// else may run at the same time.
func Logged(t testing.TB, do func()) string {
	t.Helper()
	file, err := os.CreateTemp(t.TempDir(), "log")
	require.NoError(t, err)
	real := *os.Stdout
	*os.Stdout = *file
	defer func() { *os.Stdout = real }()
	do()
	text, err := os.ReadFile(file.Name())
	require.NoError(t, err)
	return string(text)
}
