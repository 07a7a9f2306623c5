package civil_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/iotspot/iotspot/shared/civil"
)

const most = 49

func TestARepetitionComesToTheDatesThatACalendarShowsForIt(t *testing.T) {
	for _, c := range []struct {
		rule, first string
		except      []civil.Date
		dates       string
	}{
		{"FREQ=DAILY;COUNT=3", "2026-12-30", nil, "2026-12-30 2026-12-31 2027-01-01"},
		{"FREQ=DAILY;INTERVAL=3;UNTIL=20261130", "2026-11-23", nil, "2026-11-23 2026-11-26 2026-11-29"},
		{"FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=3", "2026-11-27", nil, "2026-11-27 2026-11-30 2026-12-01"},
		{"FREQ=WEEKLY;COUNT=2", "2026-11-23", nil, "2026-11-23 2026-11-30"},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;COUNT=4", "2026-11-25", nil, // weeks begin on Monday
			"2026-11-29 2026-12-07 2026-12-13 2026-12-21"},
		{"FREQ=MONTHLY;COUNT=3", "2026-10-31", nil, "2026-10-31 2026-12-31 2027-01-31"},
		{"FREQ=MONTHLY;BYDAY=1MO,-1FR;COUNT=4", "2026-11-03", nil, "2026-11-27 2026-12-07 2026-12-25 2027-01-04"},
		{"FREQ=MONTHLY;INTERVAL=12;COUNT=2", "2024-02-29", nil, "2024-02-29 2028-02-29"},
		{"FREQ=WEEKLY;COUNT=3", "2026-12-18", []civil.Date{"2026-12-25"}, "2026-12-18 2027-01-01"},
		{"freq=weekly;until=20261201;byday=tu", "2026-11-23", nil, "2026-11-24 2026-12-01"},
	} {
		r, err := civil.ParseRepetition(c.rule)
		require.NoError(t, err, c.rule)
		dates, err := r.Dates(civil.Date(c.first), c.except, most)
		require.NoError(t, err, c.rule)
		require.Equal(t, c.dates, strings.Trim(fmt.Sprint(dates), "[]"), c.rule)
	}
}

func TestNothingComesBackWithinADayOrForEver(t *testing.T) {
	for rule, want := range map[string]error{
		"FREQ=SECONDLY;COUNT=3": civil.ErrNoRepetition, "FREQ=MINUTELY;COUNT=3": civil.ErrNoRepetition,
		"FREQ=HOURLY;COUNT=3": civil.ErrNoRepetition, "FREQ=YEARLY;COUNT=3": civil.ErrNoRepetition,
		"FREQ=DAILY;BYHOUR=1,2;COUNT=3":   civil.ErrNoRepetition,
		"FREQ=DAILY;INTERVAL=0;COUNT=3":   civil.ErrNoRepetition,
		"FREQ=DAILY;INTERVAL=100;COUNT=3": civil.ErrNoRepetition, "FREQ=DAILY;COUNT=-1": civil.ErrNoRepetition,
		"FREQ=DAILY;COUNT=03": civil.ErrNoRepetition, "FREQ=DAILY;COUNT=3;COUNT=4": civil.ErrNoRepetition,
		"FREQ=DAILY;COUNT=99999999999999999999": civil.ErrNoRepetition, "COUNT=3": civil.ErrNoRepetition,
		"FREQ=DAILY;UNTIL=20260230": civil.ErrNoRepetition, "FREQ=DAILY;UNTIL=2026-12-01": civil.ErrNoRepetition,
		"FREQ=WEEKLY;BYDAY=1MO;COUNT=3":    civil.ErrNoRepetition,
		"FREQ=MONTHLY;BYDAY=6MO;COUNT=3":   civil.ErrNoRepetition,
		"FREQ=MONTHLY;BYDAY=+-1MO;COUNT=3": civil.ErrNoRepetition,
		"FREQ=WEEKLY;BYDAY=;COUNT=3":       civil.ErrNoRepetition,
		"FREQ=WEEKLY;BYDAY=MO,MO;COUNT=3":  civil.ErrNoRepetition,
		"FREQ=WEEKLY;BYDAY=XX;COUNT=3":     civil.ErrNoRepetition,
		"":                                 civil.ErrNoRepetition, ";;;": civil.ErrNoRepetition,
		"FREQ=DAILY": civil.ErrEndless, "FREQ=DAILY;COUNT=3;UNTIL=20261201": civil.ErrEndless,
	} {
		_, err := civil.ParseRepetition(rule)
		require.ErrorIs(t, err, want, "%q", rule)
	}
	for rule, want := range map[string]error{
		"FREQ=DAILY;COUNT=50": civil.ErrTooMany, "FREQ=DAILY;UNTIL=99991231": civil.ErrTooMany,
		"FREQ=MONTHLY;INTERVAL=60;COUNT=3":        civil.ErrTooLong,
		"FREQ=MONTHLY;INTERVAL=50;UNTIL=99991231": civil.ErrTooLong,
		"FREQ=DAILY;UNTIL=20261122":               civil.ErrNoDates, "FREQ=WEEKLY;BYDAY=SU;UNTIL=20261128": civil.ErrNoDates,
	} {
		r, err := civil.ParseRepetition(rule)
		require.NoError(t, err, rule)
		_, err = r.Dates("2026-11-23", nil, most)
		require.ErrorIs(t, err, want, rule)
	}
}

