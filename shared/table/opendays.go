package table

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// The methods here are for closing a day. They see items that are past their deadline, which no other reader does.

// PastFloorDay reads all sheets of a floor's day, consistently and whether or not the day has ended.
func (t *Tables) PastFloorDay(ctx context.Context, business, location, floor string, day civil.Date) ([]SpotSheet,
	error) {
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
func (t *Tables) CloseSpotSheet(ctx context.Context, at Place, day civil.Date, read SpotSheet) (unseen []string,
	err error) {
	remove := t.remove(spotSheetKey(at, day))
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
		return slices.Contains(read.Users(),
			user)
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
