package statistics_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/statistics"
	"github.com/iotspot/iotspot/shared/table"
)

func TestWhoRemovesSpotsAfterTheirDayDrawsNoZoneAroundAnybody(t *testing.T) { // 5.transactions
	day := civil.Date("2026-11-23")
	floors, zones := map[string][]table.SpotSheet{}, map[string]string{}
	for i := range 20 {
		floor, spot := []string{"a", "b"}[i/10], fmt.Sprint("s", i)
		floors[floor] = append(floors[floor], sheetOf(spot, fmt.Sprint("p", i), day, civil.UTC, 9, nil))
		zones[spot] = "quiet of " + floor
	}
	places := func() (all []string) {
		figures := statistics.Count(statistics.Day{Date: day, Zone: civil.UTC, Sheets: floors,
			ZoneOf: func(spot string) (string, bool) { zone, known := zones[spot]; return zone, known }})
		for _, place := range figures.Places {
			all = append(all, place.Floor+" "+place.Zone)
		}
		return all
	}
	require.Contains(t, places(), "a quiet of a")
	delete(zones, "s3")
	require.Equal(t, []string{" ", "a ", "a none", "b ", "b quiet of b"}, places())
}
