package table

import (
	"errors"

	"github.com/iotspot/iotspot/shared/problem"
)

// attempts is how often a change is tried. That many refusals in a row mean an engine too busy to go on.
const attempts = 20

// Retry makes a change that reads, decides and writes on condition of what it read. Where the write is refused
// (ErrRefused, ErrChanged), since others were faster, it is made anew from its read. An engine that never lets it
// through is problem.Busy; every other error ends it.
func Retry(change func() error) error {
	for range attempts {
		err := change()
		if !errors.Is(err, ErrRefused) && !errors.Is(err, ErrChanged) {
			return err
		}
	}
	return problem.Busy("others keep changing the same thing")
}

// RetryFor is Retry of a change that has a result.
func RetryFor[T any](change func() (T, error)) (T, error) {
	var made T
	err := Retry(func() (err error) {
		made, err = change()
		return err
	})
	return made, err
}
