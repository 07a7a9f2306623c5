package table

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/iotspot/iotspot/shared/privacy"
)

// ErrChanged says that a building is no longer as it was read; the caller reads again.
var ErrChanged = errors.New("table: the building has changed since it was read")

// A SensorTaken is the error for a device that is tied to another spot or belongs to another customer; which of the
// two is not told.
type SensorTaken struct {
	Hardware string
}

func (s *SensorTaken) Error() string { return "table: a sensor is tied to another spot" }

// A SpotChange turns a spot from Old into New; nil is a spot that is not there.
type SpotChange struct {
	ID     string
	Old    *FloorSpot
	New    *FloorSpot
	Models map[string]string // of the sensors that New has and Old has not
}

// A FloorChange is what one transaction does on one floor. Spots are written on their own items and in the floor's,
// and in that same transaction the location's counts (3.g, 3.h) change by as much and it says that the plan has
// changed.
type FloorChange struct {
	Location string
	Floor    string
	// Version is what the floor must still have. 0: each spot must be as its Old says instead, which many can do at
	// once.
	Version   int
	Zones     map[string]Zone // to be there after
	ZonesGone []string        // to be removed. They want a Version
	Spots     []SpotChange
	// Request is what the floor says of itself as the one that changed it last; "" leaves that. It wants a Version.
	Request string
	// Look asks for a second look on the floor, when spots are removed.
	Look *SecondLook
}

// MaxActions is how many actions DynamoDB takes in one transaction.
const MaxActions = 100

// Actions is how many actions the change takes in its transaction.
func (c FloorChange) Actions() int {
	actions := 3 // the floor, the location, the second look
	for _, spot := range c.Spots {
		gone, come := spot.sensors()
		actions += 1 + len(gone) + len(come)
	}
	return actions
}

// ChangeFloors makes the changes all together or not at all. ErrChanged or *SensorTaken, and then nothing was
// written. A sensor that one change takes away and another one adds is moved.
func (t *Tables) ChangeFloors(ctx context.Context, business string, floors ...FloorChange) error {
	w := &floorWriter{t: t, business: business, tx: t.transaction(), plans: map[string][]string{},
		counts: map[string]map[Category]int{}, sensors: map[string]*sensorMove{}}
	for _, floor := range floors {
		w.floor(floor)
	}
	w.locationsAndSensors()
	if w.err != nil {
		return w.err
	}
	err := w.tx.Run(ctx)
	for _, hardware := range slices.Sorted(maps.Keys(w.sensors)) {
		if refusedAt(err, sensorPart(hardware)) {
			return &SensorTaken{Hardware: hardware}
		}
	}
	return changed(err)
}

// A floorWriter gathers the actions of one transaction.
type floorWriter struct {
	t        *Tables
	business string
	tx       *transaction
	err      error
	plans    map[string][]string         // floors by location
	counts   map[string]map[Category]int // by location
	sensors  map[string]*sensorMove      // by hardware id
}

func sensorPart(hardware string) string { return "sensor " + hardware }

type sensorMove struct {
	from string // spot; "" for none
	to   *Sensor
}

func (w *floorWriter) floor(c FloorChange) {
	w.tx.Update(w.floorUpdate(c))
	w.plans[c.Location] = append(w.plans[c.Location], c.Floor)
	for _, spot := range c.Spots {
		w.spot(c, spot)
	}
	if c.Look != nil {
		w.tx.Update(w.t.update(openDaysKey(c.Location)).setIn("second_look", c.Floor,
			*c.Look).when("attribute_exists($)", pkName))
	}
}

func (w *floorWriter) floorUpdate(c FloorChange) *update {
	u := w.t.update(floorKey(w.business, c.Floor)).add("version", 1).when("$ = ?", "location", c.Location)
	if c.Version != 0 {
		u.when("$ = ?", "version", c.Version)
	}
	for _, id := range slices.Sorted(maps.Keys(c.Zones)) {
		u.setIn("zones", id, c.Zones[id])
	}
	for _, id := range c.ZonesGone {
		u.removeIn("zones", id)
	}
	if c.Request != "" {
		u.set("saved", Saved{Request: c.Request, Version: c.Version + 1})
	}
	for _, spot := range c.Spots {
		name := floorSpotPrefix + spot.ID
		if c.Version == 0 {
			u.whenSpotStill(name, spot, c.Zones)
		}
		if spot.New == nil {
			u.remove(name)
		} else {
			u.set(name, *spot.New)
		}
	}
	return u
}

