package spelling_test

import (
	"fmt"

	"github.com/iotspot/iotspot/shared/spelling"
)

// A colleague is found however their name is typed.
func ExampleFold() {
	for _, typed := range []string{"Zoë  O’Neil", "zoe oneil", "ZOË O'NEIL"} {
		fmt.Println(spelling.Fold(typed))
	}
	// Output:
	// zoe oneil
	// zoe oneil
	// zoe oneil
}
