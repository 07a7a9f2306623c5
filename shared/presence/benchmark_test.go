package presence_test

import (
	"fmt"
	"testing"

	"github.com/iotspot/iotspot/shared/presence"
)

// The two kinds of messages that a sensor sends all day, each with its budget.
func BenchmarkSensorMessageThatChangesNothing(b *testing.B) {
	s := morning(b)
	s.sensed(b, false, "08:50", 1)
	measured(b, s, 0.5, 0, func(int) presence.Outcome { return s.sensed(b, false, "08:50", 2) })
}

func BenchmarkSensorMessageThatChangesPresence(b *testing.B) {
	s := morning(b)
	s.sensed(b, false, "08:00", 1)
	measured(b, s, 2, 2, func(i int) presence.Outcome {
		return s.sensed(b, i%2 == 0, fmt.Sprintf("%02d:%02d", 9+i/60%14, i%60), 2+i)
	})
}

func measured(b *testing.B, s *scene, read, write float64, message func(i int) presence.Outcome) {
	i, reads, writes, trips := 0, 0.0, 0.0, 0
	for b.Loop() {
		s.meter.Reset()
		outcome := message(i)
		used := s.meter.Usage()
		if used.Read > read || used.Write > write {
			b.Fatalf("over budget: %s cost %+v, allowed %v read and %v write", outcome, used, read, write)
		}
		i, reads, writes, trips = i+1, reads+used.Read, writes+used.Write, trips+used.RoundTrips()
	}
	b.ReportMetric(reads/float64(b.N), "read-units/op")
	b.ReportMetric(writes/float64(b.N), "write-units/op")
	b.ReportMetric(float64(trips)/float64(b.N), "round-trips/op")
}
