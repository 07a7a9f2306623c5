package table

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/privacy"
)

// Attempt counts one attempt under a keyed hash in the hour that began at start, and refuses it with ErrRefused when max
// are counted already. One write, exact under concurrency; what is counted goes when the hour ends.
func (t *Tables) Attempt(ctx context.Context, hash string, start time.Time, max int) error {
	return t.update(soleKey(privacy.Attempts, hash)).keep(privacy.OneHour.From(start)).add("n", 1).
		when("attribute_not_exists($) OR $ < ?", "n", "n", max).run(ctx)
}

// ForgetAttempts removes what was counted under these hashes.
func (t *Tables) ForgetAttempts(ctx context.Context, hashes ...string) error {
	for _, hash := range hashes {
		if err := wrap(t.remove(soleKey(privacy.Attempts, hash)).Run(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// Attempted tells whether anything is counted under a hash, consistently.
func (t *Tables) Attempted(ctx context.Context, hash string) (bool, error) {
	var row struct {
		N int `dynamo:"n"`
	}
	err := t.get(ctx, soleKey(privacy.Attempts, hash), true, &row)
	if errors.Is(err, ErrAbsent) {
		return false, nil
	}
	return err == nil, err
}
