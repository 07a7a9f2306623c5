// Package civiltest gives tests all zones in which there can be a location.
package civiltest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/iotspot/iotspot/shared/civil"
)

// Odd are zones with every kind of oddity: changes at midnight, by half an hour and by two hours, offsets of
// quarters, a date that was left out, the far ends of the earth, and none at all.
var Odd = []string{"Europe/Amsterdam", "Atlantic/Azores", "America/Havana", "Australia/Lord_Howe", "Antarctica/Troll",
	"Asia/Kathmandu",
	"Pacific/Chatham", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns", "Asia/Beirut",
	"Africa/Cairo",
	"America/Asuncion", "Asia/Tehran", "Africa/Casablanca", "Pacific/Kwajalein", "America/Scoresbysund",
	"Europe/Dublin", "Asia/Gaza",
	"America/Nuuk", "Pacific/Norfolk", "UTC"}

// Draw gives any zone, and an odd one half of the time.
func Draw(t *rapid.T) civil.Zone {
	return Load(t, rapid.OneOf(rapid.SampledFrom(Odd), rapid.SampledFrom(civil.ZoneNames())).Draw(t, "zone"))
}

// Load gives the zone of a name.
func Load(t require.TestingT, name string) civil.Zone {
	zone, err := civil.LoadZone(name)
	require.NoError(t, err)
	return zone
}

// The changes that are looked at. Before December 2011 a clock was set back from a date that had begun into one that
// had ended (St. John's, 00:01 to 23:01): there an instant of the ended date comes after its end, which no reckoning
// of days can mend.
var (
	First = time.Date(2011, 12, 1, 0, 0, 0, 0, time.UTC)
	Last  = time.Date(2039, 9, 18, 0, 0, 0, 0, time.UTC)
)

// EachChange gives every instant between First and Last at which the clocks of any zone change.
func EachChange(t testing.TB, do func(zone civil.Zone, change time.Time)) {
	t.Helper()
	for _, name := range civil.ZoneNames() {
		zone := Load(t, name)
		for at := First; ; {
			_, at = zone.In(at).ZoneBounds()
			if at.IsZero() || at.After(Last) {
				break
			}
			do(zone, at)
		}
	}
}
