package retention_test

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/wake"
	"github.com/iotspot/iotspot/shared/wake/waketest"
)

// minute is the sweep as it is deployed.
func (s *store) minute(fault waketest.Fault, at int) *waketest.Minute {
	m := &waketest.Minute{Clock: s.Clock, Fault: fault, At: at}
	sweeper := s.sweeper(s.Tables())
	m.Handler = trigger.Handle(sweeper.Starts(m))
	return m
}

// TestWhatPassedItsDeadlineIsGoneWithinAMinuteWhateverOneThingGoesWrong plays eight minutes with looks anywhere in
// their minutes. Items come due at any second; those of a day that ends are written in its last seconds, later than a
// look can have seen them coming.
//
// 4.d.4, 4.e.1, 4.e.2
func TestWhatPassedItsDeadlineIsGoneWithinAMinuteWhateverOneThingGoesWrong(t *testing.T) {
	for _, fault := range waketest.Faults {
		at := 1 + rand.IntN(8)
		t.Run(string(fault), func(t *testing.T) {
			s := newStore(t)
			m, due := s.minute(fault, at), map[int]bool{}
			put := func(second int) {
				due[second] = true
				s.put(t, strconv.Itoa(second), noon.Add(time.Duration(second)*time.Second), second%4)
			}
			for second := 200; second < 440; second += 1 + rand.IntN(40) {
				put(second)
			}
			m.Run(t, noon, noon.Add(8*time.Minute+20*time.Second), func(now time.Time) {
				second := int(now.Sub(noon) / time.Second)
				if due[second-60] {
					require.NotContains(t, s.left(t), strconv.Itoa(second-60))
				}
			})
			require.Empty(t, s.left(t))
			require.LessOrEqual(t, lateness(t, &s.log), 59.0)
		})
	}
}

// 4.d.4
func TestWhatIsWrittenInADaysLastSecondIsGoneWithinAMinute(t *testing.T) {
	for _, fault := range waketest.Faults {
		s := newStore(t)
		at := 1
		if fault == waketest.NoLook {
			at = 6 // the one in the day's first minute, which would find it
		}
		m := s.minute(fault, at)
		m.Offset = func(minute int) time.Duration { return time.Duration(minute%2) * 59 * time.Second }
		ends := noon.Add(15 * time.Minute)
		m.Run(t, noon.Add(10*time.Minute), ends.Add(time.Minute), func(now time.Time) {
			if now.Equal(ends.Add(-time.Second)) {
				s.put(t, "last", ends, 3)
			}
		})
		require.Empty(t, s.left(t), fault)
	}
}

func TestAQuietLookAsksForNothingAndWritesThatNothingIsLate(t *testing.T) {
	s := newStore(t)
	s.Clock.Set(noon.Add(5 * time.Minute))
	s.look(t, s.sweeper(s.Tables())) // the first has an outage to look for
	coming, err := s.sweeper(s.Tables()).Look(t.Context())
	require.NoError(t, err)
	require.Empty(t, coming)
	require.Zero(t, lateness(t, &s.log))
}

// What comes due in one second and is more than one process removes in a slot is asked for in parts.
func TestEachPartOfAStepRemovesItsShardsAndAllOfThemEverything(t *testing.T) {
	s := newStore(t)
	minute := noon.Unix() / 60
	for shard := range table.ExpiryShards(minute) {
		s.put(t, strconv.Itoa(shard), noon, shard)
	}
	s.Clock.Set(noon.Add(time.Second))
	left := table.ExpiryShards(minute)
	for _, call := range wake.Parts(noon, 3, 0) {
		require.NoError(t, s.sweeper(s.Tables()).Step(t.Context(), call.Part))
		require.Less(t, len(s.left(t)), left)
		left = len(s.left(t))
	}
	require.Zero(t, left)
}

func TestWhatIsSweptIsWrittenLongBeforeItComesDueUnlessItEndsWithADay(t *testing.T) {
	for _, item := range privacy.Items {
		if item.Rule == privacy.UntilDecided { // nobody waits for what ends sooner: see shared/waitlist
			continue
		}
		if deadline, ok := item.Rule.From(noon).At(); item.Swept && item.Rule != privacy.DayEnd && ok {
			require.Greater(t, deadline.Sub(noon), clock.Ahead+2*time.Minute, item.Name)
		}
	}
}
