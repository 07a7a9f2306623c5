package statistics_test

import (
	"fmt"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/statistics"
	"github.com/iotspot/iotspot/shared/table"
)

// The rule of five (5.transactions): of four people who came nothing is kept, of five a sum is.
func ExampleCount() {
	nine := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	day := statistics.Day{Date: "2026-11-25", Zone: civil.UTC, Sheets: map[string][]table.SpotSheet{},
		ZoneOf: func(string) (string, bool) { return "window", true }}
	for n := 1; n <= 5; n++ {
		came := table.Holding{User: fmt.Sprint("person ", n), From: civil.QuarterOf(nine), To: civil.QuarterOf(nine) + 4,
			State: table.CheckedIn, CheckedInAt: nine.Unix()}
		spot := table.SpotSheet{Spot: fmt.Sprint("spot ", n), Holdings: map[string]table.Holding{"r": came}}
		day.Sheets["third"] = append(day.Sheets["third"], spot)
		if n < 4 {
			continue
		}
		figures := statistics.Count(day)
		fmt.Println(n, "came, kept:", !figures.Empty())
		for _, place := range figures.Places {
			fmt.Printf("floor %q, zone %q: %d check-ins\n", place.Floor, place.Zone, place.Counts[statistics.CheckIns])
		}
	}
	// Output:
	// 4 came, kept: false
	// 5 came, kept: true
	// floor "", zone "": 5 check-ins
	// floor "third", zone "": 5 check-ins
	// floor "third", zone "window": 5 check-ins
}
