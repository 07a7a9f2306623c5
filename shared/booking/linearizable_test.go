package booking_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// An operation is one that the test makes; its outcome is what the caller was told.
type operation struct {
	kind, id, spot, user string
	from, to             civil.Quarter
}

// Outcomes. Gone after a lost answer says that it is so now, whoever made it so.
const (
	done    = "done"
	taken   = "taken"
	overlap = "overlap"
	quota   = "quota"
	gone    = "gone"
	maybe   = "gone after a lost answer"
	nothing = "nothing was changed"
)

const dayQuota = 6

// A held reservation in the model, of a spot or of a person.
type held struct {
	from, to civil.Quarter
	state    table.State
}

type sheet map[string]held

func (s sheet) free(id string, from, to civil.Quarter) bool {
	for other, h := range s {
		if other != id && h.state.Holds() && h.from < to && from < h.to {
			return false
		}
	}
	return true
}

func (s sheet) with(id string, h held) sheet {
	next := maps.Clone(s)
	next[id] = h
	return next
}

func (s sheet) without(id string) sheet {
	next := maps.Clone(s)
	delete(next, id)
	return next
}

// model is a sheet as if its operations came one after the other. Refused says whether the sheet itself refuses, since
// a reservation is refused by the spot's sheet or by the person's.
func model(partition func(operation) string, refusal func(s sheet, o operation, outcome string) bool) porcupine.Model {
	return porcupine.Model{
		Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
			parts := map[string][]porcupine.Operation{}
			for _, o := range history {
				name := partition(o.Input.(operation))
				parts[name] = append(parts[name], o)
			}
			return slices.Collect(maps.Values(parts))
		},
		Init:  func() any { return sheet{} },
		Equal: func(a, b any) bool { return maps.Equal(a.(sheet), b.(sheet)) },
		Step: func(state, input, output any) (bool, any) {
			s, o, outcome := state.(sheet), input.(operation), output.(string)
			mine, there := s[o.id]
			switch {
			case outcome == nothing:
				return true, s
			case outcome == taken || outcome == overlap || outcome == quota:
				return refusal(s, o, outcome), s
			case outcome == gone && o.kind == "check in":
				return !there || mine.state != table.Reserved, s
			case outcome == gone:
				return !there || !mine.state.Holds(), s
			case outcome == maybe:
				if next, ok := apply(s, o); ok {
					return true, next
				}
				return true, s
			}
			next, ok := apply(s, o)
			return ok, next
		},
	}
}

// apply is the operation on the sheet, and whether it is possible there.
func apply(s sheet, o operation) (sheet, bool) {
	mine, there := s[o.id]
	switch o.kind {
	case "reserve":
		return s.with(o.id, held{o.from, o.to, table.Reserved}), !there && s.free(o.id, o.from, o.to)
	case "change":
		return s.with(o.id, held{o.from, o.to, mine.state}), there && mine.state.Holds() && s.free(o.id, o.from, o.to)
	case "cancel":
		return s.without(o.id), there && mine.state.Holds()
	case "check in":
		return s.with(o.id, held{mine.from, mine.to, table.CheckedIn}), there && mine.state == table.Reserved
	case "release":
		return s.with(o.id, held{mine.from, mine.to, table.Released}), there && mine.state.Holds()
	}
	return s, false
}

var spotModel = model(func(o operation) string { return o.spot }, func(s sheet, o operation, outcome string) bool {
	return outcome != taken || !s.free(o.id, o.from, o.to)
})

var personModel = model(func(o operation) string { return o.user }, func(s sheet, o operation, outcome string) bool {
	return (outcome != overlap || !s.free(o.id, o.from, o.to)) && (outcome != quota || len(s) >= dayQuota)
})

// A worker makes operations on the reservations of one person, on a database that loses some of the answers.
type worker struct {
	bench
	who   identity.Caller
	calm  *table.Tables
	mine  map[string]operation // by reservation id
	begun time.Time
	out   []porcupine.Operation
	id    int
}

func TestReservationsAreLinearizableBySpotAndByPerson(t *testing.T) {
	const workers, each = 20, 500
	b := office(t, 4, func(l *table.Location) { l.DailyQuota = dayQuota })
	begun, people := time.Now(), b.people(t, 5)
	var wait sync.WaitGroup
	all := make([]*worker, workers)
	for i := range all {
		all[i] = &worker{bench: b, who: people[i%len(people)], calm: b.db.Tables(), mine: map[string]operation{}, begun: begun, id: i}
		wait.Go(func() {
			for range each {
				all[i].step(t)
			}
		})
	}
	wait.Wait()
	var history []porcupine.Operation
	for _, w := range all {
		history = append(history, w.out...)
	}
	require.Len(t, history, workers*each)
	for name, m := range map[string]porcupine.Model{"spot": spotModel, "person": personModel} {
		require.Equal(t, porcupine.Ok, porcupine.CheckOperationsTimeout(m, history, 2*time.Minute), "by %s", name)
	}
	b.sound(t)
}

