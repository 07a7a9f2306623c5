package table

import (
	"context"
	"errors"
	"fmt"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
)

// CreateLocation writes a location without floors and opens its days from a date on. The business account must exist.
// ErrChanged when the id is in use.
func (t *Tables) CreateLocation(ctx context.Context, business string, location Location, from civil.Date) error {
	location.Floors, location.Workplaces, location.Rooms = map[string]FloorName{}, 0, 0
	put, err := t.put(locationKey(business, location.ID),
		privacy.Location.Stamp(location, privacy.UnderContract.Open()))
	if err != nil {
		return err
	}
	days := OpenDays{Business: business, Zone: location.Zone, OpenFrom: from, Retired: map[string]civil.Date{},
		SecondLook: map[string]SecondLook{}}
	open, err := t.put(openDaysKey(location.ID), privacy.OpenDays.Stamp(days, privacy.UnderContract.Open()))
	if err != nil {
		return err
	}
	return changed(t.transaction().
		Put(put.If("attribute_not_exists($)", pkName)).
		Put(open.If("attribute_not_exists($)", pkName)).
		Check(t.check(businessKey(privacy.Account, business, "")).IfExists()).
		Run(ctx))
}

// UpdateLocation writes a location's name, address, position and settings, and on each of its floors what they know
// of it; its counts stay as they are. Where its zone changes the open days are those of was after Moved. ErrChanged
// when it is not there, was changed or has other floors since it was read, or its open days are not as they were.
func (t *Tables) UpdateLocation(ctx context.Context, business string, l Location, was, is OpenDays) error {
	u := t.update(locationKey(business, l.ID)).when("$ = ?", "floors", l.Floors).
		set("name", l.Name).set("address", l.Address).set("latitude", l.Latitude).set("longitude", l.Longitude).
		set("zone", l.Zone).set("opens", string(l.Opens)).set("closes", string(l.Closes)).
		set("horizon_days", l.HorizonDays).set("daily_quota", l.DailyQuota).set("no_show_minutes", l.NoShowMinutes).
		set("vacant_minutes", l.VacantMinutes).set("silent_minutes", l.SilentMinutes)
	if l.ReservedUntil != "" {
		u.set("reserved_until", string(l.ReservedUntil))
	}
	u.whenRevision(l.Revision).set("revision", l.Revision+1).set("rules", l.Rules).set("outages", l.Outages)
	days := t.update(openDaysKey(l.ID)).when("$ = ?", "zone", was.Zone).set("zone", is.Zone)
	if was.Zone != is.Zone {
		days.when("$ = ?", "open_from", string(was.OpenFrom)).set("open_from", string(is.OpenFrom)).
			set("move", is.Move)
	}
	tx := t.transaction().Update(u).Update(days)
	for id := range l.Floors {
		tx.Update(t.update(floorKey(business, id)).when("attribute_exists($)", pkName).set("site", l.Site()))
	}
	return changed(tx.Run(ctx))
}

// whenRevision is the condition that a location's settings are as they were read.
func (u *update) whenRevision(read int) *update {
	if read == 0 { // as of one that was made before they were counted
		return u.when("attribute_not_exists($)", "revision")
	}
	return u.when("$ = ?", "revision", read)
}

// DeleteLocation removes a location that has no floors any more. Its open days stay until a date, the last on which
// somebody may have searched there, and its last retired floor are closed; a mark of it stays until the contract's
// end. ErrChanged when it has a floor or is not there.
func (t *Tables) DeleteLocation(ctx context.Context, business, id string, last civil.Date) error {
	mark, err := t.removedLocation(business, id)
	if err != nil {
		return err
	}
	days := t.update(openDaysKey(id)).set("gone", string(last)).when("attribute_exists($) AND "+
		"attribute_not_exists($)", pkName, "floors")
	return changed(t.transaction().
		Delete(t.remove(locationKey(business, id)).If("attribute_exists($) AND $ = ?", pkName, "floors",
			map[string]FloorName{})).
		Update(days).
		Put(mark).
		Run(ctx))
}

func (t *Tables) removedLocation(business, id string) (*dynamo.Put, error) {
	row := datedRow{civil.DateOf(t.now(), civil.UTC)}
	return t.put(businessKey(privacy.RemovedLocation, business, id),
		privacy.RemovedLocation.Stamp(row, privacy.UnderContract.Open()))
}

// CreateFloor writes a floor without spots. ErrChanged when its id is in use, or the location is not there or has
// other settings than the floor's Site.
func (t *Tables) CreateFloor(ctx context.Context, business string, floor Floor) error {
	if floor.Zones == nil {
		floor.Zones = map[string]Zone{}
	}
	floor.Version = 1
	put, err := t.put(floorKey(business, floor.ID), privacy.Floor.Stamp(floor, privacy.UnderContract.Open()))
	if err != nil {
		return err
	}
	location := t.update(locationKey(business, floor.Location)).whenRevision(floor.Site.Revision).
		when("attribute_exists($)", pkName).
		setIn("floors", floor.ID, FloorName{Name: floor.Name, Level: floor.Level, Version: 1})
	days := t.update(openDaysKey(floor.Location)).add("floors", []string{floor.ID}).removeIn("retired",
		floor.ID).when("attribute_exists($)", pkName)
	return changed(t.transaction().
		Put(put.If("attribute_not_exists($)", pkName)).
		Update(location).
		Update(days).
		Run(ctx))
}