// whenSpotStill is the condition that the spot is as Old says, and that the zone into which it comes exists.
func (u *update) whenSpotStill(name string, spot SpotChange, coming map[string]Zone) {
	if spot.Old == nil {
		u.when("attribute_not_exists($)", name)
	} else {
		u.when("$ = ?", name, *spot.Old)
	}
	if spot.New == nil || spot.New.Zone == "" {
		return
	}
	if _, comes := coming[spot.New.Zone]; !comes {
		u.when("attribute_exists($.$)", "zones", spot.New.Zone)
	}
}

func (w *floorWriter) spot(c FloorChange, change SpotChange) {
	k := spotKey(w.business, change.ID)
	if change.New == nil {
		w.tx.Delete(w.t.remove(k))
	} else {
		spot := Spot{Location: c.Location, Floor: c.Floor, FloorSpot: *change.New}
		w.put(k, privacy.Spot.Stamp(spot, privacy.UnderContract.Open()), "")
	}
	w.count(c.Location, change)
	gone, come := change.sensors()
	for _, hardware := range gone {
		w.move(hardware).from = change.ID
	}
	for _, hardware := range come {
		w.move(hardware).to = &Sensor{Business: w.business, Location: c.Location, Floor: c.Floor, Spot: change.ID,
			Model: change.Models[hardware]}
	}
}

func (w *floorWriter) count(location string, change SpotChange) {
	if w.counts[location] == nil {
		w.counts[location] = map[Category]int{}
	}
	if change.Old != nil {
		w.counts[location][change.Old.Category]--
	}
	if change.New != nil {
		w.counts[location][change.New.Category]++
	}
}

func (w *floorWriter) move(hardware string) *sensorMove {
	if w.sensors[hardware] == nil {
		w.sensors[hardware] = &sensorMove{}
	}
	return w.sensors[hardware]
}

// sensors are those that go from the spot and those that come to it.
func (c SpotChange) sensors() (gone, come []string) {
	var before, after []string
	if c.Old != nil {
		before = c.Old.Sensors
	}
	if c.New != nil {
		after = c.New.Sensors
	}
	return minus(before, after), minus(after, before)
}

func minus(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(one string) bool { return slices.Contains(some, one) })
}

func (w *floorWriter) locationsAndSensors() {
	for _, location := range slices.Sorted(maps.Keys(w.plans)) {
		u := w.t.update(locationKey(w.business, location))
		for _, floor := range w.plans[location] {
			u.nextVersion(floor)
		}
		workplaces, rooms := w.counts[location][Workplace], w.counts[location][Room]
		if workplaces != 0 || rooms != 0 {
			u.add("workplaces", workplaces).add("rooms", rooms)
		}
		w.tx.Update(u)
	}
	for _, hardware := range slices.Sorted(maps.Keys(w.sensors)) {
		w.sensor(sensorKey(hardware), w.sensors[hardware])
		w.tx.as(sensorPart(hardware))
	}
}

func (w *floorWriter) sensor(k key, move *sensorMove) {
	switch {
	case move.to == nil:
		w.tx.Delete(w.t.remove(k).If("$ = ? AND $ = ?", "business", w.business, "spot", move.from))
	case move.from == "":
		w.put(k, privacy.Sensor.Stamp(*move.to, privacy.UnderContract.Open()), "attribute_not_exists($)", pkName)
	default:
		w.put(k, privacy.Sensor.Stamp(*move.to, privacy.UnderContract.Open()), "$ = ? AND $ = ?", "business",
			w.business, "spot", move.from)
	}
}

func (w *floorWriter) put(k key, stamped privacy.Stamped, condition string, args ...any) {
	put, err := w.t.put(k, stamped)
	if err != nil {
		w.err = errors.Join(w.err, err)
		return
	}
	if condition != "" {
		put.If(condition, args...)
	}
	w.tx.Put(put)
}
