package report

import (
	"context"
	"log/slog"
	"maps"
	"slices"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/privacy"
)

// Namespace is where the counts appear as metrics.
const Namespace = "iotspot"

// Count logs numbers in CloudWatch's embedded metric format, which makes metrics of them; names and numbers are all
// there is in it. Numbers of nothing are left out, and those that are about few people (art. 5).
func Count(ctx context.Context, counts map[string]int) { count(ctx, shown(counts)) }

// Happened counts one event that is about a device or about the system, and not about a person.
func Happened(ctx context.Context, name string) { count(ctx, map[string]int{name: 1}) }

// shown are the counts that may be logged.
func shown(counts map[string]int) map[string]int {
	counts = maps.Clone(counts)
	maps.DeleteFunc(counts, func(_ string, n int) bool { return n == 0 || privacy.Few(n) })
	return counts
}

func count(ctx context.Context, counts map[string]int) {
	if len(counts) == 0 {
		return
	}
	attributes, metrics := []slog.Attr{}, []map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		attributes = append(attributes, slog.Int(name, counts[name]))
		metrics = append(metrics, map[string]string{"Name": name, "Unit": "Count"})
	}
	now, err := clock.FromEnvironment()
	if err != nil {
		return // the function has not started with such a clock
	}
	embedded := map[string]any{"Timestamp": now().UnixMilli(), "CloudWatchMetrics": []any{
		map[string]any{"Namespace": Namespace, "Dimensions": [][]string{{}}, "Metrics": metrics}}}
	logger.LogAttrs(ctx, slog.LevelInfo, "counted", append(attributes, slog.Any("_aws", embedded))...)
}
