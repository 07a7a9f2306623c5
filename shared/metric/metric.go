// Package metric writes CloudWatch metrics in the embedded metric format: a line of JSON in the function's log from
// which CloudWatch makes them. A metric has a name and a number, and nothing about a person or a thing.
package metric

import (
	"encoding/json"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/privacy"
)

// Namespace is that of all metrics.
const Namespace = "iotspot"

// A Value is one metric.
type Value struct {
	Name  string
	Unit  string // Seconds or Count
	Value float64
}

// People is a count of things that are about so many people, and nothing where these are few (art. 5).
func People(name string, n, people int) []Value {
	if privacy.Few(people) {
		return nil
	}
	return []Value{{Name: name, Unit: "Count", Value: float64(n)}}
}

// Count puts one line with numbers that are the system's and no function's. Those of nothing are left out, and those
// that are about few people (art. 5).
func Count(to io.Writer, at time.Time, counts map[string]int) {
	var values []Value
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if n := counts[name]; n != 0 && !privacy.Few(n) {
			values = append(values, Value{Name: name, Unit: "Count", Value: float64(n)})
		}
	}
	if len(values) > 0 {
		write(to, at, map[string]any{}, [][]string{{}}, values)
	}
}

// Happened counts one event that is about a device or about the system, and not about a person.
func Happened(to io.Writer, at time.Time, name string) {
	write(to, at, map[string]any{}, [][]string{{}}, []Value{{Name: name, Unit: "Count", Value: 1}})
}

// Write puts one line with the values of a function at an instant. What can't be written is lost, as any log line.
func Write(to io.Writer, at time.Time, function string, values ...Value) {
	write(to, at, map[string]any{"Function": function}, [][]string{{"Function"}}, values)
}

// WriteAge writes how long ago the oldest of what stands was asked for, as the function's Lateness, of what was
// promised to be done within 60 seconds: 0 where nothing stands, so that a function with nothing to do is told from one
// that doesn't run. Asked are Unix seconds; where to is nil nothing is written.
func WriteAge(to io.Writer, now time.Time, function string, asked []int64) {
	late := 0.0
	for _, at := range asked {
		late = max(late, now.Sub(time.Unix(at, 0)).Seconds())
	}
	Write(to, now, function, Value{Name: "Lateness", Unit: "Seconds", Value: late})
}

// WriteOf puts a line with values of one kind of item, which about names as Item: they count for the function as a
// whole and for that kind. What else about says stands in the log line alone.
func WriteOf(to io.Writer, at time.Time, function string, about map[string]any, values ...Value) {
	line := map[string]any{"Function": function}
	for name, value := range about {
		line[name] = value
	}
	write(to, at, line, [][]string{{"Function"}, {"Function", "Item"}}, values)
}

func write(to io.Writer, at time.Time, line map[string]any, dimensions [][]string, values []Value) {
	if to == nil {
		return
	}
	type definition struct {
		Name string
		Unit string
	}
	definitions := make([]definition, len(values))
	for i, v := range values {
		definitions[i] = definition{v.Name, v.Unit}
		line[v.Name] = v.Value
	}
	line["_aws"] = map[string]any{
		"Timestamp": at.UnixMilli(),
		"CloudWatchMetrics": []any{map[string]any{
			"Namespace": Namespace, "Dimensions": dimensions, "Metrics": definitions,
		}},
	}
	text, err := json.Marshal(line)
	if err != nil {
		return
	}
	_, _ = to.Write(append(text, '\n'))
}
