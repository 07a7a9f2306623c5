package presence

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/metric"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/sensor"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

const (
	// Ahead is how far a sensor's clock may be ahead of ours.
	Ahead = 5 * time.Minute
	// prompt is how soon a message arrives when nothing delays it.
	prompt = 30 * time.Second
)

// HeardEvery is how often a sensor of a model that repeats itself is written down as heard at a location. A repeated
// message within that time of the last one written costs one read of half a unit and nothing else.
func HeardEvery(model sensor.Model, at Settings) time.Duration {
	return table.HeardEvery(model.Silence(at.Silent))
}

// An Outcome is what became of a message.
type Outcome string

// The outcomes.
const (
	Changed     Outcome = "changed"    // presence changed
	Heard       Outcome = "heard"      // the same as before, written down as heard
	Unchanged   Outcome = "unchanged"  // the same as before, and nothing was written
	Late        Outcome = "late"       // a later message was there before, or this very one
	PastDay     Outcome = "past_day"   // about a day that has ended: discarded (4.d.4)
	Quarantined Outcome = "unreadable" // see Quarantine
)

// CountOutcomes counts the unusual outcomes only: a log line for each message would cost more than the message.
func CountOutcomes(to io.Writer, now func() time.Time) func(Outcome) {
	return func(outcome Outcome) {
		switch outcome {
		case Late, PastDay, Quarantined:
			metric.Happened(to, now(), "reading_"+string(outcome))
		}
	}
}

// Quarantine keeps notes about messages that could not be used, for a person to look at.
type Quarantine interface {
	// Put keeps a note; an error means that it was not kept.
	Put(ctx context.Context, note events.Quarantined) error
}

// A Listener takes what sensors say.
type Listener struct {
	Tables     *table.Tables
	Quarantine Quarantine
	Now        func() time.Time
	// Report is given the outcome of each message. It may be nil.
	Report func(Outcome)
}

// Starts says what starts the listening: the queue of readings.
func (l Listener) Starts() trigger.Starts { return trigger.Queue(l.Take) }

// Take handles one message of the queue of readings, an events.Delivery. After an error it can be delivered again:
// what was already done is then the same write. A message that can't be read, or is of an unknown sensor, is put aside
// and gives no error; neither does one that fails at its last delivery, since the queue would then keep the whole
// message elsewhere. A message about a past day is discarded. Messages may come twice, late and in any order.
func (l Listener) Take(ctx context.Context, body []byte, last bool) error {
	var about events.Quarantined
	outcome, err := l.take(ctx, body, &about)
	var unreadable *sensor.Unreadable
	switch {
	case errors.As(err, &unreadable):
		about.Reason = unreadable.Reason
	case err != nil && last:
		report.Fault(ctx, "reading", "", err)
		about.Reason = "it failed each time that it was tried: " + report.Class(err)
	}
	if about.Reason != "" {
		outcome, err = Quarantined, l.Quarantine.Put(ctx, about)
	}
	if err == nil && l.Report != nil {
		l.Report(outcome)
	}
	return err
}

// take handles a message and notes in about what it learns of it.
func (l Listener) take(ctx context.Context, body []byte, about *events.Quarantined) (Outcome, error) {
	now := l.Now().Truncate(time.Second)
	message, err := opened(body, about, now)
	if err != nil {
		return "", err
	}
	live, begins, err := l.live(ctx, message.Hardware, now)
	if err != nil {
		return "", err
	}
	about.Model = live.Model
	reading, err := message.Read(sensor.Model(live.Model))
	if err != nil {
		return "", err
	}
	if reading.At.After(now.Add(Ahead)) {
		return "", &sensor.Unreadable{Reason: "the message is dated in the future"}
	}
	reading.At = earliest(reading.At, now)
	if reading.At.Before(begins) {
		return PastDay, nil
	}
	if live, err = l.note(ctx, live, reading, now); err != nil {
		return "", err
	}
	next, outcome := Next(live, reading, begins, now)
	if outcome != Changed && outcome != Heard {
		return outcome, nil
	}
	return l.write(ctx, next, outcome)
}

