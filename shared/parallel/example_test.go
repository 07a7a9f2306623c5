package parallel_test

import (
	"context"
	"fmt"

	"github.com/iotspot/iotspot/shared/parallel"
)

// What fails keeps nothing else from being done, and the errors come together, in the order of the items.
func ExampleEach() {
	floors := []int{1, 2, 3, 4}
	cleaned := make([]bool, len(floors))
	err := parallel.Each(context.Background(), 2, floors, func(_ context.Context, floor int) error {
		if floor%2 == 0 {
			return fmt.Errorf("floor %d is locked", floor)
		}
		cleaned[floor-1] = true
		return nil
	})
	fmt.Println(cleaned)
	fmt.Println(err)
	// Output:
	// [true false true false]
	// floor 2 is locked
	// floor 4 is locked
}
