package booking

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/civil/civiltest"
	"github.com/iotspot/iotspot/shared/table"
)

// Each on a day on which the clocks jump, over its midnight or later.
func TestANightEndsAtEachQuarterOfTheNextDayWhateverTheClocksDo_4_d_2(t *testing.T) {
	for zone, day := range map[string]civil.Date{"Atlantic/Azores": "2027-03-28", "Asia/Beirut": "2027-03-28",
		"Africa/Cairo": "2027-04-30", "America/Santiago": "2027-09-05", "America/Havana": "2027-03-14",
		"Europe/Amsterdam": "2027-03-28", "Australia/Lord_Howe": "2027-10-03", "Antarctica/Troll": "2027-03-28",
		"Pacific/Chatham": "2027-09-26", "America/Nuuk": "2027-03-27", "America/Scoresbysund": "2027-03-28"} {
		at := table.Location{Zone: civiltest.Load(t, zone), Opens: "00:00", Closes: "24:00"}
		before := day.AddDays(-1)
		evening, err := civil.ClockTime("20:00").Begins(before, at.Zone)
		require.NoError(t, err)
		for quarter := 1; quarter <= 96; quarter++ {
			ends := civil.ClockTime(fmt.Sprintf("%02d:%02d", quarter/4, quarter%4*15))
			want, err := ends.Ends(day, at.Zone)
			require.NoError(t, err)
			got, err := parts(at, Period{Date: before, From: "20:00", UntilDate: day, To: ends}, time.Unix(0, 0))
			require.NoError(t, err, "%s until %s", zone, ends)
			require.Equal(t, evening, got[0].interval.From)
			require.Equal(t, want, got[len(got)-1].interval.To, "%s until %s", zone, ends)
		}
	}
}
