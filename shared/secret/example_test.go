package secret_test

import (
	"fmt"

	"github.com/iotspot/iotspot/shared/secret"
)

// Ids that follow from what somebody asked for make a repeat the same write.
func ExampleDerivedID() {
	first := secret.DerivedID("reservation", "the person", "the Idempotency-Key", "2026-11-25")
	again := secret.DerivedID("reservation", "the person", "the Idempotency-Key", "2026-11-25")
	fmt.Println(first == again, secret.IsID(first))
	fmt.Println(first == secret.DerivedID("reservation", "the person", "another key", "2026-11-25"))
	// Output:
	// true true
	// false
}

// A code is taken as people type and paste it.
func ExampleTyped() {
	fmt.Println(secret.Typed(" 123 456 "), secret.Typed("123-456"))
	// Output: 123456 123456
}
