package presence

import (
	"context"
	"errors"
	"maps"

	"github.com/iotspot/iotspot/shared/metric"
	"github.com/iotspot/iotspot/shared/sensor"
	"github.com/iotspot/iotspot/shared/table"
)

// A roll counts sensors.
type roll struct{ tied, silent int }

// RollCall counts, in the first minute of each hour, the sensors that are tied to spots and how many of them have
// said nothing for as long as their model and location allow, and writes the two numbers and the share as metrics of
// the whole deployment, without saying whose sensors they are or where. A location whose day began more recently than
// that is left out, since none of its sensors can be called silent yet. It costs one read and one Query for each
// floor.
func (w Watch) RollCall(ctx context.Context) error {
	now := w.Now()
	if now.Minute() != 0 {
		return nil
	}
	open, err := w.Tables.OpenLocations(ctx)
	if err != nil {
		return err
	}
	var all roll
	var failed []error
	for _, location := range open {
		floors, err := w.floors(ctx, location)
		failed = append(failed, err)
		for _, floor := range floors {
			failed = append(failed, floor.call(ctx, &all))
		}
	}
	if all.tied > 0 {
		metric.Write(w.Metrics, now, "no-show",
			metric.Value{Name: "Sensors", Unit: "Count", Value: float64(all.tied)},
			metric.Value{Name: "SilentSensors", Unit: "Count", Value: float64(all.silent)},
			metric.Value{Name: "SilentShare", Unit: "Percent", Value: 100 * float64(all.silent) / float64(all.tied)})
	}
	return errors.Join(failed...)
}

func (f watchedFloor) call(ctx context.Context, all *roll) error {
	if f.now.Sub(f.begins) < sensor.Silence(f.settings.Silent) {
		return nil
	}
	plan, err := f.Tables.Floor(ctx, f.business, f.floor)
	if errors.Is(err, table.ErrAbsent) {
		return nil // it is being removed
	}
	if err != nil {
		return err
	}
	sheets, err := f.Tables.FloorDay(ctx, f.business, f.location, f.floor, f.day)
	if err != nil {
		return err
	}
	heard := map[string]table.Occupancy{}
	for _, sheet := range sheets {
		maps.Copy(heard, sheet.Occupancy)
	}
	for _, spot := range plan.Spots {
		for _, hardware := range spot.Sensors {
			all.tied++
			if heard[hardware].SilentFor(f.settings.Silent, f.now) {
				all.silent++
			}
		}
	}
	return nil
}
