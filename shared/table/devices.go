package table

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A device is allotted to a business account by the operator, who lets it in, before the account can tie it: a
// hardware id stands on a label that anybody can read, and who named it first must not see what it says. One that the
// account has tied is its own as well, as those are that were tied before devices were allotted.
func allottedKey(business, hardware string) key {
	return businessKey(privacy.Allotted, business, hardware)
}

// inOne is how many devices are allotted in one transaction, which takes 100 actions at most.
const inOne = 90

// AllotDevices allots devices to an account; a repeat is the same. ErrAbsent when there is no such account.
func (t *Tables) AllotDevices(ctx context.Context, business string, hardware []string) error {
	row := datedRow{civil.DateOf(t.now(), civil.UTC)}
	for some := range slices.Chunk(hardware, inOne) {
		tx := t.transaction().Check(t.accountExists(business))
		for _, id := range some {
			put, err := t.put(allottedKey(business, id), privacy.Allotted.Stamp(row, privacy.UnderContract.Open()))
			if err != nil {
				return err
			}
			tx.Put(put)
		}
		if err := absentWhenRefused(tx.Run(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// WithdrawDevices takes devices back. What is tied stays tied until the account unties it.
func (t *Tables) WithdrawDevices(ctx context.Context, business string, hardware []string) error {
	var errs []error
	for _, id := range hardware {
		errs = append(errs, wrap(t.remove(allottedKey(business, id)).Run(ctx)))
	}
	return errors.Join(errs...)
}

// AllottedDevices lists those of an account, consistently.
func (t *Tables) AllottedDevices(ctx context.Context, business string) ([]string, error) {
	items, err := t.list(ctx, privacy.Directory, "b#"+business, privacy.Allotted.SortPrefix, true)
	ids := make([]string, len(items))
	for i, item := range items {
		ids[i] = idIn(item, privacy.Allotted)
	}
	return ids, err
}

// Devices are what an account may know before it ties some: where those are that are tied, its own and others', and
// which it may tie.
type Devices struct {
	Tied     map[string]Sensor
	allotted map[string]bool
	business string
}

// May reports whether the account may tie a device: it is its own or allotted to it, and no other account's.
func (d Devices) May(hardware string) bool {
	sensor, tied := d.Tied[hardware]
	return tied && sensor.Business == d.business || !tied && d.allotted[hardware]
}

// DevicesAt reads many devices at once for an account, consistently.
func (t *Tables) DevicesAt(ctx context.Context, business string, hardware []string) (Devices, error) {
	found := Devices{Tied: map[string]Sensor{}, allotted: map[string]bool{}, business: business}
	if len(hardware) == 0 {
		return found, nil
	}
	keys := make([]key, len(hardware), len(hardware)+1)
	for i, id := range hardware {
		keys[i] = sensorKey(id)
	}
	if len(hardware) == 1 { // a file names many: all that are allotted are then read in fewer calls
		keys = append(keys, allottedKey(business, hardware[0]))
	} else {
		ids, err := t.AllottedDevices(ctx, business)
		if err != nil {
			return found, err
		}
		for _, id := range ids {
			found.allotted[id] = true
		}
	}
	raw, err := batch(ctx, t, privacy.Directory, true, keys)
	if err != nil {
		return found, err
	}
	for _, item := range raw {
		if id, allotted := strings.CutPrefix(text(item[skName]), privacy.Allotted.SortPrefix); allotted {
			found.allotted[id] = true
			continue
		}
		sensor, err := sensorOf(item)
		if err != nil {
			return found, err
		}
		found.Tied[sensor.Hardware] = sensor
	}
	return found, nil
}

// TiedSensors reads those of some devices that an account has tied, eventually consistent.
func (t *Tables) TiedSensors(ctx context.Context, business string, hardware []string) ([]Sensor, error) {
	keys := make([]key, len(hardware))
	for i, id := range hardware {
		keys[i] = sensorKey(id)
	}
	raw, err := batch(ctx, t, privacy.Directory, false, keys)
	if err != nil {
		return nil, err
	}
	all, err := decodeAll(raw, sensorOf)
	return slices.DeleteFunc(all, func(s Sensor) bool { return s.Business != business }), err
}

// TiedDevices reads the segment's next page of the directory, at most 1 MB, and moves it on: the devices that are
// tied.
func (t *Tables) TiedDevices(ctx context.Context, s *Segment) ([]Sensor, error) {
	var raw []dynamo.Item
	next, err := t.table(privacy.Directory).Scan().Segment(s.Number, s.Segments).RequestLimit(1).StartFrom(s.from).
		Filter("$ = ?", skName, privacy.Sensor.SortPrefix).AllWithLastEvaluatedKey(ctx, &raw)
	if err != nil {
		return nil, wrap(err)
	}
	s.from, s.Done = next, next == nil
	return decodeAll(raw, sensorOf)
}

func sensorOf(item dynamo.Item) (Sensor, error) {
	return filled(item, Sensor{Hardware: strings.TrimPrefix(text(item[pkName]), privacy.Sensor.SortPrefix+"#")})
}
