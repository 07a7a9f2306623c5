package booking

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// FuzzPeriod: whatever dates and times are asked for, in whatever zone, it is refused with a problem, or divided into
// parts that lie each within their own day, not before now, and follow each other. 4.d.4
func FuzzPeriod(f *testing.F) {
	f.Add("Europe/Amsterdam", "2026-11-24", "09:00", "12:00", "", int64(1795420800))
	f.Add("Europe/Amsterdam", "2026-10-24", "22:00", "03:00", "2026-10-25", int64(1792800000))
	f.Add("Atlantic/Azores", "2026-03-29", "00:00", "24:00", "", int64(1774700000))
	f.Add("Australia/Lord_Howe", "2026-04-05", "01:30", "02:00", "", int64(1775200000))
	f.Add("Asia/Kathmandu", "2026-02-29", "24:00", "00:00", "9999-12-31", int64(0))
	f.Add("Africa/Monrovia", "1971-11-24", "09:00", "12:15", "", int64(1))
	f.Fuzz(func(t *testing.T, zone, date, from, to, until string, now int64) {
		place, err := civil.LoadZone(zone)
		if err != nil || now < 0 || now > 4_000_000_000 {
			return
		}
		at, instant := table.Location{Zone: place, Opens: "00:00", Closes: "24:00", HorizonDays: 365},
			time.Unix(now, 0).UTC()
		parts, err := parts(at, Period{Date: civil.Date(date), From: civil.ClockTime(from), To: civil.ClockTime(to),
			UntilDate: civil.Date(until)}, instant)
		if err != nil {
			var known *problem.Error
			require.True(t, errors.As(err, &known), "%v", err)
			return
		}
		require.Contains(t, []int{1, 2}, len(parts))
		for i, one := range parts {
			require.Less(t, one.interval.From, one.interval.To)
			require.False(t, one.interval.From.Time().Before(one.day.Start(place)))
			require.False(t, one.interval.To.Time().After(one.day.End(place)))
			require.False(t, one.interval.To.Time().Before(instant))
			require.LessOrEqual(t, len(one.interval.Quarters()), 104, "as many as a condition holds")
			if i > 0 {
				require.Equal(t, parts[i-1].interval.To, one.interval.From)
			}
		}
	})
}
