package civil_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/civil/civiltest"
)

// drawInstant is any instant, or one around a change of the clocks.
func drawInstant(t *rapid.T, zone civil.Zone) time.Time {
	at := time.Unix(rapid.Int64Range(civiltest.First.Unix(), civiltest.Last.Unix()).Draw(t, "instant"), 0)
	if rapid.Bool().Draw(t, "around a change") {
		if _, change := zone.In(at).ZoneBounds(); !change.IsZero() {
			at = change.Add(time.Duration(rapid.IntRange(-100_000, 100_000).Draw(t, "seconds")) * time.Second)
		}
	}
	return at.UTC()
}

func TestEveryZoneOfTheDatabaseCanBeALocations(t *testing.T) {
	require.Greater(t, len(civil.ZoneNames()), 500)
	for _, name := range append(civil.ZoneNames(), civiltest.Odd...) {
		_, err := civil.LoadZone(name)
		require.NoError(t, err)
	}
}

// 4.d.4
func TestAroundEveryChangeOfTheClocksInEveryZoneDaysEndWhereTheNextBegin(t *testing.T) {
	changes := 0
	civiltest.EachChange(t, func(zone civil.Zone, change time.Time) {
		changes++
		date := civil.DateOf(change, zone).AddDays(-1)
		for range 3 {
			end := date.End(zone)
			require.Equal(t, end, date.AddDays(1).Start(zone))
			require.Greater(t, civil.DateOf(end, zone), date, "%s %s", zone, date)
			require.LessOrEqual(t, civil.DateOf(end.Add(-time.Second), zone), date, "%s %s", zone, date)
			require.Zero(t, end.Unix()%900, "%s %s: days end at quarters", zone, date)
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

func TestADayEndsAtAQuarterOfAnHour(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := civiltest.Draw(t)
		end := civil.DateOf(drawInstant(t, zone), zone).End(zone)
		require.Zero(t, end.Unix()%900, "%s %s", zone, end)
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

// 4.d.2
func TestOnEveryDayOfEveryZoneATimeBeginsAndEndsWhereTheClockShowsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := civiltest.Draw(t)
		date := civil.DateOf(drawInstant(t, zone), zone)
		clock := drawClock(t)
		begins, err := clock.Begins(date, zone)
		ends, endErr := clock.Ends(date, zone)
		require.NoError(t, endErr, "an end is where the clocks jump at the latest")
		require.False(t, ends.Time().After(date.End(zone)))
		switch {
		case clock == civil.StartOfDay:
			require.NoError(t, err)
			require.Equal(t, date.Start(zone), begins.Time(), "whatever the clock shows")
			require.Equal(t, date.End(zone), ends.Time())
		case err != nil:
			require.GreaterOrEqual(t, ends.EndClock(date, zone), clock)
			if ends.Time().After(date.Start(zone)) { // where a day begins with a jump there is nothing of it before
				require.Less(t, (ends - 1).Clock(zone), clock)
			}
		default:
			require.LessOrEqual(t, begins, ends)
			for _, q := range []civil.Quarter{begins, ends} {
				require.Equal(t, clock, q.Clock(zone))
				require.Equal(t, date, civil.DateOf(q.Time(), zone))
			}
		}
	})
}

func drawClock(t *rapid.T) civil.ClockTime {
	n := rapid.IntRange(0, 95).Draw(t, "quarter")
	return civil.ClockTime(fmt.Sprintf("%02d:%02d", n/4, n%4*15))
}

// 4.d.2, 4.d.4: around each of more than ten thousand changes.
func TestAroundEveryChangeOfTheClocksInEveryZoneAWholeDayAndItsHalvesCanBeHeld(t *testing.T) {
	civiltest.EachChange(t, func(zone civil.Zone, change time.Time) {
		date := civil.DateOf(change, zone).AddDays(-1)
		for range 3 {
			start, err := civil.StartOfDay.Begins(date, zone)
			require.NoError(t, err, "%s %s", zone, date)
			end, err := civil.EndOfDay.Ends(date, zone)
			require.NoError(t, err, "%s %s", zone, date)
			require.Equal(t, civil.Interval{From: civil.QuarterOf(date.Start(zone)),
				To: civil.QuarterOf(date.End(zone))},
				civil.Interval{From: start, To: end}, "%s %s", zone, date)
			for _, clock := range []civil.ClockTime{"00:15", "01:00", "02:30",
				"23:45"} { // each is an end, and an opening
				open, err := civil.Hours{Opens: clock, Closes: civil.EndOfDay}.On(date, zone)
				require.NoError(t, err)
				require.True(t, start <= open.From && open.From <= open.To && open.To == end, "%s %s %s", zone, date,
					clock)
			}
			date = date.AddDays(1)
		}
	})
}

func TestATimeIsRefusedOnlyWhereTheClocksJumpOverIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := civiltest.Draw(t)
		date := civil.DateOf(drawInstant(t, zone), zone)
		start, end := date.Start(zone), date.End(zone)
		_, before := zone.In(start).Zone()
		_, after := zone.In(end).Zone()
		if before != after || end.Sub(start) != 24*time.Hour {
			return
		}
		for _, clock := range []civil.ClockTime{"00:00", "02:30", "12:15", "23:45", "24:00"} {
			_, err := clock.Begins(date, zone)
			require.NoError(t, err, "%s on %s in %s", clock, date, zone)
		}
	})
}

