package booking_test

import (
	"errors"
	"flag"
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
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// A worker makes operations on the reservations of one person, on a database that loses some of the answers. Those of
// its own may move to another spot, and it takes what it did not hear the answer of again; those in the pool are
// worked on by all workers of the person at once, so they stay at their spot and no answer about them is lost: it
// could not be known otherwise which spot's sheet an operation was on, or whose repeat it was.
type worker struct {
	bench
	who   identity.Caller
	calm  *table.Tables
	mine  map[string]operation // by name
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
	p.all[o.name()] = o
	return true
}

func (p *pool) drop(o operation) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.all, o.name())
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
	names := slices.Sorted(maps.Keys(all))
	return all[names[rand.IntN(len(names))]], true
}

// rounds is how many operations each of the twenty workers makes.
//
//	go test ./shared/booking -run Linearizable -timeout 30m -args -rounds 500
var rounds = flag.Int("rounds", 200, "operations of each worker")

func TestReservationsAreLinearizableBySpotAndByPerson(t *testing.T) {
	const workers = 20
	each := *rounds
	b := office(t, 5, func(l *table.Location) { l.DailyQuota = dayQuota })
	holder := b.own(t, b.Desks[claimed])
	for _, day := range days {
		b.gives(t, holder, b.Desks[claimed], day)
	}
	begun, people := time.Now(), b.people(t, 5)
	b.decided(t, people)
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
	var claims, waits, asks []porcupine.Operation
	wait.Go(func() { claims = b.claims(t, holder, begun, each, workers) })
	wait.Go(func() { waits = b.waits(t, begun, each, workers+1) })
	wait.Go(func() { asks = b.asks(t, people, begun, each, workers+2) })
	wait.Wait()
	var history []porcupine.Operation
	for _, w := range all {
		history = append(history, w.out...)
	}
	require.GreaterOrEqual(t, len(history), workers*each)
	history = slices.Concat(history, waits, asks)
	requireEach(t, history)
	history = append(history, claims...)
	for name, m := range map[string]porcupine.Model{"spot": spotModel, "person": personModel} {
		result, info := porcupine.CheckOperationsVerbose(m, history, 2*time.Minute)
		require.Equal(t, porcupine.Ok, result, "by %s:\n%s", name, stuck(m, history, info))
	}
	b.sound(t)
}

// claimed is the desk that is somebody's own; it is asked for seldom, so that its holder can take it back. So is the
// one that needs approval, so that those who ask get it.
const claimed = 4

func (w *worker) desk() string {
	switch rand.IntN(25) {
	case 0:
		return w.Desks[claimed]
	case 1, 2:
		return w.Desks[approved]
	}
	return w.Desks[rand.IntN(approved)]
}

// claims takes the day of a desk of their own back and gives it free again, as its holder. To the models it is a
// reservation of all that anybody reserves there: it is refused while somebody has any of it, and keeps everybody
// out.
func (b bench) claims(t *testing.T, holder identity.Caller, begun time.Time, times,
	client int) []porcupine.Operation {
	running := civil.QuarterOf(monday)
	o := operation{id: "claim", spot: b.Desks[claimed], user: holder.User, from: running, to: running + 96}
	var history []porcupine.Operation
	back, kept := 0, 0
	for range times {
		o.kind = "reserve"
		start, outcome := time.Since(begun).Nanoseconds(), taken
		if b.takesBack(t, holder, o.spot, today) {
			outcome = done
		}
		history = append(history, porcupine.Operation{ClientId: client, Input: o, Output: outcome, Call: start,
			Return: time.Since(begun).Nanoseconds()})
		if outcome == taken {
			kept++
			continue
		}
		back++
		o.kind, start = "cancel", time.Since(begun).Nanoseconds()
		b.gives(t, holder, o.spot, today)
		history = append(history, porcupine.Operation{ClientId: client, Input: o, Output: done, Call: start,
			Return: time.Since(begun).Nanoseconds()})
	}
	require.Greater(t, min(back, kept), 3, "it was taken back and refused now and then")
	return history
}

// requireEach wants each kind of operation to have been done now and then, so that the histories say something of it.
// It is chance that does them: the rarest comes to a dozen or more.
func requireEach(t *testing.T, history []porcupine.Operation) {
	t.Helper()
	times := map[string]int{}
	for _, one := range history {
		o := one.Input.(operation)
		if one.Output == done && o.goes != "" {
			o.kind = "move"
		}
		times[o.kind+" "+one.Output.(string)]++
		if o.day > 0 {
			times["on the day after "+one.Output.(string)]++
		}
	}
	for _, what := range []string{"reserve done", "reserve taken", "change done", "move done", "cancel done",
		"check in done", "release done", "retract done", "on the day after done", "on the day after taken",
		"offer done", "take done", "lapse done", "ask done", "ask taken", "approve done", "decline done",
		"expire done"} {
		require.GreaterOrEqual(t, times[what], 3, "%s: %v", what, times)
	}
}

