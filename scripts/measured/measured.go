// Package measured holds what was measured of the system: what one use of each flow costs in the database, which
// scripts/bench writes and compares, and what one call of each function takes of a processor, which scripts/load
// writes. scripts/cost reckons with it.
package measured

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"

	"github.com/iotspot/iotspot/localstack/build"
)

//go:embed measured.json
var content []byte

// Measured is the file.
type Measured struct {
	Flows     map[string]Flow     `json:"flows"`     // by benchmark
	Functions map[string]Function `json:"functions"` // by name, where a load was put on them
	Alarms    int                 `json:"alarms"`    // metrics that the alarms of the templates look at
}

// A Flow is what one use of it costs, on average.
type Flow struct {
	Read  float64 `json:"read_units"`
	Write float64 `json:"write_units"`
	Trips float64 `json:"round_trips"`
	// InARow is how many of them are one after the other, as the median of the uses; those beside another one cost no
	// time.
	InARow float64 `json:"in_a_row"`
}

// A Function is what one call of it takes, beside the waiting for others.
type Function struct {
	CPU   float64 `json:"cpu_ms"`
	Calls int     `json:"calls"` // that were measured
}

// Kept is what the checked-in file holds.
func Kept() (Measured, error) {
	var kept Measured
	err := json.Unmarshal(content, &kept)
	return kept, err
}

// Write puts new figures in the place of those of the checkout's file.
func Write(change func(*Measured)) error {
	kept, err := Kept()
	if err != nil {
		return err
	}
	change(&kept)
	text, err := json.MarshalIndent(kept, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(build.Root(), "scripts", "measured", "measured.json"), append(text, '\n'),
		0o644)
}

// Differences says where flows cost otherwise than the file says.
func (m Measured) Differences(now map[string]Flow) []string {
	// What is read of an index in shards differs by half a unit with the ids, which are random.
	same := func(kept, now float64) bool { return math.Abs(kept-now) <= max(0.05, 0.03*kept) }
	// Of a day's close, which makes many calls side by side, the machine decides which of them meet.
	sameRow := func(kept, now float64) bool { return math.Abs(kept-now) <= 0.1*kept }
	var differ []string
	for name, flow := range now {
		kept, known := m.Flows[name]
		if !known || !same(kept.Read, flow.Read) || !same(kept.Write, flow.Write) || !same(kept.Trips, flow.Trips) ||
			!sameRow(kept.InARow, flow.InARow) {
			differ = append(differ, fmt.Sprintf("%s costs %+v and the file says %+v", name, flow, kept))
		}
	}
	for name := range m.Flows {
		if _, there := now[name]; !there {
			differ = append(differ, name+" is in the file and has no benchmark")
		}
	}
	slices.Sort(differ)
	return differ
}
