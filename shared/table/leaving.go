package table

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/privacy"
)

// The methods here take away what a business account has when its contract has ended.

func leavingKey(p identity.Person) key { return personKey(privacy.Leaving, p, "") }

type leavingRow struct {
	MemberOf string `dynamo:"member_of"`
	ToldAt   int64  `dynamo:"told_at"`
}

// Tell claims the last mail to somebody who leaves: true for one caller within a while. The mark stays, and lists the
// person when their registration is gone.
func (t *Tables) Tell(ctx context.Context, p identity.Person, within time.Duration) (bool, error) {
	now := t.now()
	err := t.markLeaving(ctx, p, now, "attribute_not_exists($) OR $ <= ?", pkName, "told_at", now.Add(-within).Unix())
	if errors.Is(err, ErrRefused) {
		return false, nil
	}
	return err == nil, err
}

func (t *Tables) markLeaving(ctx context.Context, p identity.Person, now time.Time, condition string,
	args ...any) error {
	put, err := t.put(leavingKey(p), privacy.Leaving.Stamp(leavingRow{MemberOf(p), now.Unix()},
		privacy.OneDay.From(now)))
	if err != nil {
		return err
	}
	if condition != "" {
		put.If(condition, args...)
	}
	return wrap(put.Run(ctx))
}

// Leave takes a registration out of the directory whose business account is gone: the user and the address by which
// they sign in. ErrRefused when the address changed meanwhile. A mark of it comes first, so that what is left of the
// person is found however this ends.
func (t *Tables) Leave(ctx context.Context, user User, address identity.Entries) error {
	if err := t.markLeaving(ctx, user.Person, t.now(), ""); err != nil {
		return err
	}
	tx := t.transaction().
		Delete(t.remove(userKey(user.Person)).If("attribute_not_exists($) OR $ = ?", pkName, "email", user.Email))
	t.giveUpAddress(tx, address, user.Person)
	return tx.Run(ctx)
}

// GuestLeaves ends a guest's pass in the same way; who is no guest is left alone.
func (t *Tables) GuestLeaves(ctx context.Context, p identity.Person) error {
	_, err := t.guest(ctx, p, true, "4.d.1")
	if err == nil {
		err = t.markLeaving(ctx, p, t.now(), "")
	}
	if err != nil {
		return ignoreAbsent(err)
	}
	return wrap(t.remove(guestKey(p)).Run(ctx))
}

// Clear deletes whatever there is in the partitions of somebody who left, but what lists them; that goes with Forget.
func (t *Tables) Clear(ctx context.Context, p identity.Person) error {
	return t.clear(ctx, p, privacy.Leaving, privacy.Registration)
}

// Forget deletes the rest, too.
func (t *Tables) Forget(ctx context.Context, p identity.Person) error {
	if err := t.clear(ctx, p, privacy.Leaving); err != nil {
		return err
	}
	return t.clear(ctx, p)
}

func (t *Tables) clear(ctx context.Context, p identity.Person, but ...privacy.Item) error {
	for _, store := range personStores {
		if err := t.clearPartition(ctx, store, PersonPartition(p), but...); err != nil {
			return err
		}
	}
	return nil
}

// clearPartition deletes all items of a partition, declared or not and past their deadline or not, but those of some
// shapes.
func (t *Tables) clearPartition(ctx context.Context, store privacy.Store, pk string, but ...privacy.Item) error {
	sortKeys, err := t.sortKeys(ctx, store, pk)
	if err != nil {
		return err
	}
	var keys []key
	for _, sk := range sortKeys {
		if !slices.ContainsFunc(but, func(item privacy.Item) bool { return strings.HasPrefix(sk, item.SortPrefix) }) {
			keys = append(keys, key{pk: pk, sk: sk})
		}
	}
	return t.removeAll(ctx, store, keys)
}

// sortKeys lists what is in a partition, declared or not and past its deadline or not, with every write that was
// answered.
func (t *Tables) sortKeys(ctx context.Context, store privacy.Store, pk string) ([]string, error) {
	var found []dynamo.Item
	err := t.table(store).Get(pkName, pk).Consistent(true).Project(pkName, skName).All(ctx, &found)
	sortKeys := make([]string, len(found))
	for i, raw := range found {
		sortKeys[i] = text(raw[skName])
	}
	return sortKeys, wrap(err)
}

// A Premises is one of a business account's locations with all that leads to what is kept of it.
type Premises struct {
	Location string
	Zone     civil.Zone
	Floors   []string   // none where nothing can be of any day any more
	From     civil.Date // of the days on which there can be something
	Until    civil.Date
}