func (w *worker) step(t *testing.T) {
	o := w.choose()
	start := time.Since(w.begun).Nanoseconds()
	outcome, lost := "", false
	for outcome == "" {
		err := w.perform(t, o, rand.IntN(15) == 0)
		if errors.Is(err, enginetest.ErrFault) {
			lost = true
			continue
		}
		outcome = told(t, err, lost)
	}
	if o.kind == "reserve" && outcome == done {
		w.mine[o.id] = o
	}
	w.out = append(w.out, porcupine.Operation{ClientId: w.id, Input: o, Output: outcome, Call: start, Return: time.Since(w.begun).Nanoseconds()})
}

// choose picks at random: a new reservation, or something with one of the worker's own.
func (w *worker) choose() operation {
	from, _ := civil.QuarterAt(monday.Add(time.Minute).Add(time.Duration(4+rand.IntN(20)) * 15 * time.Minute))
	times := operation{from: from, to: from + 1 + civil.Quarter(rand.IntN(4))}
	if len(w.mine) == 0 || rand.IntN(3) == 0 {
		times.kind, times.spot, times.user = "reserve", w.Desks[rand.IntN(len(w.Desks))], w.who.User
		times.id = secret.ID() // the Idempotency-Key, until the reservation has an id
		return times
	}
	ids := slices.Sorted(maps.Keys(w.mine))
	o := w.mine[ids[rand.IntN(len(ids))]]
	o.kind = []string{"change", "change", "cancel", "check in", "release"}[rand.IntN(5)]
	if o.kind == "change" {
		o.from, o.to = times.from, times.to
	}
	if o.kind == "cancel" || o.kind == "release" {
		delete(w.mine, o.id)
	}
	return o
}

func (w *worker) perform(t *testing.T, o operation, lose bool) error {
	desk := booking.Desk{Tables: w.calm, Now: w.db.Clock.Now}
	if lose {
		desk.Tables = w.db.Faulty(&enginetest.Faults{At: 1 + rand.IntN(3), Done: rand.IntN(2) == 0})
	}
	id := table.ReservationID{Day: "2026-11-23", Location: w.Location.ID, Key: secret.DerivedID("reservation", o.user, o.id, "2026-11-23")}
	zone, err := civil.LoadZone(w.Location.Zone)
	require.NoError(t, err)
	from, to := o.from.Clock(zone), o.to.Clock(zone)
	switch o.kind {
	case "reserve":
		_, err = desk.Reserve(t.Context(), w.who, booking.ReserveInput{Spot: o.spot, Key: o.id,
			Period: booking.Period{Date: "2026-11-23", From: from, To: to}})
	case "change":
		_, err = desk.Change(t.Context(), w.who, booking.ChangeInput{Reservation: id.String(), From: from, To: to})
	case "cancel":
		_, err = desk.Cancel(t.Context(), w.who, booking.OwnInput{Reservation: id.String()})
	default:
		return w.onSheet(t, desk.Tables, o, id.Key)
	}
	return err
}

// onSheet checks in or releases as presence does: it reads the sheet and writes on condition of what it read.
func (w *worker) onSheet(t *testing.T, tables *table.Tables, o operation, key string) error {
	for {
		sheet, err := tables.SpotSheet(t.Context(), w.Place(o.spot), "2026-11-23", true)
		if err != nil {
			return err
		}
		h, there := sheet.Holdings[key]
		if !there || !h.State.Holds() || o.kind == "check in" && h.State != table.Reserved {
			return table.ErrAbsent
		}
		if o.kind == "check in" {
			err = tables.CheckIn(t.Context(), w.Place(o.spot), "2026-11-23", key, h, w.db.Clock.Now())
		} else {
			err = tables.Release(t.Context(), w.who.Person, w.Place(o.spot), "2026-11-23", key, h, w.db.Clock.Now(), table.Released)
		}
		if !errors.Is(err, table.ErrRefused) {
			return err
		}
	}
}

// told is what a caller learns from an answer.
func told(t *testing.T, err error, lost bool) string {
	var p *problem.Error
	switch {
	case err == nil:
		return done
	case errors.Is(err, table.ErrAbsent) && lost:
		return maybe
	case errors.Is(err, table.ErrAbsent):
		return gone
	case !errors.As(err, &p):
		require.NoError(t, err)
	case p.Kind == problem.NotFound && lost:
		return maybe
	case p.Kind == problem.NotFound:
		return gone
	case p.Kind == problem.TooMany:
		return quota
	case p.Kind == problem.Unavailable:
		return nothing
	case p.Kind == problem.Conflict && p.Extra["free_instead"] != nil:
		return taken
	case p.Kind == problem.Conflict && p.Detail == "the reservation has ended and can't be changed":
		return gone
	case p.Kind == problem.Conflict && p.Detail == "the reservation has ended and can't be cancelled":
		return gone
	}
	require.Equal(t, problem.Conflict, p.Kind, fmt.Sprint(p))
	return overlap
}
