package booking_test

import (
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/approval"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// approved is the desk that needs the approval of a group in which all workers are, so that they have it at once.
const approved = 3

// agreed is somebody who is registered and has agreed to the statement in force.
func (b bench) agreed(t *testing.T, who identity.Caller) {
	b.db.Put(t, privacy.Directory, table.PersonPartition(who.Person), "user", map[string]any{
		"business": b.Business, "name": "Ann", "email": who.User + "@customer.example", "language": "en",
		"consent_version": privacy.StatementVersion})
}

// decided makes the desk need approval, and puts those who decide into the group.
func (b bench) decided(t *testing.T, deciders []identity.Caller) {
	group := secret.ID()
	require.NoError(t, b.db.Tables().NameGroup(t.Context(), b.Business, group, "Facilities"))
	for _, who := range deciders {
		b.agreed(t, who)
		require.NoError(t, b.db.Tables().JoinGroup(t.Context(), who.Person, group, today))
	}
	b.db.Open(t, table.OpenDays{Business: b.Business, Location: b.Location.ID, Zone: b.Location.Zone})
	at, err := b.db.Tables().LocationNow(t.Context(), b.Business, b.Location.ID)
	require.NoError(t, err)
	at.Rules.Approvals = []rules.Approval{{Floor: b.Floor, Spot: b.Desks[approved], Group: group}}
	days := table.OpenDays{Zone: at.Zone}
	require.NoError(t, b.db.Tables().UpdateLocation(t.Context(), b.Business, at, days, days))
}

// A petition is people who ask for a desk while the workers reserve, one after the other, and those who decide: two
// at once who decide differently, or one at the very moment at which it lapses or is taken back. What is asked for is
// to the models a reservation that is decided.
type petition struct {
	bench
	approvals approval.Approvals
	deciders  []identity.Caller
	begun     time.Time
	client    int
	mu        sync.Mutex
	out       []porcupine.Operation
}

func (b bench) asks(t *testing.T, deciders []identity.Caller, begun time.Time, times,
	client int) []porcupine.Operation {
	p := &petition{bench: b, begun: begun, client: client, deciders: deciders,
		approvals: approval.Approvals{Tables: b.db.Tables(), Now: b.db.Clock.Now}}
	people := b.people(t, 2)
	for _, who := range people {
		b.agreed(t, who)
	}
	for range times {
		p.ask(t, people[rand.IntN(len(people))])
	}
	return p.out
}

// acts does something and takes down what came of it; where nothing came of it the models needn't know.
func (p *petition) acts(o operation, act func() (outcome string)) (outcome string) {
	begun := time.Since(p.begun).Nanoseconds()
	if outcome = act(); outcome != "" {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.out = append(p.out, porcupine.Operation{ClientId: p.client, Input: o, Output: outcome, Call: begun,
			Return: time.Since(p.begun).Nanoseconds()})
	}
	return outcome
}

func (p *petition) ask(t *testing.T, who identity.Caller) {
	from := civil.QuarterOf(monday) + 2 + civil.Quarter(rand.IntN(20)) // not too soon for those who decide
	o := operation{kind: "ask", id: secret.ID(), spot: p.Desks[approved], user: who.User, from: from,
		to: from + 1 + civil.Quarter(rand.IntN(4))}
	var made booking.Reservations
	outcome := p.acts(o, func() (outcome string) {
		for lost := false; outcome == ""; {
			desk, err := p.desk, error(nil)
			if rand.IntN(3) == 0 {
				desk.Tables = p.db.Faulty(&enginetest.Faults{At: 1 + rand.IntN(6), Done: rand.IntN(2) == 0})
			}
			made, err = desk.Reserve(t.Context(), who, booking.ReserveInput{Spot: o.spot, Key: o.id,
				Period: booking.Period{Date: today, From: o.from.Clock(p.Location.Zone),
					To: o.to.Clock(p.Location.Zone)}})
			if errors.Is(err, enginetest.ErrFault) {
				lost = true
				continue
			}
			outcome = told(t, err, lost)
		}
		return outcome
	})
	if outcome != done {
		return
	}
	require.Equal(t, table.Asked, made.Reservations[0].State)
	p.decide(t, who, o, made.Reservations[0])
}

// decide lets one or two decide at once, and gives back what was approved.
func (p *petition) decide(t *testing.T, who identity.Caller, o operation, asked booking.Reservation) {
	requests, err := p.approvals.List(t.Context(), p.deciders[0], struct{}{})
	require.NoError(t, err)
	require.Len(t, requests.Requests, 1)
	as := func(kind string, decision table.Decision) func() {
		return func() { p.says(t, o, kind, requests.Requests[0].ID, decision) }
	}
	approves, declines := as("approve", table.Approved), as("decline", table.Declined)
	lapses := func() { p.lapses(t, o, *asked.Until) }
	cancels := func() { p.cancels(t, who, o, asked.ID) }
	ways := [][]func(){{approves}, {declines}, {lapses}, {approves, declines}, {approves, lapses},
		{approves, cancels},
		{declines, cancels}, {lapses, declines}}
	var all sync.WaitGroup
	for _, act := range ways[rand.IntN(len(ways))] {
		all.Go(act)
	}
	all.Wait()
	if _, there := p.state(t, o); there {
		cancels()
	}
	p.round(t, p.db.Clock.Now()) // tells who asked, and forgets it
}

// says decides, as any of those who may.
func (p *petition) says(t *testing.T, o operation, kind, request string, as table.Decision) {
	o.kind = kind
	p.acts(o, func() string {
		_, err := p.approvals.Decide(t.Context(), p.deciders[rand.IntN(len(p.deciders))],
			approval.DecideInput{Request: request, Decision: as})
		return p.settled(t, err)
	})
}

func (p *petition) cancels(t *testing.T, who identity.Caller, o operation, reservation string) {
	o.kind = "cancel"
	p.acts(o, func() string {
		_, err := p.desk.Cancel(t.Context(), who, booking.OwnInput{Reservation: reservation})
		return p.settled(t, err)
	})
}

// settled is done, or nothing where another was first.
func (p *petition) settled(t *testing.T, err error) string {
	var refusal *problem.Error
	if errors.As(err, &refusal) && (refusal.Kind == problem.Conflict || refusal.Kind == problem.NotFound) {
		return ""
	}
	require.NoError(t, err)
	return done
}

// lapses is the minute's round at the moment at which it lapses, which says of nothing whether it did: so it is the
// one that did where it is decided as lapsed.
func (p *petition) lapses(t *testing.T, o operation, at time.Time) {
	o.kind = "expire"
	p.acts(o, func() string {
		p.round(t, at)
		return p.lapsed(t)
	})
}

func (p *petition) lapsed(t *testing.T) string {
	all, err := p.db.Tables().Askings(t.Context(), identity.Person{Business: p.Business})
	require.NoError(t, err)
	if len(all) == 1 && all[0].Decided == table.Lapsed {
		return done
	}
	return ""
}

func (p *petition) round(t *testing.T, at time.Time) {
	mails := approval.Mails{Tables: p.db.Tables(), Mail: &mailtest.Recorder{}, PublicURL: "https://api.example",
		Now: func() time.Time { return at }}
	require.NoError(t, mails.Round(t.Context()))
}

// state is that of what was asked for, if it is still there.
func (p *petition) state(t *testing.T, o operation) (table.State, bool) {
	day, err := p.db.Tables().PersonSheet(t.Context(), identity.Person{Business: p.Business, User: o.user}, today,
		p.Location.ID)
	if !errors.Is(err, table.ErrAbsent) {
		require.NoError(t, err)
	}
	c, there := day.Commitments[secret.DerivedID("reservation", o.user, o.id, string(today))]
	return c.State, there
}