// Premises lists the locations of an account, the removed ones too, and the hardware ids of all of its sensors.
func (t *Tables) Premises(ctx context.Context, business string) (all []Premises, sensors []string, err error) {
	items, err := t.list(ctx, privacy.Directory, "b#"+business, "", true)
	if err != nil {
		return nil, nil, err
	}
	for _, raw := range items {
		switch item, _ := privacy.ItemAt(privacy.Directory, text(raw[skName])); item.Name {
		case privacy.Location.Name, privacy.RemovedLocation.Name:
			premises, err := t.premises(ctx, idIn(raw, item), raw)
			if err != nil {
				return nil, nil, err
			}
			all = append(all, premises)
		case privacy.Spot.Name:
			var spot Spot
			if err := dynamo.UnmarshalItem(raw, &spot); err != nil {
				return nil, nil, err
			}
			sensors = append(sensors, spot.Sensors...)
		}
	}
	return all, sensors, nil
}

// premises reads what of a location's days is open. Yesterday and tomorrow are among them in any zone.
func (t *Tables) premises(ctx context.Context, id string, raw dynamo.Item) (Premises, error) {
	var location Location
	if err := dynamo.UnmarshalItem(raw, &location); err != nil {
		return Premises{}, err
	}
	today := civil.DateOf(t.now(), civil.UTC)
	found := Premises{Location: id, Zone: location.Zone, From: today.AddDays(-1),
		Until: max(location.LastReserved(today), today).AddDays(1)}
	for floor := range location.Floors {
		found.Floors = append(found.Floors, floor)
	}
	open, err := t.OpenDaysOf(ctx, id)
	if errors.Is(err, ErrAbsent) {
		return found, nil
	}
	if err == nil {
		found.Zone = open.Zone
	}
	if open.OpenFrom != "" {
		found.From = min(found.From, open.OpenFrom)
	}
	for floor, until := range open.Retired {
		found.Floors, found.Until = append(found.Floors, floor), max(found.Until, until)
	}
	for _, floor := range open.Floors {
		if !slices.Contains(found.Floors, floor) {
			found.Floors = append(found.Floors, floor)
		}
	}
	return found, err
}

// clearing is how many partitions are cleared at once.
const clearing = 32

// ClearPremises removes what was reserved, sensed, searched and counted at the locations, and what the sensors said
// last.
func (t *Tables) ClearPremises(ctx context.Context, business string, all []Premises, sensors []string) error {
	var days []string
	figures := []string{business + handledMark}
	for _, at := range all {
		figures = append(figures, business+"#"+at.Location)
		for day := at.From; day <= at.Until; day = day.AddDays(1) {
			days = append(days, locationDay(business, at.Location, day))
			for _, floor := range at.Floors {
				days = append(days, floorDay(business, at.Location, floor, day))
			}
		}
	}
	return errors.Join(
		parallel.Each(ctx, clearing, days, func(ctx context.Context,
			pk string) error {
			return t.clearPartition(ctx, privacy.Agenda, pk)
		}),
		parallel.Each(ctx, clearing, figures, func(ctx context.Context,
			pk string) error {
			return t.clearPartition(ctx, privacy.Insight, pk)
		}),
		parallel.Each(ctx, clearing, sensors, func(ctx context.Context, hardware string) error {
			return t.removeIfOf(ctx, business, soleLive(hardware))
		}))
}

// removeIfOf deletes an item on condition that it is the business account's.
func (t *Tables) removeIfOf(ctx context.Context, business string, k key) error {
	return ignoreRefused(wrap(t.remove(k).If("$ = ?", "business", business).Run(ctx)))
}

// CloseDays ends the days of locations that will never be closed: no figures can be put from here on.
func (t *Tables) CloseDays(ctx context.Context, all []Premises) error {
	keys := make([]key, len(all))
	for i, at := range all {
		keys[i] = openDaysKey(at.Location)
	}
	return t.removeAll(ctx, privacy.Directory, keys)
}

// ClearBusiness removes the sensors, and then all that the business account's own partitions hold.
func (t *Tables) ClearBusiness(ctx context.Context, business string, sensors []string) error {
	err := parallel.Each(ctx, clearing, sensors, func(ctx context.Context, hardware string) error {
		return t.removeIfOf(ctx, business, sensorKey(hardware))
	})
	if err != nil {
		return err
	}
	return errors.Join(t.clearPending(ctx, business), t.clearPartition(ctx, privacy.Agenda, "b#"+business),
		t.clearPartition(ctx, privacy.Directory, "b#"+business), t.clearRoster(ctx, business))
}
