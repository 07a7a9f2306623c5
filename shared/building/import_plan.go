package building

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/spelling"
	"github.com/iotspot/iotspot/shared/table"
)

// A plan is what an import comes to: everything is known to fit before the first write.
type plan struct {
	business  string
	locations []*plannedLocation
	wrong     faults
	features  table.Features
	sensors   map[string]int // line by hardware id
	ties      []tieAt
}

type plannedLocation struct {
	line   int
	id     string
	name   string
	old    *table.Location // nil: it is new
	given  Given
	said   map[string]said // setting by column
	floors []*plannedFloor
	now    table.Location // as it will be
}

type plannedFloor struct {
	line    int
	id      string
	name    string
	level   string // as the file says it, "" when it doesn't
	old     *table.Floor
	zones   map[string]table.Zone // new ones, by id
	lines   map[string]int        // of each spot, by name in lower case
	changes []table.SpotChange
	changed []int // line of each change
	now     table.Floor
}

type said struct {
	cell string
	line int
}

type tieAt struct {
	line     int
	hardware string
	spot     string
}

// planned lays the rows over what the account has. Places are known by their names, so that the same file again finds
// what it made the first time.
func (b Building) planned(ctx context.Context, business string, found []row, wrong faults) (*plan, error) {
	p := &plan{business: business, wrong: wrong, sensors: map[string]int{}}
	locations, err := b.Tables.Locations(ctx, business)
	if err != nil {
		return nil, err
	}
	floors, err := b.Tables.Floors(ctx, business)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(found, func(r row) bool { return r.cells["features"] != "" }) {
		if p.features, err = b.Tables.Features(ctx, business); err != nil {
			return nil, err
		}
	}
	for _, r := range found {
		p.row(r, locations, floors)
	}
	for _, l := range p.locations {
		p.settle(l)
	}
	if len(locations) > api.MaxLocations || len(p.locations) > api.MaxLocations {
		p.wrong.add(1, "location", "the account would have too many",
			fmt.Sprintf("at most %d locations", api.MaxLocations))
	}
	return p, p.checkSensors(ctx, b.Tables)
}

func (p *plan) row(r row, locations []table.Location, floors []table.Floor) {
	name := r.text("location", 100, &p.wrong)
	if name == "" {
		p.wrong.add(r.line, "location", "is missing or not a name", "the location's name, in every row")
		return
	}
	l := p.location(r.line, name, locations)
	r.text("address", 300, &p.wrong)
	for _, setting := range settingCells {
		p.setting(l, r, setting.column, setting.put)
	}
	floorName := r.text("floor", 100, &p.wrong)
	if floorName == "" {
		r.wantsNo(&p.wrong, "floor", "level", "zone", "sector", "spot")
		return
	}
	f := p.floor(l, r, floorName, floors)
	zone := p.zone(f, r)
	if r.text("spot", 100, &p.wrong) == "" {
		r.wantsNo(&p.wrong, "spot", "category", "type", "x", "y", "capacity", "features", "sensor", "model")
		return
	}
	p.spot(l, f, r, zone)
}

// wantsNo refuses cells about a part that the row doesn't name.
func (r row) wantsNo(wrong *faults, missing string, columns ...string) {
	for _, column := range columns {
		if r.cells[column] != "" {
			wrong.add(r.line, missing, "is missing, though "+column+" is given", "a name")
			return
		}
	}
}

func (p *plan) location(line int, name string, locations []table.Location) *plannedLocation {
	for _, l := range p.locations {
		if spelling.Same(l.name, name) {
			return l
		}
	}
	l := &plannedLocation{line: line, name: name, said: map[string]said{}}
	used := map[string]bool{}
	for _, old := range locations {
		used[old.ID] = true
		if l.old == nil && spelling.Same(old.Name, name) {
			l.id, l.old = old.ID, &old
		}
	}
	if l.old == nil {
		l.id = unused(used, anyID, p.business, "location", name)
	}
	p.locations = append(p.locations, l)
	return l
}

// unused is the id that follows from where something is and what it is called; another one when that id belongs to
// something that was renamed since. Form makes it one of its kind.
func unused[T any](used map[string]T, form func(id string) string, parts ...string) string {
	parts[len(parts)-1] = strings.ToLower(parts[len(parts)-1])
	for i := 0; ; i++ {
		id := form(secret.DerivedID(append(slices.Clone(parts), strconv.Itoa(i))...))
		if _, is := used[id]; !is {
			return id
		}
	}
}

