package table

import (
	"context"
	"errors"
	"slices"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/privacy"
)

// What one call of the engine takes at most.
const (
	mostRead    = 100
	mostRemoved = 25
)

// HashKey and RangeKey make it a key of the engine's library.
func (k key) HashKey() any  { return k.pk }
func (k key) RangeKey() any { return k.sk }

// batch reads items of one table by their keys, in whatever order: of each the attributes that are named, or without
// any the whole. What is absent is missing.
func batch[K dynamo.Keyed](ctx context.Context, t *Tables, store privacy.Store, consistent bool, keys []K,
	attributes ...string) ([]dynamo.Item, error) {
	var found []dynamo.Item
	for some := range slices.Chunk(keys, mostRead) {
		keyed := make([]dynamo.Keyed, len(some))
		for i, k := range some {
			keyed[i] = k
		}
		var raw []dynamo.Item
		err := t.table(store).Batch(pkName, skName).Get(keyed...).Project(attributes...).Consistent(consistent).
			All(ctx, &raw)
		if err != nil && !errors.Is(err, dynamo.ErrNotFound) {
			return nil, wrap(err)
		}
		found = append(found, raw...)
	}
	return found, nil
}

// removeAll deletes items of one table. What is absent is no error.
func (t *Tables) removeAll(ctx context.Context, store privacy.Store, keys []key) error {
	for some := range slices.Chunk(keys, mostRemoved) {
		batch := t.table(store).Batch(pkName, skName).Write()
		for _, k := range some {
			batch.Delete(k)
		}
		if _, err := batch.Run(ctx); err != nil {
			return wrap(err)
		}
	}
	return nil
}
