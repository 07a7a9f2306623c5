package privacy_test

import (
	"fmt"
	"time"

	"github.com/iotspot/iotspot/shared/privacy"
)

// A guest's name is kept until six weeks after the end of their last day (4.d.3): the kind names its rule, the rule
// makes the deadline, and only with that can the item be written.
func ExampleRule_From() {
	guest, _ := privacy.KindOf("4.d.3")
	closes := time.Date(2026, 11, 25, 23, 0, 0, 0, time.UTC)
	deadline := guest.Rule.From(closes)
	at, _ := deadline.At()
	fmt.Println(guest.Rule.EN, "→", at.Format(time.RFC3339))

	item := privacy.Guest.Stamp(map[string]string{"name": "Gus"}, deadline)
	fmt.Println(item.Item().Name, "in the", item.Item().Store)
	// Output:
	// six weeks after the last permitted day → 2027-01-06T23:00:00Z
	// guest in the agenda
}

// What the register doesn't declare can't be written.
func ExampleItem_Undeclared() {
	fmt.Println(privacy.Guest.Undeclared([]string{"name", "shoe_size"}))
	// Output: privacy: item guest has no declared attribute "shoe_size"
}
