package table

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
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
	DayEnds  int64      `dynamo:"ttl"`  // Unix seconds

	Occupied bool  `dynamo:"occupied"`
	Since    int64 `dynamo:"since"`
	Heard    int64 `dynamo:"heard"` // of the latest message that was written down; 0 before the first of the day
	Every    int64 `dynamo:"every"` // seconds after Heard in which a message that says the same is not written down
	Counter  int64 `dynamo:"counter"`
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
// message of the day.
func (t *Tables) LiveSensor(ctx context.Context, hardware string) (LiveSensor, error) {
	live := LiveSensor{Hardware: hardware}
	return live, t.get(ctx, soleLive(hardware), false, &live)
}

// PutLiveSensor writes down what a sensor said, until the day ends; ErrRefused when a later message was before. One
// write unit; with the first of the day one more, for the expiry index.
func (t *Tables) PutLiveSensor(ctx context.Context, live LiveSensor) error {
	put, err := t.put(soleLive(live.Hardware), privacy.LiveSensor.Stamp(live,
		privacy.DayEnd.From(time.Unix(live.DayEnds, 0))))
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
