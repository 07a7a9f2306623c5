package booking_test

import (
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/waitlist"
)

// A queue is people who wait for a desk while the workers reserve, and the minute's rounds, which nobody else makes:
// so what a round offered or ended is seen after it. An offer is to the models a reservation that is theirs to take
// until it lapses.
type queue struct {
	bench
	line    waitlist.Waitlist
	begun   time.Time
	client  int
	offered map[string]offer // by user
	mu      sync.Mutex
	out     []porcupine.Operation
}

type offer struct {
	operation
	who   identity.Caller
	until time.Time
}

func (b bench) waits(t *testing.T, begun time.Time, times, client int) []porcupine.Operation {
	q := &queue{bench: b, begun: begun, client: client, offered: map[string]offer{},
		line: waitlist.Waitlist{Tables: b.db.Tables(), Now: passing(b.db.Clock.Now)}}
	people := b.people(t, 3)
	for _, who := range people {
		b.db.Put(t, privacy.Directory, table.PersonPartition(who.Person), "user", map[string]any{
			"business": b.Business, "name": "Ann", "email": who.User + "@customer.example", "language": "en",
			"consent_version": privacy.StatementVersion})
	}
	for range times {
		who := people[rand.IntN(len(people))]
		if has, any := q.offered[who.User]; any {
			q.decide(t, has, people)
			continue
		}
		q.lineUp(t, who)
		q.round(t, b.db.Clock.Now(), people, "")
	}
	return q.out
}

// passing is a clock that never tells the same twice: who lines up anew for the same does so at another moment.
func passing(now func() time.Time) func() time.Time {
	var told atomic.Int64
	return func() time.Time { return now().Add(time.Duration(told.Add(1))) }
}

func (q *queue) lineUp(t *testing.T, who identity.Caller) {
	waits, err := q.line.Show(t.Context(), who, struct{}{})
	require.NoError(t, err)
	if len(waits.Waiting) > 0 {
		return
	}
	from := civil.QuarterOf(monday) + 1 + civil.Quarter(rand.IntN(20))
	to := from + 1 + civil.Quarter(rand.IntN(2))
	_, err = q.line.LineUp(t.Context(), who, waitlist.LineUpInput{Floor: q.Floor, Type: "desk", Date: today,
		From: from.Clock(q.Location.Zone), To: to.Clock(q.Location.Zone)})
	require.NoError(t, err)
}

// round is a minute's, at a moment: what it offered, and what lapsed but for an offer that is being decided.
func (q *queue) round(t *testing.T, now time.Time, people []identity.Caller, decided string) (begun, ended int64) {
	round := waitlist.Offers{Tables: q.db.Tables(), Mail: &mailtest.Recorder{}, PublicURL: "https://api.example",
		Now: func() time.Time { return now }}
	begun = time.Since(q.begun).Nanoseconds()
	require.NoError(t, round.Round(t.Context()))
	ended = time.Since(q.begun).Nanoseconds()
	for _, who := range people {
		day, has := q.sheet(t, who), q.offered[who.User]
		if _, there := day.Commitments[has.id]; has.id != "" && has.id != decided && !there {
			has.kind = "lapse"
			q.note(has.operation, done, begun, ended)
			delete(q.offered, who.User)
		}
		for key, c := range day.Commitments {
			if c.State != table.Offered || q.offered[who.User].id == key {
				continue
			}
			o := operation{kind: "offer", id: key, spot: c.Spot, user: who.User, from: c.From, to: c.To}
			q.offered[who.User] = offer{operation: o, who: who, until: time.Unix(c.Until, 0)}
			q.note(o, done, begun, ended)
		}
	}
	return begun, ended
}

func (q *queue) sheet(t *testing.T, who identity.Caller) table.PersonSheet {
	sheet, err := q.db.Tables().PersonSheet(t.Context(), who.Person, today, q.Location.ID)
	if !errors.Is(err, table.ErrAbsent) {
		require.NoError(t, err)
	}
	return sheet
}

func (q *queue) note(o operation, outcome string, begun, ended int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.out = append(q.out, porcupine.Operation{ClientId: q.client, Input: o, Output: outcome, Call: begun,
		Return: ended})
}

// decide takes an offer, refuses it, or takes it at the very moment at which it lapses. What was taken is cancelled.
func (q *queue) decide(t *testing.T, o offer, people []identity.Caller) {
	defer delete(q.offered, o.who.User)
	if rand.IntN(4) == 0 {
		q.cancel(t, o)
		return
	}
	if !o.until.Equal(q.db.Clock.Now().Add(waitlist.Holds)) || rand.IntN(3) == 0 {
		require.Equal(t, done, q.take(t, o))
		q.cancel(t, o)
		return
	}
	var both sync.WaitGroup
	var taken string
	both.Go(func() { taken = q.take(t, o) })
	begun, ended := q.round(t, o.until, people, o.id)
	both.Wait()
	if _, there := q.sheet(t, o.who).Commitments[o.id]; there {
		require.Equal(t, done, taken)
		q.cancel(t, o)
		return
	}
	o.kind = "lapse"
	q.note(o.operation, done, begun, ended)
}

// take is an operation that loses some of the answers, as a worker's.
func (q *queue) take(t *testing.T, o offer) string {
	o.kind = "take"
	id := table.ReservationID{Day: today, Location: q.Location.ID, Key: o.id}.String()
	begun, outcome := time.Since(q.begun).Nanoseconds(), ""
	for outcome == "" {
		line := q.line
		if rand.IntN(3) == 0 {
			line.Tables = q.db.Faulty(&enginetest.Faults{At: 1 + rand.IntN(6), Done: rand.IntN(2) == 0})
		}
		_, err := line.Take(t.Context(), o.who, waitlist.TakeInput{Reservation: id})
		var p *problem.Error
		switch {
		case err == nil:
			outcome = done
		case errors.Is(err, enginetest.ErrFault):
		case errors.As(err, &p) && (p.Kind == problem.NotFound || p.Kind == problem.Conflict):
			outcome = gone
		default:
			require.NoError(t, err)
		}
	}
	q.note(o.operation, outcome, begun, time.Since(q.begun).Nanoseconds())
	return outcome
}

func (q *queue) cancel(t *testing.T, o offer) {
	o.kind = "cancel"
	begun := time.Since(q.begun).Nanoseconds()
	_, err := q.desk.Cancel(t.Context(), o.who, booking.OwnInput{Reservation: table.ReservationID{Day: today,
		Location: q.Location.ID, Key: o.id}.String()})
	require.NoError(t, err)
	q.note(o.operation, done, begun, time.Since(q.begun).Nanoseconds())
}