func (w *worker) step(t *testing.T) {
	o := w.choose()
	start := time.Since(w.begun).Nanoseconds()
	outcome, lost := "", false
	var err error
	for outcome == "" {
		err = w.perform(t, o, !o.pooled && rand.IntN(15) == 0)
		if errors.Is(err, enginetest.ErrFault) {
			lost = true
			continue
		}
		outcome = told(t, err, lost)
		lost = lost || outcome == "" // as where the engine's answer broke off after it had written
	}
	ended := time.Since(w.begun).Nanoseconds()
	if o.kind == "reserve" && outcome == done && (rand.IntN(2) == 0 || !w.pool.put(o)) {
		w.mine[o.name()] = o
	}
	if o.goes != "" && outcome == done {
		moved := o
		moved.spot = o.goes
		w.mine[o.name()] = moved
	}
	if o.kind == "cancel" && outcome == done || outcome == gone || outcome == maybe {
		delete(w.mine, o.name())
		w.pool.drop(o)
	}
	for _, seen := range o.days(refusedOn(err)) {
		if seen.day > o.day && outcome == done {
			w.mine[seen.name()] = seen
		}
		w.out = append(w.out, porcupine.Operation{ClientId: w.id, Input: seen, Output: outcome, Call: start,
			Return: ended})
	}
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
		times.kind, times.spot, times.user = "reserve", w.desk(), w.who.User
		times.id = secret.ID() // the Idempotency-Key, until the reservation has an id
		times.again = rand.IntN(3) == 0
		return times
	}
	o.goes = ""
	o.kind = []string{"change", "change", "cancel", "check in", "release", "retract"}[rand.IntN(6)]
	if o.kind == "change" {
		o.from, o.to = times.from+aDay*civil.Quarter(o.day), times.to+aDay*civil.Quarter(o.day)
		if spot := w.desk(); !o.pooled && spot != o.spot && rand.IntN(2) == 0 {
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
	desk, door := bookingtest.New(tables, w.db.Clock.Now),
		presence.CheckIns{Tables: tables, Now: w.db.Clock.Now}
	key, day := o.id, days[o.day]
	if o.again {
		key += " " + string(day)
	}
	id := table.ReservationID{Day: day, Location: w.Location.ID,
		Key: secret.DerivedID("reservation", o.user, key, string(day))}.String()
	from, to := o.from.Clock(w.Location.Zone), o.to.Clock(w.Location.Zone)
	var err error
	switch o.kind {
	case "reserve":
		if o.again {
			_, err = desk.Repeat(t.Context(), w.who, booking.RepeatInput{Spot: o.spot, Key: o.id,
				Period: booking.Period{Date: day, From: from, To: to}, Repeat: "FREQ=DAILY;COUNT=2"})
			break
		}
		_, err = desk.Reserve(t.Context(), w.who, booking.ReserveInput{Spot: o.spot, Key: o.id,
			Period: booking.Period{Date: day, From: from, To: to}})
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

// refusedOn is the first date of a repetition that was refused, "" where none was.
func refusedOn(err error) civil.Date {
	var p *problem.Error
	if errors.As(err, &p) {
		if skipped, ok := p.Extra["skipped"].([]booking.Skipped); ok {
			return skipped[0].Date
		}
	}
	return ""
}

// told is what a caller learns from an answer; one who is asked to try later does so.
func told(t *testing.T, err error, lost bool) string {
	if err == nil {
		return done
	}
	var p *problem.Error
	require.ErrorAs(t, err, &p)
	if skipped, ok := p.Extra["skipped"].([]booking.Skipped); ok {
		p = &problem.Error{Kind: skipped[0].Kind, Detail: skipped[0].Hint}
	}
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
	require.Fail(t, "an answer that the model doesn't know", fmt.Sprint(p))
	return ended
}

// said are the outcomes that only their words say.
var said = map[string]string{
	"the spot is a colleague's own, who has not given it free then":                                  taken,
	"the spot is taken during that time":                                                             taken,
	"you have another workplace during that time; change or cancel that one first":                   overlap,
	"the reservation has ended and can't be changed":                                                 ended,
	"the reservation has ended and can't be cancelled":                                               ended,
	"the reservation has ended and can't be checked in":                                              ended,
	"the reservation has ended already":                                                              ended,
	"the reservation has not begun; cancel it instead":                                               early,
	"the reservation is checked in, so its spot and its beginning stay; release it and reserve anew": stays,
}
