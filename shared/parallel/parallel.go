// Package parallel does many small things at once, and never more at once than is good for what they are done to.
package parallel

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"
)

// Each calls do for every item, at most limit at a time, and joins the errors. An error does not keep the other items
// from being done, which errgroup's own context would; only an ended context does.
func Each[T any](ctx context.Context, limit int, items []T, do func(context.Context, T) error) error {
	var group errgroup.Group
	group.SetLimit(limit)
	faults := make([]error, len(items))
	for i, item := range items {
		if faults[i] = ctx.Err(); faults[i] != nil {
			break
		}
		group.Go(func() error {
			faults[i] = do(ctx, item)
			return nil
		})
	}
	_ = group.Wait() // each error is in its item's place
	return errors.Join(faults...)
}

// Together does a few different things at once, and joins their errors.
func Together(ctx context.Context, things ...func() error) error {
	return Each(ctx, len(things), things, func(_ context.Context, do func() error) error { return do() })
}
