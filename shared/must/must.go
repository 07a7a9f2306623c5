// Package must is for the mains of functions: what they can't open ends them at once, before they take work.
package must

import (
	"os"

	"github.com/iotspot/iotspot/shared/report"
)

// Have gives the value, or ends the process with the error.
func Have[T any](value T, err error) T {
	if err != nil {
		report.CannotStart(err)
		os.Exit(1)
	}
	return value
}
