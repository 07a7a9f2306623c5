package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/shared/sensor"
)

func TestADayHoldsAllThatSensorsDoAndWhatIsNotBrokenCanBeRead(t *testing.T) {
	var sensors []example.Sensor
	models := map[string]sensor.Model{}
	for i := range 50 {
		model := sensor.Models[i%len(sensor.Models)]
		sensors = append(sensors, example.Sensor{ID: "24e124535b3160" + string("0123456789abcdef"[i/16]) +
			string("0123456789abcdef"[i%16]), Model: model})
		models[sensors[i].ID] = sensor.Model(model)
	}
	eight := time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)
	day := simulate(sensors, eight, rand.New(rand.NewPCG(1, 0)))
	require.Equal(t, day, simulate(sensors, eight, rand.New(rand.NewPCG(1, 0))), "the same seed is the same day")
	require.True(t, slices.IsSortedFunc(day, func(a, b publication) int { return a.At.Compare(b.At) }))
	seen := map[string]int{}
	for _, p := range day {
		for _, what := range []string{"occupied", "vacant", "twice", "late", "broken"} {
			if strings.Contains(p.What, what) {
				seen[what]++
			}
		}
		message, err := sensor.Open(p.Topic, p.Payload, p.At)
		if strings.HasSuffix(p.What, "broken") {
			require.Error(t, err)
			continue
		}
		require.NoError(t, err)
		reading, err := message.Read(models[message.Hardware])
		require.NoError(t, err)
		require.Equal(t, strings.Contains(p.What, "occupied"), *reading.Occupied)
		require.False(t, reading.At.After(p.At))
	}
	require.Len(t, seen, 5, "%v", seen)
}
