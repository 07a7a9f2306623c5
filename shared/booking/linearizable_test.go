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

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// An operation is one that the test makes; its outcome is what the caller was told. A change may go to another spot.
type operation struct {
	kind, id, spot, user string
	goes                 string // the spot that a change goes to, "" where it stays
	pooled               bool   // of a reservation that all workers of its person work on
	from, to             civil.Quarter
}

// Outcomes. Gone after a lost answer says that it is so now, whoever made it so.
const (
	done    = "done"
	taken   = "taken"
	overlap = "overlap"
	quota   = "quota"
	early   = "too early"
	stays   = "checked in, so its spot and its beginning stay"
	ended   = "ended"
	gone    = "gone"
	maybe   = "gone after a lost answer"
)

const dayQuota = 8

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

// model is a sheet as if its operations came one after the other. Views are the sheets that an operation is seen on,
// and as what. Refusal says whether the sheet itself refuses, since a reservation is refused by the spot's sheet or
// by the person's.
func model(views func(operation) map[string]operation,
	refusal func(s sheet, o operation, outcome string) bool) porcupine.Model {
	return porcupine.Model{
		Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
			parts := map[string][]porcupine.Operation{}
			for _, o := range history {
				for name, seen := range views(o.Input.(operation)) {
					o.Input = seen
					parts[name] = append(parts[name], o)
				}
			}
			return slices.Collect(maps.Values(parts))
		},
		Init:  func() any { return sheet{} },
		Equal: func(a, b any) bool { return maps.Equal(a.(sheet), b.(sheet)) },
		Step: func(state, input, output any) (bool, any) {
			s, o, outcome := state.(sheet), input.(operation), output.(string)
			switch outcome {
			case taken, overlap, quota:
				return refusal(s, o, outcome), s
			case early, stays, ended, gone:
				return s.explains(o, outcome), s
			case maybe:
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

// explains tells whether a reservation is so that it refuses: what arrives is not there yet, and its old sheet says
// why.
func (s sheet) explains(o operation, outcome string) bool {
	mine, there := s[o.id]
	switch {
	case o.kind == "arrive":
		return true
	case outcome == gone:
		return !there
	case outcome == ended:
		return there && !mine.state.Holds()
	case outcome == stays:
		return there && mine.state == table.CheckedIn
	case o.kind == "check in":
		return there && mine.state == table.Reserved && mine.from.Time().Sub(monday) > presence.Early
	}
	return there && mine.state == table.Reserved && mine.from.Time().After(monday) // a release
}

// apply is the operation on the sheet, and whether it is possible there. Checking in again and releasing again change
// nothing; retracting takes a check-in back, and all of what was released.
func apply(s sheet, o operation) (sheet, bool) {
	mine, there := s[o.id]
	switch o.kind {
	case "reserve", "arrive":
		return s.with(o.id, held{o.from, o.to, table.Reserved}), !there && s.free(o.id, o.from, o.to)
	case "change":
		return s.with(o.id, held{o.from, o.to, mine.state}), there && s.free(o.id, o.from, o.to) &&
			(mine.state == table.Reserved || mine.state == table.CheckedIn && o.goes == "" && o.from == mine.from)
	case "leave":
		return s.without(o.id), there && mine.state == table.Reserved
	case "cancel":
		return s.without(o.id), there && mine.state.Holds()
	case "check in":
		return s.with(o.id, held{mine.from, mine.to, table.CheckedIn}), there && mine.state.Holds()
	case "release":
		return s.with(o.id, held{mine.from, mine.to, table.Released}), there && !s.explains(o, early)
	case "retract":
		if mine.state.Holds() {
			return s.with(o.id, held{mine.from, mine.to, table.Reserved}), there
		}
		return s.without(o.id), there
	}
	return s, false
}

// A move is two operations at the same time, one on each spot.
var spotModel = model(func(o operation) map[string]operation {
	if o.goes == "" {
		return map[string]operation{o.spot: o}
	}
	leaves, arrives := o, o
	leaves.kind, arrives.kind = "leave", "arrive"
	return map[string]operation{o.spot: leaves, o.goes: arrives}
}, func(s sheet, o operation, outcome string) bool {
	return outcome != taken || o.kind == "leave" || !s.free(o.id, o.from, o.to)
})

var personModel = model(func(o operation) map[string]operation { return map[string]operation{o.user: o} },
	func(s sheet, o operation, outcome string) bool {
		return (outcome != overlap || !s.free(o.id, o.from, o.to)) && (outcome != quota || len(s) >= dayQuota)
	})

// A worker makes operations on the reservations of one person, on a database that loses some of the answers. Those of
// its own may move to another spot, and it takes what it did not hear the answer of again; those in the pool are
// worked on by all workers of the person at once, so they stay at their spot and no answer about them is lost: it
// could not be known otherwise which spot's sheet an operation was on, or whose repeat it was.
type worker struct {
	bench
	who   identity.Caller
	calm  *table.Tables
	mine  map[string]operation // by reservation id
	pool  *pool
	begun time.Time
	out   []porcupine.Operation
	id    int
}

type pool struct {
	mu  sync.Mutex
	all map[string]operation
}

const mostPooled = 3

// put takes a reservation in, if there is room.
func (p *pool) put(o operation) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.all) == mostPooled {
		return false
	}
	o.pooled = true
	p.all[o.id] = o
	return true
}

func (p *pool) drop(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.all, id)
}

