package booking

import (
	"fmt"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/table"
)

// A reservation over midnight is two, one a day, since a day's data goes when the day ends (4.d.4).
func Example_parts() {
	amsterdam, err := civil.LoadZone("Europe/Amsterdam")
	if err != nil {
		fmt.Println(err)
		return
	}
	office := table.Location{Zone: amsterdam, Opens: "00:00", Closes: "24:00", HorizonDays: 60}
	night := Period{Date: "2026-11-25", From: "22:00", To: "06:00", UntilDate: "2026-11-26"}
	parts, err := parts(office, night, time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range parts {
		fmt.Println(p.day, p.interval.From.Clock(amsterdam), "to", p.interval.To.EndClock(p.day, amsterdam))
	}
	// Output:
	// 2026-11-25 22:00 to 24:00
	// 2026-11-26 00:00 to 06:00
}
