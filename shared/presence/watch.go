package presence

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/bus"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

// A Watch does what is due on all floors. Two may run at once: each write is conditional.
type Watch struct {
	Tables *table.Tables
	Bus    bus.Publisher
	Now    func() time.Time
	// Report is given the numbers of a round: asked, no-show, vacated, arrive. It may be nil.
	Report  func(counts map[string]int)
	Metrics io.Writer // where RollCall writes
}

// floorsAtOnce bounds how many floors are looked at side by side.
const floorsAtOnce = 8

// Starts says what starts the watch: the minute.
func (w Watch) Starts() trigger.Starts { return trigger.OnSchedule(w.Round, w.RollCall) }

// Round looks once at today's sheets of every floor of every location: per floor one Query, per location one read.
// What fails at one floor doesn't keep the others waiting; the errors come together at the end.
func (w Watch) Round(ctx context.Context) error {
	open, err := w.Tables.OpenLocations(ctx)
	if err != nil {
		return err
	}
	var floors []watchedFloor
	var unread error
	for _, location := range open {
		watched, err := w.floors(ctx, location)
		floors, unread = append(floors, watched...), errors.Join(unread, err)
	}
	var mu sync.Mutex
	counts := map[string]int{}
	err = parallel.Each(ctx, floorsAtOnce, floors, func(ctx context.Context, floor watchedFloor) error {
		done, err := floor.round(ctx)
		mu.Lock()
		defer mu.Unlock()
		for kind, n := range done {
			counts[kind] += n
		}
		return err
	})
	if w.Report != nil && len(counts) > 0 {
		w.Report(counts)
	}
	return errors.Join(unread, err)
}

// A watchedFloor is a floor on its location's today.
type watchedFloor struct {
	Watch
	business, location, floor string
	settings                  Settings
	day                       civil.Date
	begins, ends, now         time.Time // of the day; of the round
}

func (w Watch) floors(ctx context.Context, open table.OpenDays) ([]watchedFloor, error) {
	location, err := w.Tables.Location(ctx, open.Business, open.Location)
	if errors.Is(err, table.ErrAbsent) {
		return nil, nil // it is being removed
	}
	if err != nil {
		return nil, err
	}
	now := w.Now()
	day := civil.DateOf(now, location.Zone)
	var floors []watchedFloor
	for _, floor := range open.Floors {
		floors = append(floors, watchedFloor{Watch: w, business: open.Business, location: open.Location, floor: floor,
			settings: SettingsOf(location), day: day, begins: day.Start(location.Zone),
			ends: day.End(location.Zone), now: now})
	}
	return floors, nil
}

func (f watchedFloor) round(ctx context.Context) (map[string]int, error) {
	sheets, err := f.Tables.FloorDay(ctx, f.business, f.location, f.floor, f.day)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	var failed []error
	for _, sheet := range sheets {
		failed = append(failed, f.carryOver(ctx, sheet))
		if len(Due(sheet, Known{}, f.settings, f.now)) == 0 {
			continue
		}
		failed = append(failed, f.settle(ctx, sheet.Spot, counts))
	}
	return counts, errors.Join(failed...)
}

// carryOver looks for stays that go on after midnight.
func (f watchedFloor) carryOver(ctx context.Context, sheet table.SpotSheet) error {
	for _, e := range entries(sheet) {
		if e.State == table.CheckedIn {
			if err := carryOver(ctx, f.Tables, f.place(sheet.Spot), f.day, f.ends, f.now, e.Holding,
				false); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f watchedFloor) place(spot string) table.Place {
	return table.Place{Business: f.business, Location: f.location, Floor: f.floor, Spot: spot}
}

// settle checks one spot again, now with all facts, and does what is due there.
func (f watchedFloor) settle(ctx context.Context, spot string, counts map[string]int) error {
	place := f.place(spot)
	sheet, err := f.Tables.SpotSheetNow(ctx, place, f.day)
	if err != nil {
		return err
	}
	known, err := f.look(ctx, place, sheet)
	if err != nil {
		return err
	}
	for _, action := range Due(sheet, known, f.settings, f.now) {
		switch err := f.do(ctx, place, action); {
		case err == nil:
			counts[string(action.Kind)]++
		case !errors.Is(err, table.ErrRefused): // refused: somebody was faster, and the next round looks again
			return err
		}
	}
	return nil
}

// look finds out which sensors the spot has, and which of those concerned object to them.
func (f watchedFloor) look(ctx context.Context, place table.Place, sheet table.SpotSheet) (Known, error) {
	known := Known{Looked: true, Objecting: map[string]bool{}}
	spot, err := f.Tables.Spot(ctx, place.Business, place.Spot)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return known, err
	}
	known.Sensors = spot.Sensors
	for _, action := range Due(sheet, Known{Looked: true, Sensors: spot.Sensors}, f.settings, f.now) {
		if action.Kind == Miss || action.Kind == Ask {
			continue
		}
		known.Objecting[action.Held.User], err = f.Tables.ObjectsTo(ctx, person(place, action.Held), Objections...)
		if err != nil {
			return known, err
		}
	}
	return known, nil
}

// do ends a stay over midnight as a whole. Cut off before that, the morning is a no-show or left by itself.
func (f watchedFloor) do(ctx context.Context, place table.Place, a Action) error {
	if a.Kind == Arrive {
		if err := f.Tables.CheckIn(ctx, place, f.day, a.Reservation, a.Held, a.At); err != nil {
			return err
		}
		return carryOver(ctx, f.Tables, place, f.day, f.ends, f.now, a.Held, false)
	}
	if a.Kind == Ask {
		return f.ask(ctx, place, a)
	}
	end := table.Released
	if a.Kind == Miss {
		end = table.NoShow
	}
	if err := f.Tables.Release(ctx, person(place, a.Held), place, f.day, a.Reservation, a.Held, a.At, end,
		a.Vacant...); err != nil {
		return err
	}
	return endStay(ctx, f.Tables, place, f.day, f.ends, a.Held)
}

// ask lets the person be asked by mail, and notes it after that: cut off in between it is published once more, and
// mailed once.
func (f watchedFloor) ask(ctx context.Context, place table.Place, a Action) error {
	due := events.MailDue{Business: place.Business, User: a.Held.User, About: events.AboutArrival,
		Reservation: a.Reservation}
	if err := f.Bus.Publish(ctx, events.MailDueType, due); err != nil {
		return err
	}
	return f.Tables.Ask(ctx, place, f.day, a.Reservation, a.Held, a.At)
}

func person(place table.Place, held table.Holding) identity.Person {
	return identity.Person{Business: place.Business, User: held.User}
}
