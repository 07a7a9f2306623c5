package building

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/spelling"
	"github.com/iotspot/iotspot/shared/table"
)

// settingCells are the columns about a location, each with what puts its cell into settings, or says what is
// accepted.
var settingCells = []struct {
	column string
	put    func(cell string, into *Given) (accepted string)
}{
	{"address", func(cell string, into *Given) string { into.Address = &cell; return "" }},
	{"latitude", decimal(-90, 90, func(g *Given) **float64 { return &g.Latitude })},
	{"longitude", decimal(-180, 180, func(g *Given) **float64 { return &g.Longitude })},
	{"time_zone", func(cell string, into *Given) string {
		if _, err := civil.LoadZone(cell); err != nil {
			return "an IANA name such as Europe/Amsterdam"
		}
		into.TimeZone = &cell
		return ""
	}},
	{"opens", wallClock(func(g *Given) **civil.ClockTime { return &g.Opens })},
	{"closes", wallClock(func(g *Given) **civil.ClockTime { return &g.Closes })},
	{"horizon_days", whole(1, 366, func(g *Given) **int { return &g.HorizonDays })},
	{"daily_quota", whole(1, 20, func(g *Given) **int { return &g.DailyQuota })},
	{"no_show_minutes", whole(5, 240, func(g *Given) **int { return &g.NoShowMinutes })},
	{"vacant_minutes", whole(5, 240, func(g *Given) **int { return &g.VacantMinutes })},
	{"silent_minutes", whole(5, 240, func(g *Given) **int { return &g.SilentMinutes })},
}

func decimal(least, most float64, field func(*Given) **float64) func(string, *Given) string {
	return func(cell string, into *Given) string {
		number, ok := numberIn(cell, least, most)
		if !ok {
			return fmt.Sprintf("a number from %g to %g", least, most)
		}
		*field(into) = &number
		return ""
	}
}

func numberIn(cell string, least, most float64) (float64, bool) {
	number, err := strconv.ParseFloat(cell, 64)
	return number, err == nil && !math.IsNaN(number) && number >= least && number <= most
}

func whole(least, most int, field func(*Given) **int) func(string, *Given) string {
	return func(cell string, into *Given) string {
		number, err := strconv.Atoi(cell)
		if err != nil || number < least || number > most {
			return fmt.Sprintf("a whole number from %d to %d", least, most)
		}
		*field(into) = &number
		return ""
	}
}

func wallClock(field func(*Given) **civil.ClockTime) func(string, *Given) string {
	return func(cell string, into *Given) string {
		if len(cell) == 4 && cell[1] == ':' {
			cell = "0" + cell // as spreadsheets write 7:00
		}
		at := civil.ClockTime(cell)
		if _, err := at.Begins("2026-01-01", civil.UTC); err != nil {
			return "a quarter of an hour from 00:00 to 24:00, as 09:15"
		}
		*field(into) = &at
		return ""
	}
}

// spotOf reads a row's cells about a spot into what was there before.
func (r row) spotOf(old *table.FloorSpot, zone string, features table.Features, wrong *faults) table.FloorSpot {
	spot := table.FloorSpot{X: math.NaN(), Y: math.NaN()}
	if old != nil {
		spot = *old
		spot.Sensors = slices.Clone(old.Sensors)
	}
	spot.Name = r.cells["spot"]
	if old != nil && spelling.Same(old.Name, spot.Name) {
		spot.Name = old.Name
	}
	if zone != "" {
		spot.Zone = zone
	}
	r.kind(&spot, wrong)
	spot.X, spot.Y = r.onPlan("x", spot.X, wrong), r.onPlan("y", spot.Y, wrong)
	r.equipment(&spot, features, wrong)
	return spot
}

// equipment reads a room's capacity, and the names of features.
func (r row) equipment(spot *table.FloorSpot, features table.Features, wrong *faults) {
	if spot.Category != table.Room {
		spot.Capacity = 0
	}
	if cell := r.cells["capacity"]; cell != "" {
		number, err := strconv.Atoi(cell)
		if err != nil || number < 1 || number > api.MaxCapacity || spot.Category != table.Room {
			wrong.add(r.line, "capacity", "is not the capacity of a room",
				fmt.Sprintf("a whole number from %d to %d", 1, api.MaxCapacity))
		}
		spot.Capacity = number
	}
	cell := r.cells["features"]
	if cell == "" {
		return
	}
	spot.Features = nil
	for name := range strings.SplitSeq(cell, between) {
		number := called(features.All, clean(name))
		if number == 0 {
			wrong.add(r.line, "features", "names one that is not among your features", namesOf(features))
			return
		}
		spot.Features = append(spot.Features, number)
	}
	spot.Features = inOrder(spot.Features)
}

// kind reads category and type; the category follows from the type when it is left out.
func (r row) kind(spot *table.FloorSpot, wrong *faults) {
	if cell := r.cells["type"]; cell != "" {
		spot.Type, spot.Category = cell, ""
		for category, types := range table.SpotTypes {
			if slices.Contains(types, cell) {
				spot.Category = category
			}
		}
	}
	if spot.Category == "" {
		wrong.add(r.line, "type", "is missing or not known",
			strings.Join(slices.Concat(table.SpotTypes[table.Workplace], table.SpotTypes[table.Room]), ", "))
		return
	}
	if cell := r.cells["category"]; cell != "" && cell != string(spot.Category) {
		wrong.add(r.line, "category", "is not that of the type", string(spot.Category))
	}
}

func (r row) onPlan(column string, old float64, wrong *faults) float64 {
	cell := r.cells[column]
	if cell == "" && !math.IsNaN(old) {
		return old
	}
	number, ok := numberIn(cell, 0, 1)
	if !ok {
		wrong.add(r.line, column, "is missing or not on the plan", "a number from 0 to 1")
		return 0
	}
	return onPlan(number)
}