func anyID(id string) string { return id }

// within is the form of the ids of what is within a location.
func within(location string) func(id string) string {
	return func(id string) string { return table.IDWithin(location, id) }
}

func (p *plan) setting(l *plannedLocation, r row, column string, put func(string, *Given) string) {
	cell := r.cells[column]
	if cell == "" {
		return
	}
	if before, there := l.said[column]; there {
		if before.cell != cell {
			p.wrong.add(r.line, column, fmt.Sprintf("differs from line %d, of the same location", before.line),
				"the same, or nothing")
		}
		return
	}
	l.said[column] = said{cell, r.line}
	if accepted := put(cell, &l.given); accepted != "" {
		p.wrong.add(r.line, column, "is not accepted", accepted)
	}
}

// settle checks a location's settings as a whole.
func (p *plan) settle(l *plannedLocation) {
	settings := Defaults
	if l.old != nil {
		settings = settingsOf(*l.old)
	} else {
		l.given.Name = &l.name
		for _, column := range []string{"address", "latitude", "longitude", "time_zone"} {
			if _, there := l.said[column]; !there {
				p.wrong.add(l.line, column, "is missing for a new location", "a value in one of the location's rows")
			}
		}
	}
	settings, err := l.given.over(settings)
	if err != nil { // the zone was looked at with its cell
		p.wrong.add(l.line, "closes", "the location closes before it opens", "a time after opens, until 24:00")
	}
	if l.old != nil && settings.TimeZone != l.old.Zone {
		p.wrong.add(l.said["time_zone"].line, "time_zone", "an import does not change the zone of a location",
			"its own, or nothing")
	}
	floors := 0
	if l.old != nil {
		floors = len(l.old.Floors)
	}
	for _, f := range l.floors {
		if f.old == nil {
			floors++
		}
	}
	if floors > api.MaxFloors {
		p.wrong.add(l.line, "floor", "the location would have too many",
			fmt.Sprintf("at most %d floors", api.MaxFloors))
	}
	l.now = table.Location{ID: l.id}
	if l.old != nil {
		l.now = *l.old
	}
	l.now = settings.on(l.now)
}

func (p *plan) floor(l *plannedLocation, r row, name string, floors []table.Floor) *plannedFloor {
	for _, f := range l.floors {
		if spelling.Same(f.name, name) {
			p.level(f, r)
			return f
		}
	}
	f := &plannedFloor{line: r.line, name: name, zones: map[string]table.Zone{}, lines: map[string]int{}}
	used := map[string]bool{}
	for _, old := range floors {
		used[old.ID] = true
		if f.old == nil && old.Location == l.id && spelling.Same(old.Name, name) {
			f.id, f.old, f.now = old.ID, &old, old
		}
	}
	if f.old == nil {
		f.id = unused(used, within(l.id), p.business, l.id, "floor", name)
		f.now = table.Floor{ID: f.id, Location: l.id, Name: name, Version: 1, Zones: map[string]table.Zone{},
			Spots: map[string]table.FloorSpot{}}
		if r.cells["level"] == "" {
			p.wrong.add(r.line, "level", "is missing for a new floor", "a whole number, 0 for the ground floor")
		}
	}
	l.floors = append(l.floors, f)
	p.level(f, r)
	return f
}

func (p *plan) level(f *plannedFloor, r row) {
	cell := r.cells["level"]
	if cell == "" || cell == f.level {
		return
	}
	number, err := strconv.Atoi(cell)
	switch {
	case err != nil || number < -50 || number > 200:
		p.wrong.add(r.line, "level", "is not a level", "a whole number from -50 to 200")
	case f.level != "" || f.old != nil && f.old.Level != number:
		p.wrong.add(r.line, "level", "differs from the level that the floor has", "the same, or nothing")
	default:
		f.level, f.now.Level = cell, number
	}
}

