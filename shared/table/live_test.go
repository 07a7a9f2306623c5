package table

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/clock"
)

// 4.d.4: no sensor's last word outlasts its day, they go one after another, and the sweep has seen each coming.
func TestTheLastWordsOfManySensorsGoOneByOneInTheLastMinutesOfTheirDay(t *testing.T) {
	const sensors = 90_000
	ends := time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC)
	minutes := map[int]int{}
	for i := range sensors {
		live := LiveSensor{Hardware: fmt.Sprintf("a84041%010x", i), DayEnds: ends.Unix()}
		early := ends.Sub(live.goes())
		require.True(t, 0 <= early && early < LettingGo, early)
		minutes[int(early/time.Minute)]++
		last := live.goes().Add(-clock.Ahead - 2*time.Minute) // the last moment from which two looks see it
		require.False(t, live.Kept(last))
		require.True(t, live.Kept(ends.Add(-LettingGo-settled-time.Second)))
	}
	for minute := range int(LettingGo / time.Minute) {
		require.InEpsilon(t, sensors/15, minutes[minute], 0.1, "%d minutes before the day ends", minute)
	}
}

func TestALastWordOfTheVersionBeforeIsNotBelieved(t *testing.T) {
	require.False(t, LiveSensor{Hardware: "x"}.Kept(time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)))
}
