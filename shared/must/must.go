// Package must is for the mains of functions: what they can't open ends them at once, before they take work.
package must

import (
	"log/slog"
	"os"
)

// Have gives the value, or ends the process with the error.
func Have[T any](value T, err error) T {
	if err != nil {
		slog.Error("the function can't start", "error", err.Error())
		os.Exit(1)
	}
	return value
}