// opened is a message as far as it can be read before its sensor is known.
func opened(body []byte, about *events.Quarantined, now time.Time) (sensor.Message, error) {
	var delivery events.Delivery
	if err := json.Unmarshal(body, &delivery); err != nil {
		return sensor.Message{}, &sensor.Unreadable{Reason: "not a message of the topic rules"}
	}
	received := now
	if delivery.Received > 0 {
		received = time.UnixMilli(delivery.Received).UTC()
	}
	about.Topic, about.Received, about.Bytes = delivery.Topic, delivery.Received, len(delivery.Payload)
	message, err := sensor.Open(delivery.Topic, delivery.Payload, received)
	about.Hardware = message.Hardware
	return message, err
}

// batteryStep is by how many per cent a battery must differ from what is written down to be written down anew: one
// that wavers by a few costs nothing.
const batteryStep = 5

// note writes down for who looks after the sensors that this one was heard today, and how its battery is. Of the time
// no more is kept than the day: when it was heard could tell when somebody came.
func (l Listener) note(ctx context.Context, live table.LiveSensor, r sensor.Reading,
	now time.Time) (table.LiveSensor, error) {
	charged := r.Battery != nil && (live.Battery == nil ||
		max(*r.Battery-*live.Battery, *live.Battery-*r.Battery) >= batteryStep)
	if live.HeardOn == live.Date && !charged {
		return live, nil
	}
	live.HeardOn = live.Date
	if charged {
		live.Battery = r.Battery
	}
	if err := l.Tables.NoteHeard(ctx, live); err != nil || live.Heard == 0 || !live.Kept(now) {
		return live, err
	}
	err := l.Tables.PutLiveSensor(ctx, live) // so that the next message knows
	if errors.Is(err, table.ErrRefused) {
		err = nil
	}
	return live, err
}

// live is what the sensor said last today, for one read of half a unit; before its first message of the day, what it
// is tied to, with the instant at which the day began. At the day's end that takes a look at the spot's sheet.
func (l Listener) live(ctx context.Context, hardware string,
	now time.Time) (live table.LiveSensor, begins time.Time, err error) {
	live, err = l.Tables.LiveSensor(ctx, hardware)
	if !errors.Is(err, table.ErrAbsent) {
		return live, begins, err
	}
	tied, err := l.Tables.Sensor(ctx, hardware)
	if errors.Is(err, table.ErrAbsent) {
		return live, begins, &sensor.Unreadable{Reason: "no such sensor is registered"}
	}
	if err != nil {
		return live, begins, err
	}
	location, err := l.Tables.Location(ctx, tied.Business, tied.Location)
	if errors.Is(err, table.ErrAbsent) {
		return live, begins, &sensor.Unreadable{Reason: "the sensor's location is not there any more"}
	}
	if err != nil {
		return live, begins, err
	}
	today := civil.DateOf(now, location.Zone)
	begins = today.Start(location.Zone)
	live = table.LiveSensor{Hardware: hardware, Model: tied.Model,
		Business: tied.Business, Location: tied.Location, Floor: tied.Floor, Spot: tied.Spot,
		HeardOn: tied.HeardOn, Battery: tied.Battery, Date: today, DayEnds: today.End(location.Zone).Unix(),
		Every: int64(HeardEvery(sensor.Model(tied.Model), SettingsOf(location)).Seconds())}
	if live.Kept(now) {
		return live, begins, nil
	}
	sheet, err := l.Tables.SpotSheet(ctx, live.Place(), today)
	if said, ok := sheet.Occupancy[hardware]; ok {
		live = live.As(said)
	}
	return live, begins, err
}