func TestTimesOfNightsWhenTheClocksChange(t *testing.T) {
	for _, c := range []struct {
		zone         string
		date         civil.Date
		clock        civil.ClockTime
		begins, ends string // "" is refused
	}{
		{"Europe/Amsterdam", "2027-03-28", "01:45", "00:45", "00:45"},
		{"Europe/Amsterdam", "2027-03-28", "02:00", "", "01:00"},
		{"Europe/Amsterdam", "2027-03-28", "02:30", "", "01:00"},
		{"Europe/Amsterdam", "2027-03-28", "03:00", "01:00", "01:00"},
		{"Europe/Amsterdam", "2026-10-25", "02:30", "00:30", "01:30"}, // twice
		{"Atlantic/Azores", "2027-03-28", "00:00", "01:00", "00:00"},  // its first instant; the end is the next day's
		{"Atlantic/Azores", "2027-03-28", "00:30", "", "01:00"},
		{"Asia/Beirut", "2027-03-28", "00:00", "22:00", "21:00"},
		{"Asia/Beirut", "2027-03-28", "01:00", "22:00", "22:00"},
		{"Africa/Cairo", "2027-04-30", "00:15", "", "22:00"},
		{"America/Havana", "2026-03-08", "00:00", "05:00", "04:00"},
		{"America/Havana", "2027-11-07", "00:00", "04:00", "05:00"},
		{"America/Havana", "2027-11-07", "00:30", "04:30", "05:30"},
		{"Australia/Lord_Howe", "2026-10-04", "02:15", "", "15:30"}, // half an hour
		{"Antarctica/Troll", "2027-03-28", "01:30", "", "01:00"},    // two hours
		{"Pacific/Apia", "2011-12-30", "00:00", "10:00", "10:00"},   // there was no such day
		{"America/Vancouver", "2026-12-15", "09:00", "16:00", "16:00"},
	} {
		zone := civiltest.Load(t, c.zone)
		begins, err := c.clock.Begins(c.date, zone)
		if c.begins == "" {
			require.ErrorContains(t, err, "does not exist", "%s %s", c.zone, c.clock)
		} else {
			require.NoError(t, err)
			require.Equal(t, c.begins, begins.Time().Format("15:04"), "%s %s %s", c.zone, c.date, c.clock)
		}
		ends, err := c.clock.Ends(c.date, zone)
		require.NoError(t, err)
		require.Equal(t, c.ends, ends.Time().Format("15:04"), "%s %s %s", c.zone, c.date, c.clock)
	}
	zone := civiltest.Load(t, "Europe/Amsterdam")
	for _, wrong := range []civil.ClockTime{"9:00", "09:10", "25:00", "24:15", "", "09:00:00", "noon"} {
		_, err := wrong.Begins("2026-11-23", zone)
		require.Error(t, err, wrong)
		_, err = wrong.Ends("2026-11-23", zone)
		require.Error(t, err, wrong)
	}
}

func TestWhatIsTakenAndWhatIsFreeMakeUpTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		taken := civil.Quarters(rapid.SliceOfDistinct(rapid.Custom(func(t *rapid.T) civil.Quarter {
			return civil.Quarter(rapid.IntRange(90, 210).Draw(t, "taken"))
		}), rapid.ID).Draw(t, "all"))
		within := civil.Interval{From: 100, To: civil.Quarter(rapid.IntRange(100, 200).Draw(t, "to"))}
		free := map[civil.Quarter]bool{}
		last := civil.Quarter(0)
		for _, gap := range taken.Gaps(within) {
			require.True(t, gap.From > last && gap.From < gap.To, "in order, apart, and none is empty")
			require.True(t, taken.Free(gap))
			require.Equal(t, gap.To, taken.Next(gap.From, within.To))
			last = gap.To
			for _, q := range gap.Quarters() {
				free[q] = true
			}
		}
		for _, q := range within.Quarters() {
			require.Equal(t, !slices.Contains(taken, q), free[q])
		}
		require.True(t, taken.Without(within).Free(within))
		require.ElementsMatch(t, taken, append(taken.Without(within), slices.DeleteFunc(slices.Clone(taken),
			func(q civil.Quarter) bool { return !within.Has(q) })...))
		require.False(t, slices.Contains(taken, taken.FreeFrom(100)))
	})
}

func TestDatesMoveAlongTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		date := civil.DateOf(drawInstant(t, civil.UTC), civil.UTC)
		n := rapid.IntRange(-800, 800).Draw(t, "days")
		require.Equal(t, n, date.DaysUntil(date.AddDays(n)))
		require.Equal(t, date, date.AddDays(n).AddDays(-n))
		parsed, err := civil.ParseDate(string(date))
		require.NoError(t, err)
		require.Equal(t, date, parsed)
	})
	for _, wrong := range []string{"9999-12-31", "2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "",
		"2026-01-01T00:00:00Z"} {
		_, err := civil.ParseDate(wrong)
		require.Error(t, err, wrong)
	}
}

// What these mean depends on the machine, or is not an instant's place.
func TestOnlyNamesOfIANAsListAreZones(t *testing.T) {
	for _, name := range []string{"", "Local", "localtime", "Factory", "Europe/Atlantis", "Europe", "Europe/",
		"../etc/passwd", "./Europe/Amsterdam", "Europe/../Europe/Amsterdam", "/usr/share/zoneinfo/Europe/Amsterdam",
		"right/Europe/Amsterdam", "posix/Europe/Amsterdam", "europe/amsterdam", "Europe/Amsterdam ", "CET-1CEST",
		"posixrules", "tzdata.zi", "zone.tab", "UTC+1", "+01:00", "zones.zip"} {
		_, err := civil.LoadZone(name)
		require.Error(t, err, "%q", name)
	}
}

func TestAnAliasIsAcceptedAndKeepsItsName(t *testing.T) {
	for alias, canonical := range map[string]string{"Asia/Calcutta": "Asia/Kolkata",
		"US/Pacific":  "America/Los_Angeles",
		"Europe/Kiev": "Europe/Kyiv", "Turkey": "Europe/Istanbul", "Etc/UTC": "UTC"} {
		zone, same := civiltest.Load(t, alias), civiltest.Load(t, canonical)
		require.Equal(t, alias, zone.String())
		require.Equal(t, civil.Date("2027-03-28").Start(same), civil.Date("2027-03-28").Start(zone))
	}
}

// British Columbia decided in 2026 to stay on summer time: data of before say UTC-8 for that winter.
func TestTheZonesAreThoseOfIANAsVersion2026fOrLater(t *testing.T) {
	require.GreaterOrEqual(t, civil.ZoneDataVersion(), "2026f")
	require.Equal(t, "2026-12-16T07:00:00Z",
		civil.Date("2026-12-15").End(civiltest.Load(t, "America/Vancouver")).Format(time.RFC3339))
}

// Names that are not IANA's were stored until November 2026, and nothing that was stored may be lost.
func TestAZoneThatWasStoredBySuchANameIsTheOneThatItMeantUnderThatName(t *testing.T) {
	for stored, meant := range map[string]string{"right/Europe/Amsterdam": "Europe/Amsterdam",
		"posix/Asia/Tokyo": "Asia/Tokyo", "./Europe/Amsterdam": "Europe/Amsterdam", "localtime": "UTC",
		"Factory":              "UTC",
		"Europe/../Asia/Tokyo": "Asia/Tokyo", "America/Vancouver": "America/Vancouver"} {
		var zone civil.Zone
		require.NoError(t, zone.UnmarshalText([]byte(stored)))
		text, err := zone.MarshalText()
		require.NoError(t, err)
		require.Equal(t, stored, string(text))
		require.Equal(t, civil.Date("2027-01-01").Start(civiltest.Load(t, meant)),
			civil.Date("2027-01-01").Start(zone))
	}
	var zone civil.Zone
	require.Error(t, zone.UnmarshalText([]byte("Europe/Atlantis")))
}

func TestAZoneIsLoadedOnce(t *testing.T) {
	require.Equal(t, civiltest.Load(t, "Asia/Tokyo"), civiltest.Load(t, "Asia/Tokyo"))
	require.Zero(t, testing.AllocsPerRun(100, func() { civiltest.Load(t, "Asia/Tokyo") }))
	require.Equal(t, "UTC", civil.UTC.String())
}