// nextVersion says on a location that the plan of a floor has changed, while it has the floor.
func (u *update) nextVersion(floor string) *update {
	u.Update.SetExpr("$.$.$ = if_not_exists($.$.$, ?) + ?", "floors", floor, "version", "floors", floor, "version", 0,
		1)
	return u.when("attribute_exists($.$)", "floors", floor)
}

// RenameFloor writes a floor's name and level. ErrChanged when it is not there.
func (t *Tables) RenameFloor(ctx context.Context, business string, floor Floor) error {
	u := t.update(floorKey(business, floor.ID)).when("$ = ?", "location", floor.Location).
		set("name", floor.Name).set("level", floor.Level)
	location := t.update(locationKey(business, floor.Location)).nextVersion(floor.ID)
	location.Update.SetExpr("$.$.$ = ?", "floors", floor.ID, "name", floor.Name).
		SetExpr("$.$.$ = ?", "floors", floor.ID, "level", floor.Level)
	return changed(t.transaction().Update(u).Update(location).Run(ctx))
}

// SetPlan marks that a floor has an image, so many times as wide as it is high, or with "" and 0 that it has none.
// ErrAbsent when the location has no such floor.
func (t *Tables) SetPlan(ctx context.Context, business, location, floor, mark string, ratio float64) error {
	change := t.update(floorKey(business, floor)).when("$ = ?", "location", location)
	setOrRemove(change, "plan", mark)
	if ratio > 0 {
		change.set("plan_ratio", ratio)
	} else {
		change.remove("plan_ratio")
	}
	next := t.update(locationKey(business, location)).nextVersion(floor)
	return absentWhenRefused(t.transaction().Update(change).Update(next).Run(ctx))
}

// WithPlan says which of an account's floors have an image, with every write that was answered before.
func (t *Tables) WithPlan(ctx context.Context, business string, floors []string) (map[string]bool, error) {
	keys := make([]key, len(floors))
	for i, id := range floors {
		keys[i] = floorKey(business, id)
	}
	raw, err := batch(ctx, t, privacy.Directory, true, keys)
	has := map[string]bool{}
	for _, item := range raw {
		has[idIn(item, privacy.Floor)] = text(item["plan"]) != ""
	}
	return has, err
}

// DeleteFloor removes a floor whose spots are all removed already, and lists it as retired until the date after
// which none of its day sheets can be left. ErrChanged when it is not as it was read.
func (t *Tables) DeleteFloor(ctx context.Context, business string, floor Floor, until civil.Date) error {
	if len(floor.Spots) > 0 {
		return fmt.Errorf("table: a floor with %d spots can't be removed", len(floor.Spots))
	}
	location := t.update(locationKey(business, floor.Location)).when("attribute_exists($)", pkName).removeIn("floors",
		floor.ID)
	days := t.update(openDaysKey(floor.Location)).when("attribute_exists($)", pkName).setIn("retired", floor.ID,
		string(until))
	days.Update.DeleteStringsFromSet("floors", floor.ID)
	return changed(t.transaction().
		Delete(t.remove(floorKey(business, floor.ID)).If("$ = ?", "version", floor.Version)).
		Update(location).
		Update(days).
		Run(ctx))
}

// changed makes a refusal ErrChanged.
func changed(err error) error {
	if errors.Is(err, ErrRefused) {
		return ErrChanged
	}
	return err
}

// OpenDaysOf reads which days of a location are open, consistently.
func (t *Tables) OpenDaysOf(ctx context.Context, location string) (OpenDays, error) {
	return one(ctx, t, openDaysKey(location), true, OpenDays{Location: location})
}

// SecondLookDone takes a floor's second look off the list, unless another removal has asked for one since.
func (t *Tables) SecondLookDone(ctx context.Context, location, floor string, look SecondLook) error {
	return changed(t.update(openDaysKey(location)).removeIn("second_look", floor).
		when("$.$.$ = ?", "second_look", floor, "at", look.At).run(ctx))
}

// ForgetOpenDays removes the open days of a location that is gone, once nothing of it is left to close or look at.
// ErrChanged when there is.
func (t *Tables) ForgetOpenDays(ctx context.Context, location string) error {
	return changed(wrap(t.remove(openDaysKey(location)).
		If("$ > $ AND $ = ? AND $ = ?", "open_from", "gone", "retired", map[string]civil.Date{}, "second_look",
			map[string]SecondLook{}).Run(ctx)))
}

// ForgetLiveSensor removes what a device said last: it is moved or untied, and its next message starts anew.
func (t *Tables) ForgetLiveSensor(ctx context.Context, hardware string) error {
	return wrap(t.remove(soleLive(hardware)).Run(ctx))
}

func soleLive(hardware string) key {
	return key{privacy.LiveSensor, privacy.Sensor.SortPrefix + "#" + hardware, privacy.LiveSensor.SortPrefix}
}

// RenameModel says that a device which stays where it is, is of another model. ErrChanged when it is not there any
// more.
func (t *Tables) RenameModel(ctx context.Context, s Sensor) error {
	u := t.update(sensorKey(s.Hardware)).set("model", s.Model).when("$ = ? AND $ = ?", "business", s.Business, "spot",
		s.Spot)
	return changed(u.run(ctx))
}
