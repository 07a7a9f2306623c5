package retention_test

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/retention"
	"github.com/iotspot/iotspot/shared/table"
)

// TestRunsThatEndEarlyLeaveNothingForLongerThanAMinute plays twenty minutes of a schedule that is precise to a
// minute: runs begin anywhere in their minutes and end when nothing is coming. Items come due at any second; those of
// a day that ends are written in its last seconds, later than a run can have seen them coming.
func TestRunsThatEndEarlyLeaveNothingForLongerThanAMinute(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Log("seed", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	s := newStore(t)
	tables, due := s.Tables(), map[int]bool{}
	put := func(second int) {
		due[second] = true
		s.put(t, strconv.Itoa(second), noon.Add(time.Duration(second)*time.Second), second%table.ExpiryShards)
	}
	for second := 0; second < 1200; second += 1 + random.IntN(400) {
		put(second)
	}
	type run struct {
		*retention.Sweeper
		from, until int
	}
	var runs []*run
	for minute := range 20 {
		from := minute*60 + random.IntN(60)
		runs = append(runs, &run{s.sweeper(tables), from, from + 125})
	}
	steps := 0
	for second := range 1200 {
		s.Clock.Set(noon.Add(time.Duration(second) * time.Second))
		if second == 890 {
			put(900)
		}
		for _, r := range runs {
			if second < r.from || second >= r.until || (second-r.from)%5 != 0 {
				continue
			}
			steps++
			more, err := r.Watch(t.Context())
			require.NoError(t, err)
			if !more {
				r.until = second
			}
		}
		if due[second-60] {
			require.NotContains(t, s.left(t), strconv.Itoa(second-60))
		}
	}
	require.Less(t, steps, 20*26*3/4, "some runs ended early")
}

func TestAQuietRunIsOneStepAndOneBeforeADayCanEndIsNot(t *testing.T) {
	s := newStore(t)
	for at, expected := range map[time.Duration]bool{
		5 * time.Minute:                  false, // quiet
		59 * time.Second:                 true,  // the last write of a day that ended at noon may be under way
		15*time.Minute - clock.Ahead:     true,
		20 * time.Minute:                 true, // something is due in two minutes
		22*time.Minute + 10*time.Second:  false,
		16*time.Minute + 1*time.Second:   false,
		22*time.Minute + 110*time.Second: false,
		14*time.Minute + 59*time.Second:  true,
		15*time.Minute + 1*time.Second:   true,
		30*time.Minute - 1 - clock.Ahead: false,
		-time.Minute:                     true,
	} {
		s.keep(t, noon.Add(22*time.Minute), "due")
		s.Clock.Set(noon.Add(at))
		_, err := s.sweeper(s.Tables()).Watch(t.Context()) // the first has a backlog to look for
		require.NoError(t, err)
		more, err := s.sweeper(s.Tables()).Watch(t.Context())
		require.NoError(t, err)
		require.Equal(t, expected, more, at)
	}
}

func TestWhatIsSweptIsWrittenLongBeforeItComesDueUnlessItEndsWithADay(t *testing.T) {
	for _, item := range privacy.Items {
		if deadline, ok := item.Rule.From(noon).At(); item.Swept && item.Rule != privacy.DayEnd && ok {
			require.Greater(t, deadline.Sub(noon), clock.Ahead+time.Minute, item.Name)
		}
	}
}
