package enginetest

import (
	"slices"
	"syscall"
	"testing"
	"time"
)

// A Budget is the most that one use of a flow may cost: request units, and round trips to DynamoDB, of which so many
// are one after the other; 0 holds it to nothing there. How many are one after the other is the median of the
// uses, since a busy machine can part calls that a flow makes side by side.
type Budget struct {
	Read, Write   float64
	Trips, InARow int
}

// beside is how long a call takes at least while a budget is held: longer than what a flow does before it begins
// another one beside it.
const beside = 20 * time.Millisecond

// Measure runs a benchmark whose uses meter counts, reports what one costs on average, and fails when any costs more
// than the budget. Prepare is not measured; i counts the uses from 0.
func (most Budget) Measure(b *testing.B, meter *Meter, prepare func(i int) (use func() error)) {
	var read, write float64
	var rows []int
	uses, trips := 0, 0
	processor := time.Duration(0)
	meter.holds = beside
	for b.Loop() {
		b.StopTimer()
		use := prepare(uses)
		uses++
		b.StartTimer()
		meter.Reset()
		began := spent(b)
		err := use()
		processor += spent(b) - began
		used := meter.Reset()
		if err != nil {
			b.Fatal(err)
		}
		if used.Read > most.Read || used.Write > most.Write || used.RoundTrips() > most.Trips {
			b.Fatalf("over budget: %+v, allowed %+v", used, most)
		}
		read, write, trips = read+used.Read, write+used.Write, trips+used.RoundTrips()
		rows = append(rows, used.InARow)
	}
	slices.Sort(rows)
	row := rows[len(rows)/2]
	if most.InARow > 0 && row > most.InARow {
		b.Fatalf("over budget: %d calls in a row, allowed %d", row, most.InARow)
	}
	b.ReportMetric(read/float64(uses), "read-units/op")
	b.ReportMetric(write/float64(uses), "write-units/op")
	b.ReportMetric(float64(trips)/float64(uses), "round-trips/op")
	b.ReportMetric(float64(row), "in-a-row")
	b.ReportMetric(float64(processor.Microseconds())/1000/float64(uses), "cpu-ms/op")
}

// spent is what this process has spent of a processor: the engine is another one.
func spent(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
