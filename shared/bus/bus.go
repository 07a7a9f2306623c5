// Package bus is where the contracts of the events package are published. Package eventbridge puts them on the
// deployment's bus.
package bus

import "context"

// A Publisher puts events on a bus; rooms take one.
type Publisher interface {
	// Publish puts one event on the bus. Delivery is at least once. A bus that doesn't take it is a
	// problem.Unavailable.
	Publish(ctx context.Context, detailType string, detail any) error
}
