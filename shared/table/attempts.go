package table

import (
	"context"
	"errors"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/privacy"
)

// The counters of one address, person, account or network are in one partition, named by a keyed hash; what is
// counted is a keyed hash too.
func attemptsPartition(of string) string { return "attempts#" + of }

const tallyName = "n"

// Attempt counts one attempt in the hour that began at start, and refuses it with ErrRefused when max are counted
// already. One write, exact under concurrency; what is counted goes when the hour ends.
func (t *Tables) Attempt(ctx context.Context, of, what string, start time.Time, max int) error {
	k := key{privacy.Attempts, attemptsPartition(of), privacy.Attempts.SortPrefix + what}
	return t.update(k).keep(privacy.OneHour.From(start)).add(tallyName, 1).
		when("attribute_not_exists($) OR $ < ?", tallyName, tallyName, max).run(ctx)
}

// Attempted reports whether anything is counted under a name, eventually consistent.
func (t *Tables) Attempted(ctx context.Context, of, what string) (bool, error) {
	k := key{privacy.Attempts, attemptsPartition(of), privacy.Attempts.SortPrefix + what}
	var counted struct {
		N int `dynamo:"n"`
	}
	err := t.get(ctx, k, false, &counted)
	if errors.Is(err, ErrAbsent) {
		return false, nil
	}
	return err == nil, err
}

// ForgetAttempts removes all that is counted in a partition, past its deadline or not.
func (t *Tables) ForgetAttempts(ctx context.Context, of string) error {
	pk := attemptsPartition(of)
	sortKeys, err := t.sortKeys(ctx, privacy.Agenda, pk)
	if err != nil {
		return err
	}
	for _, sk := range sortKeys {
		if err := wrap(t.remove(key{privacy.Attempts, pk, sk}).Run(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// Attempts are the moments at which what is counted in a partition goes, consistently.
func (t *Tables) Attempts(ctx context.Context, of string) ([]time.Time, error) {
	items, err := t.list(ctx, privacy.Agenda, attemptsPartition(of), privacy.Attempts.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(items, func(raw dynamo.Item) (time.Time, error) {
		return time.Unix(number(raw[ttlName]), 0).UTC(), nil
	})
}
