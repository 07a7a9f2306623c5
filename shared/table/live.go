package table

import (
	"context"
	"errors"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A LiveSensor is what one sensor last said today, found by its hardware id alone, together with all that the next
// message needs: to see that a message changes nothing takes this one read.
type LiveSensor struct {
	Hardware string     `dynamo:"-"`
	Business string     `dynamo:"business"`
	Location string     `dynamo:"location"`
	Floor    string     `dynamo:"floor"`
	Spot     string     `dynamo:"spot"`
	Model    string     `dynamo:"model"`
	Date     civil.Date `dynamo:"date"` // of the day it belongs to
	DayEnds  int64      `dynamo:"ends"` // Unix seconds

	Occupied bool  `dynamo:"occupied"`
	Since    int64 `dynamo:"since"`
	Heard    int64 `dynamo:"heard"` // of the latest message that was written down; 0 before the first of the day
	Every    int64 `dynamo:"every"` // seconds after Heard in which a message that says the same is not written down
	Counter  int64 `dynamo:"counter"`
	Battery  *int  `dynamo:"battery,omitempty"` // as its tied Sensor has it

	HeardOn civil.Date `dynamo:"-"` // as its tied Sensor has it
}

// LettingGo is the time before a day ends over which the sensors' last words expire, each at a moment of its own: the
// minute after the day's end has enough to remove that must stay until then. What a sensor says from its moment on is
// on its spot's sheet alone.
const LettingGo = 15 * time.Minute

// settled is how long before it goes a last word is used no more, so that the sweep has seen it coming.
const settled = clock.Ahead + 3*time.Minute

// goes is when the item has to be gone.
func (l LiveSensor) goes() time.Time {
	h := fnv.New32a()
	h.Write([]byte(l.Hardware))
	early := int64(h.Sum32()) % int64(LettingGo/time.Second)
	return time.Unix(l.DayEnds-early, 0)
}

// Kept reports whether a sensor's last word is kept by itself at an instant, or is on its spot's sheet alone.
func (l LiveSensor) Kept(now time.Time) bool { return now.Before(l.goes().Add(-settled)) }

// As is the sensor with what a sheet holds of it.
func (l LiveSensor) As(said Occupancy) LiveSensor {
	l.Occupied, l.Since, l.Heard, l.Every, l.Counter = said.Occupied, said.Since, said.Heard, said.Every, said.Counter
	return l
}

// Place is the spot that the sensor watches.
func (l LiveSensor) Place() Place {
	return Place{Business: l.Business, Location: l.Location, Floor: l.Floor, Spot: l.Spot}
}

// Occupancy is what the spot's sheet holds of it.
func (l LiveSensor) Occupancy() Occupancy {
	return Occupancy{Occupied: l.Occupied, Since: l.Since, Heard: l.Heard, Every: l.Every, Counter: l.Counter}
}

// LiveSensor reads what a sensor last said today, eventually consistent: half a read unit. ErrAbsent before its first
// message of the day, when it is not Kept any more, and for what the version before wrote, which didn't say until when.
func (t *Tables) LiveSensor(ctx context.Context, hardware string) (LiveSensor, error) {
	live := LiveSensor{Hardware: hardware}
	if err := t.get(ctx, soleLive(hardware), false, &live); err != nil {
		return live, err
	}
	if !live.Kept(t.now()) {
		return live, ErrAbsent
	}
	live.HeardOn = live.Date // which is written down before the first of its words is
	return live, nil
}

// LiveSensors reads what many sensors said last, eventually consistent, by their hardware ids. Those are missing that
// said nothing yet today, or whose words are no longer Kept.
func (t *Tables) LiveSensors(ctx context.Context, hardware []string) (map[string]LiveSensor, error) {
	keys := make([]key, len(hardware))
	for i, id := range hardware {
		keys[i] = soleLive(id)
	}
	raw, err := batch(ctx, t, privacy.Agenda, false, keys)
	found := map[string]LiveSensor{}
	for _, item := range raw {
		id := strings.TrimPrefix(text(item[pkName]), privacy.Sensor.SortPrefix+"#")
		live, fault := filled(item, LiveSensor{Hardware: id})
		if err = errors.Join(err, fault); live.Kept(t.now()) {
			found[id] = live
		}
	}
	return found, err
}

// NoteHeard writes down at a tied sensor the day on which it was heard last and its battery, where it told it: one
// write unit, once a day and when the battery has changed. It does nothing for one that was untied or moved.
func (t *Tables) NoteHeard(ctx context.Context, live LiveSensor) error {
	u := t.update(sensorKey(live.Hardware)).set("heard_on", live.HeardOn).
		when("$ = ? AND $ = ?", "business", live.Business, "spot", live.Spot)
	if live.Battery != nil {
		u.set("battery", *live.Battery)
	}
	return ignoreRefused(u.run(ctx))
}

// PutLiveSensor writes down what a sensor said, which must be Kept; ErrRefused when a later message was before. One
// write unit; with the first of the day one more, for the expiry index.
func (t *Tables) PutLiveSensor(ctx context.Context, live LiveSensor) error {
	put, err := t.put(soleLive(live.Hardware), privacy.LiveSensor.Stamp(live, privacy.DayEnd.From(live.goes())))
	if err != nil {
		return err
	}
	return wrap(put.If("attribute_not_exists($) OR $ < ? OR ($ = ? AND $ <= ?)",
		"heard", "heard", live.Heard, "heard", live.Heard, "counter", live.Counter).Run(ctx))
}

// ObjectsTo tells whether a user or a guest objects to one of these (7.object), with every write that was answered
// before; and it is true for a person who is neither any more.
func (t *Tables) ObjectsTo(ctx context.Context, p identity.Person, things ...string) (bool, error) {
	var person struct {
		Objections []string `dynamo:"objections"`
	}
	err := t.get(ctx, userKey(p), true, &person, "7.object")
	if errors.Is(err, ErrAbsent) {
		err = t.get(ctx, guestKey(p), true, &person, "7.object")
	}
	if err != nil {
		return errors.Is(err, ErrAbsent), ignoreAbsent(err)
	}
	return slices.ContainsFunc(person.Objections, func(o string) bool { return slices.Contains(things, o) }), nil
}

func ignoreAbsent(err error) error {
	if errors.Is(err, ErrAbsent) {
		return nil
	}
	return err
}