func (p *pool) some() (operation, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return some(p.all)
}

// some is any of the reservations, if there is one.
func some(all map[string]operation) (operation, bool) {
	if len(all) == 0 {
		return operation{}, false
	}
	ids := slices.Sorted(maps.Keys(all))
	return all[ids[rand.IntN(len(ids))]], true
}

func TestReservationsAreLinearizableBySpotAndByPerson(t *testing.T) {
	const workers, each = 20, 500
	b := office(t, 4, func(l *table.Location) { l.DailyQuota = dayQuota })
	begun, people := time.Now(), b.people(t, 5)
	var wait sync.WaitGroup
	all, pools := make([]*worker, workers), make([]pool, len(people))
	for i := range all {
		of := i % len(people)
		pools[of].all = map[string]operation{}
		all[i] = &worker{bench: b, who: people[of], calm: b.db.Tables(), mine: map[string]operation{},
			pool: &pools[of], begun: begun, id: i}
	}
	for i := range all {
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
	requireEach(t, history)
	for name, m := range map[string]porcupine.Model{"spot": spotModel, "person": personModel} {
		require.Equal(t, porcupine.Ok, porcupine.CheckOperationsTimeout(m, history, 2*time.Minute), "by %s", name)
	}
	b.sound(t)
}

// requireEach wants each kind of operation to have been done now and then, so that the histories say something of it.
func requireEach(t *testing.T, history []porcupine.Operation) {
	t.Helper()
	times := map[string]int{}
	for _, one := range history {
		o := one.Input.(operation)
		if one.Output == done && o.goes != "" {
			o.kind = "move"
		}
		times[o.kind+" "+one.Output.(string)]++
	}
	for _, what := range []string{"reserve done", "reserve taken", "change done", "move done", "cancel done",
		"check in done", "release done", "retract done"} {
		require.GreaterOrEqual(t, times[what], 10, "%s: %v", what, times)
	}
}

func (w *worker) step(t *testing.T) {
	o := w.choose()
	start := time.Since(w.begun).Nanoseconds()
	outcome, lost := "", false
	for outcome == "" {
		err := w.perform(t, o, !o.pooled && rand.IntN(15) == 0)
		if errors.Is(err, enginetest.ErrFault) {
			lost = true
			continue
		}
		outcome = told(t, err, lost)
	}
	if o.kind == "reserve" && outcome == done && (rand.IntN(2) == 0 || !w.pool.put(o)) {
		w.mine[o.id] = o
	}
	if o.goes != "" && outcome == done {
		moved := o
		moved.spot = o.goes
		w.mine[o.id] = moved
	}
	if o.kind == "cancel" && outcome == done || outcome == gone || outcome == maybe {
		delete(w.mine, o.id)
		w.pool.drop(o.id)
	}
	w.out = append(w.out, porcupine.Operation{ClientId: w.id, Input: o, Output: outcome, Call: start,
		Return: time.Since(w.begun).Nanoseconds()})
}

// choose picks at random: a new reservation, or something with one of the worker's own or of the pool.
func (w *worker) choose() operation {
	running := civil.QuarterOf(monday)
	from := running + civil.Quarter(rand.IntN(20))
	if rand.IntN(3) == 0 { // one that has begun, or can be checked in
		from = running + civil.Quarter(rand.IntN(2))
	}
	times := operation{from: from, to: from + 1 + civil.Quarter(rand.IntN(2))}
	o, found := some(w.mine)
	if pooled, any := w.pool.some(); any && (!found || rand.IntN(2) == 0) {
		o, found = pooled, true
	}
	if !found || len(w.mine) < 2 && rand.IntN(3) == 0 {
		times.kind, times.spot, times.user = "reserve", w.Desks[rand.IntN(len(w.Desks))], w.who.User
		times.id = secret.ID() // the Idempotency-Key, until the reservation has an id
		return times
	}
	o.goes = ""
	o.kind = []string{"change", "change", "cancel", "check in", "release", "retract"}[rand.IntN(6)]
	if o.kind == "change" {
		o.from, o.to = times.from, times.to
		if spot := w.Desks[rand.IntN(len(w.Desks))]; !o.pooled && spot != o.spot && rand.IntN(2) == 0 {
			o.goes = spot
		}
	}
	return o
}

func (w *worker) perform(t *testing.T, o operation, lose bool) error {
	tables := w.calm
	if lose {
		tables = w.db.Faulty(&enginetest.Faults{At: 1 + rand.IntN(4), Done: rand.IntN(2) == 0})
	}
	desk, door := booking.Bookings{Tables: tables, Now: w.db.Clock.Now},
		presence.CheckIns{Tables: tables, Now: w.db.Clock.Now}
	id := table.ReservationID{Day: "2026-11-23", Location: w.Location.ID,
		Key: secret.DerivedID("reservation", o.user, o.id, "2026-11-23")}.String()
	from, to := o.from.Clock(w.Location.Zone), o.to.Clock(w.Location.Zone)
	var err error
	switch o.kind {
	case "reserve":
		_, err = desk.Reserve(t.Context(), w.who, booking.ReserveInput{Spot: o.spot, Key: o.id,
			Period: booking.Period{Date: "2026-11-23", From: from, To: to}})
	case "change":
		_, err = desk.Change(t.Context(), w.who, booking.ChangeInput{Reservation: id, Spot: o.goes, From: from,
			To: to})
	case "cancel":
		_, err = desk.Cancel(t.Context(), w.who, booking.OwnInput{Reservation: id})
	case "check in":
		_, err = door.CheckIn(t.Context(), w.who, presence.OwnInput{Reservation: id})
	case "release":
		_, err = door.Release(t.Context(), w.who, presence.OwnInput{Reservation: id})
	case "retract":
		_, err = door.Retract(t.Context(), w.who, presence.OwnInput{Reservation: id})
	}
	return err
}

// told is what a caller learns from an answer; one who is asked to try later does so.
func told(t *testing.T, err error, lost bool) string {
	if err == nil {
		return done
	}
	var p *problem.Error
	require.ErrorAs(t, err, &p)
	switch {
	case p.Kind == problem.NotFound && lost:
		return maybe
	case p.Kind == problem.NotFound:
		return gone
	case p.Kind == problem.TooMany:
		return quota
	case p.Kind == problem.Unavailable:
		return ""
	case p.Kind == problem.Conflict && p.Extra["free_instead"] != nil:
		return taken
	}
	if outcome, known := said[p.Detail]; known {
		return outcome
	}
	if p.Kind == problem.Unacceptable {
		require.Contains(t, fmt.Sprint(p.Fields), "is too early")
		return early
	}
	require.Equal(t, problem.Conflict, p.Kind, fmt.Sprint(p))
	return overlap
}

// said are the outcomes that only their words say.
var said = map[string]string{
	"the reservation has ended and can't be changed":                                                 ended,
	"the reservation has ended and can't be cancelled":                                               ended,
	"the reservation has ended and can't be checked in":                                              ended,
	"the reservation has ended already":                                                              ended,
	"the reservation has not begun; cancel it instead":                                               early,
	"the reservation is checked in, so its spot and its beginning stay; release it and reserve anew": stays,
}