// A calendar that is made otherwise: week by week and month by month, where the room walks day by day.
func TestARepetitionComesToWhatAnotherCalendarComesTo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := civil.Date("2024-01-01").AddDays(rapid.IntRange(0, 1500).Draw(t, "first"))
		interval := rapid.IntRange(1, 5).Draw(t, "interval")
		count := rapid.IntRange(1, 12).Draw(t, "count")
		days := rapid.SliceOfNDistinct(rapid.IntRange(0, 6), 0, 7, rapid.ID[int]).Draw(t, "weekdays")
		frequency := rapid.SampledFrom([]string{"DAILY", "WEEKLY", "MONTHLY"}).Draw(t, "frequency")
		rule := fmt.Sprintf("FREQ=%s;INTERVAL=%d;COUNT=%d", frequency, interval, count)
		if len(days) > 0 {
			rule += ";BYDAY=" + strings.Join(named(days), ",")
		}
		expected := calendar(first, frequency, interval, days, count)
		except := rapid.SliceOfN(rapid.SampledFrom(expected), 0, 3).Draw(t, "except")
		expected = slices.DeleteFunc(expected, func(d civil.Date) bool { return slices.Contains(except, d) })

		r, err := civil.ParseRepetition(rule)
		require.NoError(t, err, rule)
		dates, err := r.Dates(first, except, most)
		if len(expected) == 0 {
			require.ErrorIs(t, err, civil.ErrNoDates)
			return
		}
		if err == civil.ErrTooLong {
			require.Greater(t, first.DaysUntil(expected[len(expected)-1]), 5*365, rule)
			return
		}
		require.NoError(t, err, rule)
		require.Equal(t, expected, dates, rule)
	})
}

func named(days []int) []string {
	names := make([]string, len(days))
	for i, day := range days {
		names[i] = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}[day]
	}
	return names
}

func calendar(first civil.Date, frequency string, interval int, days []int, count int) []civil.Date {
	at, _ := time.Parse(time.DateOnly, string(first))
	var dates []civil.Date
	take := func(day time.Time) {
		if !day.Before(at) && len(dates) < count {
			dates = append(dates, civil.Date(day.Format(time.DateOnly)))
		}
	}
	for period := 0; len(dates) < count; period += interval {
		begins, length := at.AddDate(0, 0, period), 1
		own := func(time.Time) bool { return len(days) == 0 }
		switch frequency {
		case "WEEKLY":
			begins, length = at.AddDate(0, 0, 7*period-(int(at.Weekday())+6)%7), 7
			own = func(day time.Time) bool { return len(days) == 0 && day.Weekday() == at.Weekday() }
		case "MONTHLY":
			begins = time.Date(at.Year(), at.Month()+time.Month(period), 1, 0, 0, 0, 0, time.UTC)
			length = begins.AddDate(0, 1, -1).Day()
			own = func(day time.Time) bool { return len(days) == 0 && day.Day() == at.Day() }
		}
		for n := range length {
			if day := begins.AddDate(0, 0, n); own(day) || slices.Contains(days, int(day.Weekday())) {
				take(day)
			}
		}
	}
	return dates
}

func FuzzARepetitionThatIsReadEndsInTime(f *testing.F) {
	for _, rule := range []string{"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=10",
		"FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231",
		"FREQ=SECONDLY;COUNT=1", "FREQ=DAILY;UNTIL=99991231"} {
		f.Add(rule, "2026-11-23")
	}
	f.Fuzz(func(t *testing.T, rule, day string) {
		first, wrong := civil.ParseDate(day)
		r, err := civil.ParseRepetition(rule)
		if err != nil || wrong != nil {
			return
		}
		dates, err := r.Dates(first, nil, most)
		if err == nil {
			require.NotEmpty(t, dates)
			require.LessOrEqual(t, len(dates), most)
			require.GreaterOrEqual(t, dates[0], first)
			require.True(t, slices.IsSorted(dates) && len(slices.Compact(dates)) == len(dates))
		}
	})
}
