package wake_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/wake"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestMomentsInOneSlotShareACallAtTheLastOfThem(t *testing.T) {
	calls := wake.Slots(noon, wake.At(noon.Add(16*time.Second), noon.Add(time.Second), noon.Add(14*time.Second)))
	require.Equal(t, wake.At(noon.Add(14*time.Second), noon.Add(16*time.Second)), calls)
	halves := wake.Parts(noon.Add(time.Second), 2, 0)
	require.Equal(t, halves, wake.Slots(noon, append(halves, wake.Parts(noon, 2, 0)...)), "each part has its own")
}

func TestLooksThatCoverOneMomentAskForItAtDifferentSeconds(t *testing.T) {
	moment := noon.Add(clock.Ahead)
	seen := map[time.Time]bool{}
	for minute := range int(clock.Ahead/time.Minute) + 1 {
		at := wake.Slots(noon.Add(time.Duration(minute)*time.Minute), wake.At(moment))[0].At
		require.False(t, seen[at])
		require.Less(t, at.Sub(moment), wake.Slot)
		seen[at] = true
	}
}

// 4.d.4: two looks cover every moment, however they fall in their minutes.
func TestTwoLooksSeeEveryMomentAlsoWhereTheyLieTwoMinutesApart(t *testing.T) {
	for second := range 120 {
		moment := noon.Add(10*time.Minute + time.Duration(second)*time.Second)
		for _, offset := range []func(minute int) int{func(int) int { return 0 }, func(int) int { return 59 },
			func(m int) int { return m % 2 * 59 }, func(m int) int { return (m + 1) % 2 * 59 }} {
			looks := 0
			for minute := range 20 {
				look := noon.Add(time.Duration(minute*60+offset(minute)) * time.Second)
				if !look.After(moment) && !moment.After(look.Add(clock.Ahead)) {
					looks++
				}
			}
			require.GreaterOrEqual(t, looks, 2, moment)
		}
	}
}

func TestEachThingIsInOneOfTheParts(t *testing.T) {
	for number := range 100 {
		in := 0
		for _, call := range wake.Parts(noon, 7, time.Minute) {
			if call.Has(number) {
				in++
			}
		}
		require.Equal(t, 1, in)
		require.True(t, wake.Part{}.Has(number))
	}
}
