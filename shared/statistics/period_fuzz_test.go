package statistics

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/problem"
)

// FuzzPeriod: whatever dates are asked for, it is a year at most, forwards, or a clear refusal.
func FuzzPeriod(f *testing.F) {
	for _, dates := range [][2]string{{"2026-01-01", "2026-12-31"}, {"2024-02-29", "2025-02-28"},
		{"2026-11-23", "2026-11-22"},
		{"0001-01-01", "9999-12-31"}, {"2026-02-30", ""}, {"2026-1-1", "2026-11-2٣"}} {
		f.Add(dates[0], dates[1])
	}
	f.Fuzz(func(t *testing.T, from, to string) {
		first, last, err := period(from, to)
		if err != nil {
			var p *problem.Error
			require.ErrorAs(t, err, &p)
			return
		}
		require.Equal(t, [2]string{from, to}, [2]string{string(first), string(last)})
		require.LessOrEqual(t, first, last)
		require.Less(t, first.AddDays(MaxDays-1).DaysUntil(last), 1)
	})
}
