// Package parallel does many small things at once, and never more at once than is good for what they are done to.
package parallel

import (
	"context"
	"errors"
	"sync"
)

// Each calls do for every item, at most limit at a time, and joins the errors. An error does not keep the other items
// from being done; only an ended context does.
func Each[T any](ctx context.Context, limit int, items []T, do func(context.Context, T) error) error {
	var (
		group  sync.WaitGroup
		mu     sync.Mutex
		faults []error
		slots  = make(chan struct{}, limit)
	)
	fault := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		faults = append(faults, err)
	}
	for _, item := range items {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			group.Wait()
			return errors.Join(append(faults, ctx.Err())...)
		}
		group.Go(func() {
			defer func() { <-slots }()
			if err := do(ctx, item); err != nil {
				fault(err)
			}
		})
	}
	group.Wait()
	return errors.Join(faults...)
}
