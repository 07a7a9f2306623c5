package civil_test

import (
	"fmt"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
)

// A day is a date in a zone: 25 hours long where the clocks are set back, 23 where they are set forward.
func ExampleDate() {
	amsterdam, err := civil.LoadZone("Europe/Amsterdam")
	if err != nil {
		fmt.Println(err)
		return
	}
	day := civil.Date("2026-10-25")
	fmt.Println(day.Start(amsterdam).Format(time.RFC3339))
	fmt.Println(day.End(amsterdam).Format(time.RFC3339))
	fmt.Println(day.End(amsterdam).Sub(day.Start(amsterdam)))
	// Output:
	// 2026-10-24T22:00:00Z
	// 2026-10-25T23:00:00Z
	// 25h0m0s
}

// What is taken of a spot's day are quarters of an hour on one line of time, so 9–12 and 12–15 are neighbours and no
// zone or clock change is a case of its own.
func ExampleQuarters() {
	hour := func(hours int) civil.Quarter {
		return civil.QuarterOf(time.Date(2026, 11, 25, hours, 0, 0, 0, time.UTC))
	}
	taken := civil.Quarters{}.With(civil.Interval{From: hour(9), To: hour(12)})
	fmt.Println(taken.Free(civil.Interval{From: hour(12), To: hour(15)}))
	fmt.Println(taken.Free(civil.Interval{From: hour(11), To: hour(13)}))
	for _, gap := range taken.Gaps(civil.Interval{From: hour(8), To: hour(18)}) {
		fmt.Println(gap.From.Clock(civil.UTC), "to", gap.To.Clock(civil.UTC))
	}
	// Output:
	// true
	// false
	// 08:00 to 09:00
	// 12:00 to 18:00
}
