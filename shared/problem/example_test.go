package problem_test

import (
	"fmt"

	"github.com/iotspot/iotspot/shared/problem"
)

// A refusal says to a caller what is wrong, where, and what is accepted.
func ExampleBadField() {
	refusal := problem.BadField("/date", "is not a date of the calendar", "YYYY-MM-DD")
	fmt.Println(refusal.Kind.Status(), refusal.Detail)
	for _, field := range refusal.Fields {
		fmt.Printf("%s %s; accepted: %s\n", field.Pointer, field.Detail, field.Accepted)
	}
	// Output:
	// 400 the request has a field that is not accepted
	// /date is not a date of the calendar; accepted: YYYY-MM-DD
}

// What is absent, another tenant's or not for this caller is one answer.
func ExampleUnknown() {
	fmt.Println(problem.Unknown().Kind.Status(), problem.Unknown().Detail)
	// Output: 404 there is nothing here for you
}