// zone finds or plans the row's zone and gives its id, "" when the row has none.
func (p *plan) zone(f *plannedFloor, r row) string {
	name, sector := r.text("zone", 100, &p.wrong), r.text("sector", 100, &p.wrong)
	if name == "" {
		r.wantsNo(&p.wrong, "zone", "sector")
		return ""
	}
	for id, zone := range f.now.Zones {
		if !spelling.Same(zone.Name, name) {
			continue
		}
		if _, isNew := f.zones[id]; isNew && zone.Sector == "" && sector != "" {
			zone.Sector = sector
			f.zones[id], f.now.Zones[id] = zone, zone
		}
		if sector != "" && sector != zone.Sector {
			p.wrong.add(r.line, "sector", "differs from the sector that the zone has", "the same, or nothing")
		}
		return id
	}
	id := unused(f.now.Zones, anyID, p.business, f.id, "zone", name)
	f.zones[id] = table.Zone{Name: name, Sector: sector}
	f.now.Zones[id] = f.zones[id]
	if len(f.now.Zones) == api.MaxZones+1 {
		p.wrong.add(r.line, "zone", "is one too many for the floor", fmt.Sprintf("at most %d zones", api.MaxZones))
	}
	return id
}

func (p *plan) spot(l *plannedLocation, f *plannedFloor, r row, zone string) {
	name := strings.ToLower(r.cells["spot"])
	if line, twice := f.lines[name]; twice {
		p.wrong.add(r.line, "spot", fmt.Sprintf("is the same as that of line %d, on the same floor", line),
			"a name that the floor has once")
		return
	}
	f.lines[name] = r.line
	var id string
	var old *table.FloorSpot
	for other, spot := range f.now.Spots {
		if spelling.Same(spot.Name, name) {
			id, old = other, &spot
		}
	}
	if old == nil {
		id = unused(f.now.Spots, within(f.now.Location), p.business, f.id, "spot", name)
		if len(f.now.Spots)+1 > api.MaxSpots {
			p.wrong.add(r.line, "spot", "is one too many for the floor",
				fmt.Sprintf("at most %d spots", api.MaxSpots))
			return
		}
	}
	spot := r.spotOf(old, zone, p.features, &p.wrong)
	if spot.Category == table.Room && spot.Assigned != "" {
		p.wrong.add(r.line, "category", "is somebody's workplace: end that first", "a workplace")
	}
	change := table.SpotChange{ID: id, Old: old, New: &spot, Models: map[string]string{}}
	p.sensor(r, &change)
	f.now.Spots[id] = spot
	if old == nil || !same(*old, spot) || len(old.Sensors) != len(spot.Sensors) {
		f.changes, f.changed = append(f.changes, change), append(f.changed, r.line)
	}
}

func (p *plan) sensor(r row, change *table.SpotChange) {
	hardware, model := strings.ToLower(r.cells["sensor"]), r.cells["model"]
	if hardware == "" {
		r.wantsNo(&p.wrong, "sensor", "model")
		return
	}
	if field, detail, accepted := checkSensor(hardware, model); field != "" {
		p.wrong.add(r.line, field, detail, accepted)
		return
	}
	if line, twice := p.sensors[hardware]; twice {
		p.wrong.add(r.line, "sensor", fmt.Sprintf("is the same as that of line %d", line), "one spot for each sensor")
		return
	}
	p.sensors[hardware] = r.line
	if slices.Contains(change.New.Sensors, hardware) {
		return
	}
	if len(change.New.Sensors) >= api.MaxSensorsPerSpot {
		p.wrong.add(r.line, "sensor", "is one too many for the spot",
			fmt.Sprintf("at most %d sensors", api.MaxSensorsPerSpot))
		return
	}
	change.New.Sensors = append(change.New.Sensors, hardware)
	slices.Sort(change.New.Sensors)
	change.Models[hardware] = model
	p.ties = append(p.ties, tieAt{r.line, hardware, change.ID})
}

// checkSensors refuses devices that are in use, and those that are not allotted to the account without a word about
// whose they are.
func (p *plan) checkSensors(ctx context.Context, tables *table.Tables) error {
	var ids []string
	for _, tie := range p.ties {
		ids = append(ids, tie.hardware)
	}
	devices, err := tables.DevicesAt(ctx, p.business, ids)
	if err != nil {
		return err
	}
	for _, tie := range p.ties {
		_, tied := devices.Tied[tie.hardware]
		switch {
		case !devices.May(tie.hardware):
			p.wrong.add(tie.line, "sensor", "is not allotted to your organisation",
				"a sensor that we have let in for it")
		case tied:
			p.wrong.add(tie.line, "sensor", "is in use at another spot", "a sensor that is tied to no other spot")
		}
	}
	return nil
}
