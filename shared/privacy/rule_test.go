package privacy_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/civil/civiltest"
	"github.com/iotspot/iotspot/shared/privacy"
)

func drawDay(t *rapid.T) (civil.Date, civil.Zone) {
	zone := civiltest.Draw(t)
	at := time.Unix(rapid.Int64Range(civiltest.First.Unix(), civiltest.Last.Unix()).Draw(t, "instant"), 0)
	if _, change := zone.In(at).ZoneBounds(); !change.IsZero() && rapid.Bool().Draw(t, "around a change") {
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

// lasting is how long each rule keeps from its reference, in seconds, written anew from the promises.
var lasting = map[string]struct {
	rule    privacy.Rule
	seconds int64
}{
	privacy.DayEnd.EN:              {privacy.DayEnd, 0},
	privacy.UntilDecided.EN:        {privacy.UntilDecided, 0},
	privacy.SixWeeksAfterLogin.EN:  {privacy.SixWeeksAfterLogin, 6 * 7 * 86400},
	privacy.SixWeeksAfterPeriod.EN: {privacy.SixWeeksAfterPeriod, 6 * 7 * 86400},
	privacy.FiftyTwoWeeks.EN:       {privacy.FiftyTwoWeeks, 52 * 7 * 86400},
	privacy.AfterLook.EN:           {privacy.AfterLook, 52 * 7 * 86400},
	privacy.AfterDisclosure.EN:     {privacy.AfterDisclosure, 52 * 7 * 86400},
	privacy.TenMinutes.EN:          {privacy.TenMinutes, 600},
	privacy.UntilHandled.EN:        {privacy.UntilHandled, 600},
	privacy.OneHour.EN:             {privacy.OneHour, 3600},
	privacy.OneDay.EN:              {privacy.OneDay, 86400},
	privacy.TwoDays.EN:             {privacy.TwoDays, 172800},
	privacy.OneWeek.EN:             {privacy.OneWeek, 7 * 86400},
	privacy.ThirtyDays.EN:          {privacy.ThirtyDays, 30 * 86400},
}

// How deadlines are reckoned: by seconds that pass, whatever the clocks of a zone do meanwhile, never later and by
// less than a second earlier.
func TestEveryRuleKeepsForItsTimeFromWhateverInstantAroundAnyChangeOfAnyClock(t *testing.T) {
	for name, of := range lasting {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				day, zone := drawDay(t)
				reference := day.Start(zone).Add(time.Duration(rapid.Int64Range(0, int64(25*time.Hour)).Draw(t,
					"after")))
				ends := at(t, of.rule.From(reference))
				require.Equal(t, reference.Unix()+of.seconds, ends.Unix())
				require.False(t, ends.After(reference.Add(time.Duration(of.seconds)*time.Second)), "never later")
				require.Equal(t, ends, at(t, of.rule.From(zone.In(reference))), "whatever zone it is told in")
				later := reference.Add(time.Duration(rapid.Int64Range(0, int64(time.Hour)).Draw(t, "later")))
				require.False(t, at(t, of.rule.From(later)).Before(ends), "a later reference keeps no shorter")
			})
		})
	}
}

func TestEveryRuleThatAnythingIsKeptUnderIsTested(t *testing.T) {
	rules := []privacy.Rule{}
	for _, item := range privacy.Items {
		rules = append(rules, item.Rule)
	}
	for _, kind := range privacy.Kinds {
		rules = append(rules, kind.Rule)
	}
	for _, rule := range rules {
		_, tested := lasting[rule.EN]
		require.NotEqual(t, rule.EndsWithEvent(), tested, rule.EN)
	}
}

func TestARuleThatEndsWithAnEventHasNoDeadline(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, rule := range []privacy.Rule{privacy.UnderContract, privacy.WhileAccount, privacy.WhileStaff,
			privacy.WhileSpecified} {
			require.True(t, rule.EndsWithEvent())
			_, has := rule.From(time.Unix(rapid.Int64Range(0, 4_000_000_000).Draw(t, "instant"), 0)).At()
			require.False(t, has)
			require.Zero(t, rule.Open().Unix())
		}
	})
}
