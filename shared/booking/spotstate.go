package booking

import (
	"time"

	"github.com/iotspot/iotspot/shared/sensor"
	"github.com/iotspot/iotspot/shared/table"
)

// A SpotState is what a spot is at a moment, as anyone in the office could see.
type SpotState string

// The states of a spot. OutOfService is whatever a sensor says. Unknown is not free: its sensors have been silent too
// long, so somebody may sit there.
const (
	Free     SpotState = "free"
	Held     SpotState = "reserved"
	Occupied SpotState = "occupied"
	Unknown  SpotState = "unknown"

	OutOfService SpotState = "out_of_service"
)

// StateOf is a spot's state at now, from its sheet of today. A spot that has sensors is Unknown when none of them was
// heard for the duration silent, or for as long as its model is given; where there is no message yet today, the
// silence is that of the slowest model, counted from the start of the day.
func StateOf(sheet table.SpotSheet, sensors bool, silent time.Duration, dayStart, now time.Time) SpotState {
	for _, held := range sheet.Holdings {
		if held.State.Holds() && held.Interval().Holds(now) {
			if held.State == table.CheckedIn {
				return Occupied
			}
			return Held
		}
	}
	for _, unnamed := range sheet.Unnamed {
		if unnamed.Interval().Holds(now) {
			return Occupied
		}
	}
	silentNow := now.Sub(dayStart) >= sensor.Silence(silent)
	for _, occupancy := range sheet.Occupancy {
		if occupancy.SilentFor(silent, now) {
			continue
		}
		if occupancy.Occupied {
			return Occupied
		}
		silentNow = false
	}
	if sensors && silentNow {
		return Unknown
	}
	return Free
}