// Next is a sensor's state after a reading, and whether it must be written: Changed or Heard. Begins is when the day
// began, or zero when the sensor was heard today.
//
// Order is by the reading's time and then its counter. One that says the same within live.Every is not written, so
// nothing shows that it overtook an older one. Where 9:00 "occupied" is written, 9:02 "occupied" is not; should 9:01
// "vacant" come after it, 9:00 is all that it is compared with. So a "vacant" that is no longer new when it comes is
// not believed: nobody loses their spot by it, and the sensor's next message tells.
func Next(live table.LiveSensor, r sensor.Reading, begins, now time.Time) (table.LiveSensor, Outcome) {
	first := live.Heard == 0
	heard := time.Unix(live.Heard, 0).UTC()
	unwritten := r.At.Before(heard.Add(time.Duration(live.Every) * time.Second)) // the same is not written down
	switch {
	case !first && !after(r, live):
		return live, Late
	case first && r.Occupied == nil:
		return live, Unchanged // it is alive, and whether the spot is free stays unknown
	}
	occupied := live.Occupied
	if r.Occupied != nil {
		occupied = *r.Occupied
	}
	next := live
	next.Heard, next.Counter = r.At.Unix(), r.Counter
	if !first && occupied == live.Occupied {
		if unwritten {
			return live, Unchanged
		}
		return next, Heard
	}
	if !first && !occupied && unwritten && now.Sub(r.At) > prompt {
		return live, Late
	}
	if first {
		heard = begins
	}
	next.Occupied = occupied
	// It can't have been so when the sensor said otherwise, or on another day.
	next.Since = latest(r.Since, heard).Unix()
	return next, Changed
}

func after(r sensor.Reading, live table.LiveSensor) bool {
	return r.At.Unix() > live.Heard || r.At.Unix() == live.Heard && r.Counter > live.Counter
}

// write puts what the sensor says on the spot's sheet, with the check-in that follows from it, and then down as what
// the sensor said last. Where the process ends between the two, the message's next delivery repeats the first write
// as it was and makes the second: two write units together.
func (l Listener) write(ctx context.Context, next table.LiveSensor, outcome Outcome) (Outcome, error) {
	again := false
	return table.RetryFor(func() (Outcome, error) {
		arrival, later, err := l.arrival(ctx, next, again)
		again = true
		if err != nil {
			return "", err
		}
		if later {
			return Late, nil
		}
		err = l.Tables.Sense(ctx, next.Place(), next.Date, time.Unix(next.DayEnds, 0), next.Hardware,
			next.Occupancy(), arrival)
		if err != nil {
			return "", err
		}
		if arrival != nil {
			if err := carryOver(ctx, l.Tables, next.Place(), next.Date, time.Unix(next.DayEnds, 0), l.Now(),
				arrival.Held, false); err != nil {
				return "", err
			}
		}
		if next.Kept(l.Now()) {
			err = l.Tables.PutLiveSensor(ctx, next)
		}
		if err != nil && !errors.Is(err, table.ErrRefused) {
			return "", err
		}
		return outcome, nil
	})
}

// arrival reads the sheet for the reservation that is checked in by somebody sitting down, and again for what stood
// in the way of a write that was refused. Later is true when that was a later message of the same sensor.
func (l Listener) arrival(ctx context.Context, next table.LiveSensor,
	again bool) (a *table.Arrival, later bool, err error) {
	if !next.Occupied && !again {
		return nil, false, nil
	}
	read := l.Tables.SpotSheet
	if again {
		read = l.Tables.SpotSheetNow
	}
	sheet, err := read(ctx, next.Place(), next.Date)
	if err != nil {
		return nil, false, err
	}
	if said, ok := sheet.Occupancy[next.Hardware]; ok && again {
		later = said.Heard > next.Heard || said.Heard == next.Heard && said.Counter > next.Counter
	}
	e, ok := arriving(sheet, time.Unix(next.Heard, 0))
	if later || !ok || !next.Occupied {
		return nil, later, nil
	}
	objects, err := l.Tables.ObjectsTo(ctx, person(next.Place(), e.Holding), Objections...)
	if err != nil || objects {
		return nil, false, err
	}
	return &table.Arrival{ID: e.id, Held: e.Holding, At: time.Unix(next.Heard, 0)}, false, nil
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
