package civil_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/civil/civiltest"
)

// drawInstant is any instant, or one around a change of the clocks.
func drawInstant(t *rapid.T, zone *time.Location) time.Time {
	at := time.Unix(rapid.Int64Range(civiltest.First.Unix(), civiltest.Last.Unix()).Draw(t, "instant"), 0)
	if rapid.Bool().Draw(t, "around a change") {
		if _, change := at.In(zone).ZoneBounds(); !change.IsZero() {
			at = change.Add(time.Duration(rapid.IntRange(-100_000, 100_000).Draw(t, "seconds")) * time.Second)
		}
	}
	return at.UTC()
}

func TestEveryZoneOfTheDatabaseCanBeALocations(t *testing.T) {
	names := civiltest.Names()
	require.Greater(t, len(names), 500)
	for _, name := range append(names, civiltest.Odd...) {
		_, err := civil.LoadZone(name)
		require.NoError(t, err)
	}
}

// 4.d.4
func TestAroundEveryChangeOfTheClocksInEveryZoneDaysEndWhereTheNextBegin(t *testing.T) {
	changes := 0
	civiltest.EachChange(t, func(zone *time.Location, change time.Time) {
		changes++
		date := civil.DateOf(change, zone).AddDays(-1)
		for range 3 {
			end := date.End(zone)
			require.Equal(t, end, date.AddDays(1).Start(zone))
			require.Greater(t, civil.DateOf(end, zone), date, "%s %s", zone, date)
			require.LessOrEqual(t, civil.DateOf(end.Add(-time.Second), zone), date, "%s %s", zone, date)
			require.Zero(t, end.Unix()%900, "%s %s: days end at quarters", zone, date)
			require.True(t, civil.DayCanEnd(end.Add(-time.Second), end))
			date = date.AddDays(1)
		}
	})
	require.Greater(t, changes, 10_000)
}

func TestEveryInstantIsInTheDayOfItsDate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := civiltest.Draw(t)
		at := drawInstant(t, zone)
		date := civil.DateOf(at, zone)
		require.False(t, at.Before(date.Start(zone)), "%s starts after %s", date, at)
		require.True(t, at.Before(date.End(zone)), "%s ends before %s", date, at)
	})
}

func TestADayEndsAtTheFirstInstantWithALaterDate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := civiltest.Draw(t)
		date := civil.DateOf(drawInstant(t, zone), zone)
		end := date.End(zone)
		require.Greater(t, civil.DateOf(end, zone), date)
		require.LessOrEqual(t, civil.DateOf(end.Add(-time.Second), zone), date)
		require.Equal(t, end, date.AddDays(1).Start(zone), "no gap and no overlap")
		length := end.Sub(date.Start(zone))
		require.True(t, length >= 21*time.Hour && length <= 27*time.Hour || length == 0, "%s lasts %s", date, length)
	})
}

func TestADayEndsOnlyWhereOneCanEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := civiltest.Draw(t)
		end := civil.DateOf(drawInstant(t, zone), zone).End(zone)
		require.True(t, civil.DayCanEnd(end.Add(-time.Second), end))
		require.False(t, civil.DayCanEnd(end, end.Add(899*time.Second)))
	})
}

func TestDaysThatAreKnown(t *testing.T) {
	for _, c := range []struct {
		zone       string
		date       civil.Date
		start, end string
	}{
		{"Europe/Amsterdam", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"},
		{"Europe/Amsterdam", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"},
		{"Europe/Amsterdam", "2028-02-29", "2028-02-28T23:00:00Z", "2028-02-29T23:00:00Z"},
		{"Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30:00Z", "2026-10-04T13:00:00Z"},
		{"Atlantic/Azores", "2026-03-29", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"},
		{"Atlantic/Azores", "2026-10-25", "2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z"},
		{"America/Havana", "2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"},
		{"Antarctica/Troll", "2026-03-29", "2026-03-29T00:00:00Z", "2026-03-29T22:00:00Z"},
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"}, // there was no such day
	} {
		zone, err := civil.LoadZone(c.zone)
		require.NoError(t, err)
		require.Equal(t, c.start, c.date.Start(zone).Format(time.RFC3339), "%s %s", c.zone, c.date)
		require.Equal(t, c.end, c.date.End(zone).Format(time.RFC3339), "%s %s", c.zone, c.date)
	}
}

func TestAClockTimeIsAQuarterAtWhichTheClockShowsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := civiltest.Draw(t)
		date := civil.DateOf(drawInstant(t, zone), zone)
		n := rapid.IntRange(0, 95).Draw(t, "quarter")
		clock := civil.ClockTime(time.Date(2000, 1, 1, 0, 15*n, 0, 0, time.UTC).Format("15:04"))
		first, err := clock.At(date, zone, false)
		last, lastErr := clock.At(date, zone, true)
		require.Equal(t, err == nil, lastErr == nil)
		if err != nil {
			return // jumped over, or no quarter in UTC: see below
		}
		require.LessOrEqual(t, first, last)
		for _, q := range []civil.Quarter{first, last} {
			require.Equal(t, clock, q.Clock(zone))
			require.Equal(t, date, civil.DateOf(q.Time(), zone))
		}
	})
}

func TestATimeIsRefusedOnlyWhereTheClocksJumpOverIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := civiltest.Draw(t)
		date := civil.DateOf(drawInstant(t, zone), zone)
		start, end := date.Start(zone), date.End(zone)
		_, before := start.In(zone).Zone()
		_, after := end.In(zone).Zone()
		if before != after || end.Sub(start) != 24*time.Hour {
			return
		}
		for _, clock := range []civil.ClockTime{"00:00", "02:30", "12:15", "23:45", "24:00"} {
			_, err := clock.At(date, zone, false)
			require.NoError(t, err, "%s on %s in %s", clock, date, zone)
		}
	})
}

func TestTimesOfTheNightsWhenTheClocksChange(t *testing.T) {
	zone, err := civil.LoadZone("Europe/Amsterdam")
	require.NoError(t, err)
	_, err = civil.ClockTime("02:30").At("2026-03-29", zone, false)
	require.ErrorContains(t, err, "does not exist")
	first, err := civil.ClockTime("02:30").At("2026-10-25", zone, false)
	require.NoError(t, err)
	last, err := civil.ClockTime("02:30").At("2026-10-25", zone, true)
	require.NoError(t, err)
	require.Equal(t, civil.Quarter(4), last-first)
	for _, wrong := range []civil.ClockTime{"9:00", "09:10", "25:00", "24:15", "", "09:00:00", "noon"} {
		_, err := wrong.At("2026-11-23", zone, false)
		require.Error(t, err, wrong)
	}
}

func TestDatesMoveAlongTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		date := civil.DateOf(drawInstant(t, time.UTC), time.UTC)
		n := rapid.IntRange(-800, 800).Draw(t, "days")
		require.Equal(t, n, date.DaysUntil(date.AddDays(n)))
		require.Equal(t, date, date.AddDays(n).AddDays(-n))
		parsed, err := civil.ParseDate(string(date))
		require.NoError(t, err)
		require.Equal(t, date, parsed)
	})
	for _, wrong := range []string{"2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "", "2026-01-01T00:00:00Z"} {
		_, err := civil.ParseDate(wrong)
		require.Error(t, err, wrong)
	}
	for _, wrong := range []string{"", "Local", "Europe/Atlantis", "../etc/passwd"} {
		_, err := civil.LoadZone(wrong)
		require.Error(t, err, wrong)
	}
}
