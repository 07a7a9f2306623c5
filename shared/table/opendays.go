package table

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// OpenDays says which days of a location are not closed yet: those from OpenFrom on. Floors are all that it has;
// Retired are floors that were removed, each with the last day on which it may still hold something to be closed.
type OpenDays struct {
	Location string                `dynamo:"-"`
	Business string                `dynamo:"business"`
	Zone     civil.Zone            `dynamo:"zone"`
	OpenFrom civil.Date            `dynamo:"open_from"`
	Floors   []string              `dynamo:"floors,set,omitempty"`
	Retired  map[string]civil.Date `dynamo:"retired,allowempty"`
	// SecondLook are floors that lost spots: reservations that were being written then are looked for.
	SecondLook map[string]SecondLook `dynamo:"second_look,allowempty"`
	// Gone is the last date on which a location that was removed may hold something; this goes once that is closed.
	Gone civil.Date `dynamo:"gone,omitempty"`
	Move *Move      `dynamo:"move,omitempty"`
	// Uncounted is the last day whose counting failed: its figures are given up for good.
	Uncounted civil.Date `dynamo:"uncounted,omitempty"`
	// Reminded is the last day that people were reminded of, and Reached the last on which a Reach gave workplaces free.
	Reminded civil.Date `dynamo:"reminded,omitempty"`
	Reached  civil.Date `dynamo:"reached,omitempty"`
}

// A SecondLook is due for one floor once every reservation that was under way at At has ended.
type SecondLook struct {
	At    int64      `dynamo:"at"`    // Unix seconds of the latest removal
	Until civil.Date `dynamo:"until"` // the last date on which there may be a reservation
}

// AllFloors are the floors to close at the end of a day: those there are and those retired.
func (o OpenDays) AllFloors() []string {
	all := slices.Clone(o.Floors)
	for _, floor := range slices.Sorted(maps.Keys(o.Retired)) {
		if !slices.Contains(all, floor) {
			all = append(all, floor)
		}
	}
	return all
}

func openDaysKey(location string) key {
	return key{privacy.OpenDays, locationsPartition, privacy.OpenDays.SortPrefix + location}
}

// OpenLocations lists all customers' locations with their days that are not closed yet: the work list of the day
// close, eventually consistent.
func (t *Tables) OpenLocations(ctx context.Context) ([]OpenDays, error) {
	items, err := t.list(ctx, privacy.Directory, locationsPartition, privacy.OpenDays.SortPrefix, false)
	if err != nil {
		return nil, err
	}
	open := make([]OpenDays, len(items))
	for i, item := range items {
		open[i].Location = idIn(item, privacy.OpenDays)
		if err := dynamo.UnmarshalItem(item, &open[i]); err != nil {
			return nil, err
		}
	}
	return open, nil
}

// The methods here are for closing a day. They see items that are past their deadline, which no other reader does.

// PastFloorDay reads all sheets of a floor's day, consistently and whether or not the day has ended.
func (t *Tables) PastFloorDay(ctx context.Context, business, location, floor string,
	day civil.Date) ([]SpotSheet, error) {
	var raw []dynamo.Item
	err := t.table(privacy.Agenda).Get(pkName, floorDay(business, location, floor, day)).Consistent(true).
		Range(skName, dynamo.BeginsWith, privacy.SpotSheet.SortPrefix).All(ctx, &raw)
	if err != nil {
		return nil, wrap(err)
	}
	sheets := make([]SpotSheet, len(raw))
	for i, item := range raw {
		sheets[i] = pastSheet(item)
	}
	return sheets, nil
}

// pastSheet reads what can be read of a sheet: one that is damaged must not stay for ever.
func pastSheet(item dynamo.Item) SpotSheet {
	sheet, err := decodeSpotSheet(item)
	if err == nil {
		return sheet
	}
	sheet = SpotSheet{Spot: idIn(item, privacy.SpotSheet), Holdings: map[string]Holding{}, Damaged: true}
	for name, value := range item {
		if id, ok := strings.CutPrefix(name, reservationPrefix); ok {
			_ = decodeInto(sheet.Holdings, id, value, decodeHolding)
		}
	}
	return sheet
}

