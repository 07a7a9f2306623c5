package wake_test

import (
	"fmt"
	"time"

	"github.com/iotspot/iotspot/shared/wake"
)

// What comes due within one slot of 15 seconds shares one call, at the last of its moments.
func ExampleSlots() {
	look := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	for _, call := range wake.Slots(look, wake.At(look.Add(31*time.Second), look.Add(40*time.Second),
		look.Add(50*time.Second))) {
		fmt.Println(call.At.Format("15:04:05"))
	}
	// Output:
	// 09:00:40
	// 09:00:50
}
