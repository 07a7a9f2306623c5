// Package waitlist lets people wait for a spot where none is free (4.f.3). Who came first is offered what comes free,
// and has it for a quarter of an hour to take it or leave it; then the next is. A place in line dies with the time
// that is waited for, and tells nobody who else waits or who is in the way.
package waitlist

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Waitlist lets people line up, leave, and take what they are offered.
type Waitlist struct {
	Tables     *table.Tables
	Now        func() time.Time
	Controller controller.Controller // for the pages that links in mails open
}

// Routes ties them to their operations.
func (l Waitlist) Routes() []web.Route {
	return []web.Route{
		web.On(api.LineUp, l.LineUp), web.On(api.ShowLine, l.Show), web.On(api.LeaveLine, l.Leave),
		web.On(api.TakeOffer, l.Take), web.On(api.OpenOffer, l.OpenOffer), web.On(api.ConfirmOffer, l.ConfirmOffer),
	}
}

// Most is how many places in line a person can have at a time.
const Most = 10

// LineUpInput says what is waited for: any spot of the floor, or one of a zone, of a type or both.
type LineUpInput struct {
	Floor string          `json:"floor"`
	Zone  string          `json:"zone"`
	Type  string          `json:"type"`
	Date  civil.Date      `json:"date"` // in the location's zone, as the times
	From  civil.ClockTime `json:"from"`
	To    civil.ClockTime `json:"to"`
}

// A Place is a place in line as its person sees it.
type Place struct {
	ID       string          `json:"id"`
	Location string          `json:"location"`
	Floor    string          `json:"floor"`
	Zone     string          `json:"zone,omitempty"`
	Type     string          `json:"type,omitempty"`
	Date     civil.Date      `json:"date"`
	From     civil.ClockTime `json:"from"`
	To       civil.ClockTime `json:"to"`
}

func placeOf(w table.Wait, zone civil.Zone) Place {
	during := w.Interval()
	return Place{ID: w.ID, Location: w.Location, Floor: w.Floor, Zone: w.Zone, Type: w.Type, Date: w.Day,
		From: during.From.Clock(zone), To: during.To.EndClock(w.Day, zone)}
}

// LineUp gives the caller a place in line; who asks for the same again has it already. A time for which no spot could
// be reserved, even if all were free, is refused as its reservation would be. So is one that ends before an offer
// would, which the sweep would also see too late.
func (l Waitlist) LineUp(ctx context.Context, caller identity.Caller, in LineUpInput) (Place, error) {
	floor, err := l.Tables.Floor(ctx, caller.Business, in.Floor)
	if err != nil {
		return Place{}, table.Unknown(err)
	}
	location, err := l.Tables.Location(ctx, caller.Business, floor.Location)
	if err != nil {
		return Place{}, table.Unknown(err)
	}
	now := l.Now()
	part, err := booking.PartOf(location, in.Date, in.From, in.To, now)
	if err != nil {
		return Place{}, err
	}
	if part.Interval.To.Time().Sub(now) < Holds {
		return Place{}, problem.Impossible("/to", "ends too soon to wait for",
			fmt.Sprintf("a time at least %d minutes ahead", Holds/time.Minute))
	}
	wait := table.NewWait(caller.Person, table.Wait{Location: location.ID, Floor: floor.ID, Zone: in.Zone,
		Type: in.Type, Day: part.Day, From: part.Interval.From.Time(), Ends: part.Interval.To.Time()}, now)
	if err := l.possible(ctx, wait, floor, location); err != nil {
		return Place{}, err
	}
	all, err := l.Tables.InLine(ctx, caller.Person)
	if err != nil {
		return Place{}, err
	}
	again := slices.ContainsFunc(all, func(w table.Wait) bool { return w.ID == wait.ID })
	if !again && len(all) >= Most {
		return Place{}, problem.New(problem.TooMany, "you can wait for at most %d spots at a time", Most)
	}
	wait, err = l.Tables.LineUp(ctx, wait)
	return placeOf(wait, location.Zone), table.Unknown(err)
}

// possible refuses what the rules forbid at every spot that would do.
func (l Waitlist) possible(ctx context.Context, w table.Wait, floor table.Floor, location table.Location) error {
	if _, there := floor.Zones[w.Zone]; w.Zone != "" && !there {
		return problem.Unknown()
	}
	office := location.Office()
	groups, err := l.Tables.InGroups(ctx, w.Person)
	if err != nil {
		return err
	}
	refused := problem.Impossible("/type", "is of no spot there", "a type of a spot on that floor or in that zone")
	for _, spot := range wanted(w, floor) {
		if office.Approval(spot.Ruled()) != nil {
			continue // it is given to who asks, and never offered
		}
		refusal, err := office.Check(rules.Request{Spot: spot.Ruled(), Groups: groups, Now: l.Now(),
			Parts: []rules.Part{{Day: w.Day, Interval: w.Interval()}}})
		if err != nil || refusal == nil {
			return err
		}
		if err := booking.Refused(refusal); !errors.As(err, &refused) {
			return err
		}
	}
	return refused
}

// wanted are the spots of a floor that would do, by name.
func wanted(w table.Wait, floor table.Floor) []table.Spot {
	var spots []table.Spot
	for id, spot := range floor.Spots {
		if (w.Zone == "" || spot.Zone == w.Zone) && (w.Type == "" || spot.Type == w.Type) {
			spots = append(spots, table.Spot{ID: id, Location: floor.Location, Floor: floor.ID, FloorSpot: spot})
		}
	}
	slices.SortFunc(spots, byName)
	return spots
}

