package signin_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/engine/enginetest"
)

// Every request with a session passes the authoriser, so its budget is half a read unit.
func BenchmarkAuthoriser(b *testing.B) {
	p, meter := newPorch(b), &enginetest.Meter{}
	p.gate.Tables = p.Metered(meter)
	for b.Loop() {
		_, err := p.gate.Resolve(b.Context(), p.first.Token)
		require.NoError(b, err)
		used := meter.Reset()
		if used.Read > 0.5 || used.Write > 0 || used.RoundTrips() > 1 {
			b.Fatalf("over budget: %+v, allowed half a read unit in one round trip", used)
		}
		b.ReportMetric(used.Read, "read-units/op")
		b.ReportMetric(float64(used.RoundTrips()), "round-trips/op")
	}
}
