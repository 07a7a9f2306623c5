package words_test

import (
	"fmt"

	"github.com/iotspot/iotspot/shared/words"
)

// Everything is said in both languages; who chose none is spoken to in Dutch.
func ExampleText_In() {
	period := words.Days("2026-11-25", "2026-12-01")
	fmt.Println(period.In("en"))
	fmt.Println(period.In(""))
	// Output:
	// 25 November to 1 December 2026
	// 25 november t/m 1 december 2026
}