// Line is what the caller waits for. What they are offered is a reservation of theirs.
type Line struct {
	Waiting []Place `json:"waiting"`
}

// Show lists what the caller waits for, by its time.
func (l Waitlist) Show(ctx context.Context, caller identity.Caller, _ struct{}) (Line, error) {
	line := Line{Waiting: []Place{}}
	all, err := l.Tables.InLine(ctx, caller.Person)
	if err != nil {
		return line, err
	}
	slices.SortFunc(all, func(a, b table.Wait) int { return a.From.Compare(b.From) })
	zones := map[string]civil.Zone{}
	for _, w := range all {
		if w.Offered != "" {
			continue
		}
		zone, known := zones[w.Location]
		if !known {
			location, err := l.Tables.Location(ctx, caller.Business, w.Location)
			if errors.Is(err, table.ErrAbsent) {
				continue // it was just removed
			}
			if err != nil {
				return line, err
			}
			zone = location.Zone
			zones[w.Location] = zone
		}
		line.Waiting = append(line.Waiting, placeOf(w, zone))
	}
	return line, nil
}

// LeaveInput names a place in line.
type LeaveInput struct {
	Place string `json:"place"`
}

// Leave gives the caller's place up, and with it what they are offered. A repeat finds nothing.
func (l Waitlist) Leave(ctx context.Context, caller identity.Caller, in LeaveInput) (struct{}, error) {
	return struct{}{}, table.Retry(func() error {
		all, err := l.Tables.InLine(ctx, caller.Person)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(w table.Wait) bool { return w.ID == in.Place })
		if i < 0 {
			return problem.Unknown()
		}
		return l.leave(ctx, all[i])
	})
}

func (l Waitlist) leave(ctx context.Context, w table.Wait) error {
	if w.Offered == "" {
		return l.Tables.LeaveLine(ctx, w)
	}
	sheet, err := l.Tables.PersonSheet(ctx, w.Person, w.Day, w.Location)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return err
	}
	if sheet.Commitments[w.Offer().Key].State != table.Offered {
		return l.Tables.EndWait(ctx, w)
	}
	return l.Tables.WithdrawOffer(ctx, w, sheet)
}

// An offer is a reservation that is offered, as both sheets have it.
type offer struct {
	person     identity.Person
	id         table.ReservationID
	commitment table.Commitment
	held       table.Holding
	place      table.Place
	location   table.Location
}

// offerOf finds a person's reservation; ErrAbsent where there is none.
func (l Waitlist) offerOf(ctx context.Context, p identity.Person, text string) (offer, error) {
	id, err := table.ParseReservationID(text)
	if err != nil {
		return offer{}, err
	}
	found := offer{person: p, id: id}
	mine, err := l.Tables.PersonSheet(ctx, p, id.Day, id.Location)
	if err != nil {
		return offer{}, err
	}
	there := false
	if found.commitment, there = mine.Commitments[id.Key]; !there {
		return offer{}, table.ErrAbsent
	}
	found.place = table.Place{Business: p.Business, Location: id.Location, Floor: found.commitment.Floor,
		Spot: found.commitment.Spot}
	sheet, err := l.Tables.SpotSheetNow(ctx, found.place, id.Day)
	if err != nil {
		return offer{}, err
	}
	if found.held = sheet.Holdings[id.Key]; found.held.User != p.User {
		return offer{}, table.ErrAbsent
	}
	found.location, err = l.Tables.Location(ctx, p.Business, id.Location)
	return found, err
}

// take makes it theirs. ErrRefused when it is decided, or too late.
func (l Waitlist) take(ctx context.Context, o offer) error {
	all, err := l.Tables.InLine(ctx, o.person)
	if err != nil {
		return err
	}
	for _, w := range all {
		if w.Offered == o.id.String() {
			return l.Tables.Take(ctx, w, o.place, o.held, l.Now())
		}
	}
	return table.ErrRefused
}

// TakeInput names a reservation that is offered.
type TakeInput struct {
	Reservation string `json:"reservation"`
}

// Take makes a reservation that is offered to the caller theirs (4.d.2), while the offer lasts. A repeat gives the
// same answer and writes nothing.
func (l Waitlist) Take(ctx context.Context, caller identity.Caller, in TakeInput) (booking.Reservation, error) {
	return table.RetryFor(func() (booking.Reservation, error) {
		o, err := l.offerOf(ctx, caller.Person, in.Reservation)
		if err != nil {
			return booking.Reservation{}, table.Unknown(err)
		}
		switch {
		case o.held.State.Stands():
			return o.shown(), nil
		case o.held.State != table.Offered || !l.Now().Before(time.Unix(o.held.Until, 0)):
			return booking.Reservation{}, problem.New(problem.Conflict, "the spot is not offered to you any more")
		}
		if err = l.take(ctx, o); err != nil {
			return booking.Reservation{}, err
		}
		o.held.State = table.Reserved
		return o.shown(), nil
	})
}

func (o offer) shown() booking.Reservation {
	o.commitment.State = o.held.State
	return booking.Shown(o.id, o.commitment, o.location.Zone)
}
