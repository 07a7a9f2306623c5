package privacy_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
)

func drawDay(t *rapid.T) (civil.Date, *time.Location) {
	zone, err := civil.LoadZone(rapid.SampledFrom([]string{"Europe/Amsterdam", "Atlantic/Azores", "America/Havana", "Australia/Lord_Howe",
		"Antarctica/Troll", "Pacific/Chatham", "Pacific/Kiritimati", "Asia/Kathmandu", "UTC"}).Draw(t, "zone"))
	require.NoError(t, err)
	at := time.Unix(rapid.Int64Range(1_600_000_000, 2_200_000_000).Draw(t, "instant"), 0)
	if _, change := at.In(zone).ZoneBounds(); !change.IsZero() && rapid.Bool().Draw(t, "around a change") {
		at = change.Add(time.Duration(rapid.IntRange(-100_000, 100_000).Draw(t, "seconds")) * time.Second)
	}
	return civil.DateOf(at, zone), zone
}

func at(t *rapid.T, d privacy.Deadline) time.Time {
	instant, has := d.At()
	require.True(t, has)
	require.Equal(t, instant.Unix(), d.Unix(), "the TTL is the deadline")
	return instant
}

// 4.d.4, 5.transactions
func TestWhatBelongsToADayIsKeptUntilTheFirstInstantOfTheNext(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day, zone := drawDay(t)
		ends := at(t, privacy.DayEnd.From(day.End(zone)))
		require.Greater(t, civil.DateOf(ends, zone), day)
		require.LessOrEqual(t, civil.DateOf(ends.Add(-time.Second), zone), day)
	})
}

// 4.e.2: 42 days from the moment of the login. 4.d.3: 42 days from the end of the last permitted day.
func TestSixWeeksAreFortyTwoTimesTwentyFourHours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day, zone := drawDay(t)
		login := day.Start(zone).Add(time.Duration(rapid.Int64Range(0, int64(24*time.Hour)).Draw(t, "after")))
		ends := at(t, privacy.SixWeeksAfterLogin.From(login))
		require.False(t, ends.After(login.Add(42*24*time.Hour)), "never later")
		require.Less(t, login.Add(42*24*time.Hour).Sub(ends), time.Second, "and not a second earlier")
		require.Equal(t, day.End(zone).Add(42*24*time.Hour), at(t, privacy.SixWeeksAfterPeriod.From(day.End(zone))))
	})
}

// 4.e.1
func TestFiftyTwoWeeksAreThreeHundredAndSixtyFourDaysFromTheStartOfTheDateOfLastUse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day, zone := drawDay(t)
		require.Equal(t, day.Start(zone).Add(364*24*time.Hour), at(t, privacy.FiftyTwoWeeks.From(day.Start(zone))))
	})
}

func TestARuleThatEndsWithAnEventHasNoDeadline(t *testing.T) {
	for _, rule := range []privacy.Rule{privacy.UnderContract, privacy.WhileAccount, privacy.WhileSpecified} {
		require.True(t, rule.EndsWithEvent())
		_, has := rule.From(time.Unix(1_800_000_000, 0)).At()
		require.False(t, has)
		require.Zero(t, rule.Open().Unix())
	}
}