// CloseSpotSheet deletes a spot's day on condition that nothing was reserved or freed since it was read: ErrRefused
// means read it again. It gives the persons whose reservations stood on it and were not among those read, if any;
// their own sheets are still there. It may be gone already.
func (t *Tables) CloseSpotSheet(ctx context.Context, place Place, day civil.Date,
	read SpotSheet) (unseen []string, err error) {
	remove := t.remove(spotSheetKey(place, day))
	switch {
	case read.Damaged: // nothing to compare with
	case len(read.Taken) == 0:
		remove.If("attribute_not_exists($)", takenName)
	default:
		remove.If("attribute_not_exists($) OR $ = ?", pkName, takenName, numberSet(read.Taken))
	}
	var raw dynamo.Item
	switch err := remove.OldValue(ctx, &raw); {
	case errors.Is(err, dynamo.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, wrap(err)
	}
	return slices.DeleteFunc(pastSheet(raw).Users(), func(user string) bool {
		return slices.Contains(read.Users(), user)
	}), nil
}

// Users are the persons with a reservation on the sheet, each once, in order.
func (s SpotSheet) Users() []string {
	var users []string
	for _, held := range s.Holdings {
		users = append(users, held.User)
	}
	slices.Sort(users)
	return slices.Compact(users)
}

// ClosePersonSheets deletes the days of these persons at a location, 25 in one call. Some may be gone already.
func (t *Tables) ClosePersonSheets(ctx context.Context, business, location string, day civil.Date,
	users []string) error {
	keys := make([]key, len(users))
	for i, user := range users {
		keys[i] = personSheetKey(identity.Person{Business: business, User: user}, day, location)
	}
	return t.removeAll(ctx, privacy.Agenda, keys)
}

// AdvanceOpenDays says that a location's day is closed for good, and takes the floors off the list that were retired
// until then. ErrRefused when another run was first, or the location's zone was changed.
func (t *Tables) AdvanceOpenDays(ctx context.Context, open OpenDays) error {
	u := t.update(openDaysKey(open.Location)).when("$ = ? AND $ = ?", "open_from", string(open.OpenFrom), "zone",
		open.Zone).
		set("open_from", string(open.OpenFrom.AddDays(1)))
	for floor, last := range open.Retired {
		if last <= open.OpenFrom {
			u.removeIn("retired", floor)
			u.when("(attribute_not_exists($.$) OR $.$ = ?)", "retired", floor, "retired", floor, string(last))
		}
	}
	return u.run(ctx)
}

// SetUncounted remembers that a day's sheets are being removed without its figures, so that what is left of them
// after an interruption is not mistaken for the whole day.
func (t *Tables) SetUncounted(ctx context.Context, location string, day civil.Date) error {
	return t.update(openDaysKey(location)).when("attribute_exists($)", pkName).set("uncounted", string(day)).run(ctx)
}

// Reminded remembers that people were reminded of a location's day. Of one that has gone there is nothing to remember.
func (t *Tables) Reminded(ctx context.Context, location string, day civil.Date) error {
	return ignoreRefused(t.update(openDaysKey(location)).when("attribute_exists($)", pkName).
		set("reminded", string(day)).run(ctx))
}

// Reached remembers that what comes free with a date that can be reserved as of a day, is free. Of a location that has
// gone there is nothing to remember.
func (t *Tables) Reached(ctx context.Context, location string, day civil.Date) error {
	return ignoreRefused(t.update(openDaysKey(location)).when("attribute_exists($)", pkName).
		set("reached", string(day)).run(ctx))
}

// Next is the location after AdvanceOpenDays.
func (o OpenDays) Next() OpenDays {
	retired := map[string]civil.Date{}
	for floor, last := range o.Retired {
		if last > o.OpenFrom {
			retired[floor] = last
		}
	}
	o.Retired, o.OpenFrom = retired, o.OpenFrom.AddDays(1)
	return o
}
