package report

import (
	"context"
	"log/slog"
	"maps"
	"slices"

	"github.com/iotspot/iotspot/shared/clock"
)

// Namespace is where the counts appear as metrics.
const Namespace = "iotspot"

// Count logs numbers in CloudWatch's embedded metric format, which makes metrics of them; names and numbers are all
// there is in it. Numbers of nothing are left out.
func Count(ctx context.Context, counts map[string]int) {
	attributes, metrics := []slog.Attr{}, []map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if counts[name] != 0 {
			attributes = append(attributes, slog.Int(name, counts[name]))
			metrics = append(metrics, map[string]string{"Name": name, "Unit": "Count"})
		}
	}
	if len(metrics) == 0 {
		return
	}
	now, err := clock.FromEnvironment()
	if err != nil {
		return // the function has not started with such a clock
	}
	embedded := map[string]any{"Timestamp": now().UnixMilli(), "CloudWatchMetrics": []any{
		map[string]any{"Namespace": Namespace, "Dimensions": [][]string{{}}, "Metrics": metrics}}}
	logger.LogAttrs(ctx, slog.LevelInfo, "counted", append(attributes, slog.Any("_aws", embedded))...)
}
