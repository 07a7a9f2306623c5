package booking

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// Of what needs approval the end is as soon as it begins, and at the latest some time after it was asked for: so long
// it is kept from others.
const (
	askedFor    = 24 * time.Hour
	leastToTell = 15 * time.Minute // for those who decide
)

// NeedsApproval is the approval that a spot needs before it is a person's (4.f.3); nil for none, as of whose workplace
// it is, or of those who decide. Only where there is such a rule does it read anything.
func NeedsApproval(ctx context.Context, tables *table.Tables, caller identity.Caller, location table.Location,
	spot table.Spot) (*rules.Approval, error) {
	approval := location.Office().Approval(spot.Ruled())
	if approval == nil {
		return nil, nil
	}
	if spot.Assigned != "" {
		own, err := tables.Assignment(ctx, caller.Person, spot.ID)
		if err == nil && own.Mark == spot.Assigned {
			return nil, nil
		}
		if err != nil && !errors.Is(err, table.ErrAbsent) {
			return nil, err
		}
	}
	decides, err := MayDecide(ctx, tables, caller, approval.Group)
	if err != nil || decides {
		return nil, err
	}
	return approval, nil
}

// Decidable is what is asked of the caller, who is in these groups, decided or not. It reads nothing of what others ask
// for where the caller decides nothing.
func Decidable(ctx context.Context, tables *table.Tables, caller identity.Caller,
	groups []string) ([]table.Asking, error) {
	if len(groups) == 0 && !caller.Is(identity.Administrator) {
		return nil, nil
	}
	all, err := tables.Askings(ctx, identity.Person{Business: caller.Business})
	return slices.DeleteFunc(all, func(q table.Asking) bool {
		return !caller.Is(identity.Administrator) && !slices.Contains(groups, q.Group)
	}), err
}

// toDecide is how many requests wait for the caller. What was taken back is among them until the next minute. Of
// members it reads nothing where no group decides about anything at the location that they are shown.
func (b Bookings) toDecide(ctx context.Context, caller identity.Caller, location table.Location,
	groups func() ([]string, error)) (waiting int, err error) {
	var in []string
	if !caller.Is(identity.Administrator) {
		if caller.Is(identity.Guest) || !decidedByGroups(location.Office()) {
			return 0, nil
		}
		if in, err = groups(); err != nil {
			return 0, err
		}
	}
	all, err := Decidable(ctx, b.Tables, caller, in)
	for _, q := range all {
		if q.Waits(b.Now()) {
			waiting++
		}
	}
	return waiting, err
}

// decidedByGroups tells whether a group decides about anything at an office.
func decidedByGroups(office rules.Office) bool {
	return slices.ContainsFunc(office.Rules.Approvals, func(a rules.Approval) bool { return a.Group != "" })
}

// A ForApproval is spots of a floor that need approval before they are anybody's: of a kind, in a zone, one of them, or
// all. Yours says that the caller decides, and so needs nobody's.
type ForApproval struct {
	For   rules.Kind `json:"for,omitempty"`
	Zone  string     `json:"zone,omitempty"`
	Spot  string     `json:"spot,omitempty"`
	Yours bool       `json:"yours"`
}

// forApproval is what needs approval on a floor, the most precise first.
func (l look) forApproval() []ForApproval {
	var all []ForApproval
	for _, a := range l.office.ApprovalsOn(l.floor) {
		all = append(all, ForApproval{For: a.For, Zone: a.Zone, Spot: a.Spot, Yours: l.decides(a.Group)})
	}
	return all
}

// needsApproval is NeedsApproval for what is only looked at.
func (l look) needsApproval(id string, spot table.FloorSpot) bool {
	approval := l.office.Approval(spot.Ruled(l.floor, id))
	own := spot.Assigned != "" && l.own[id] == spot.Assigned
	return approval != nil && !own && !l.decides(approval.Group)
}

func (l look) decides(group string) bool { return l.admin || slices.Contains(l.groups, group) }

// MayDecide tells whether somebody decides what is asked of a group: its members and the administrators.
func MayDecide(ctx context.Context, tables *table.Tables, caller identity.Caller, group string) (bool, error) {
	if caller.Is(identity.Administrator) {
		return true, nil
	}
	if group == "" || caller.Is(identity.Guest) {
		return false, nil
	}
	groups, err := tables.InGroups(ctx, caller.Person)
	return slices.Contains(groups, group), err
}

// NotWithout is the refusal of what can't wait for approval.
func NotWithout() error {
	return problem.New(problem.Conflict, "the spot needs approval first: reserve it, and wait until it is given").
		With("rule", rules.Approved)
}

// asking is what asks for approval of parts of days at a spot; nil where it needs none.
func (b Bookings) asking(ctx context.Context, caller identity.Caller, key string, spot table.Spot,
	location table.Location, split []part) (*table.Asking, error) {
	approval, err := NeedsApproval(ctx, b.Tables, caller, location, spot)
	if err != nil || approval == nil {
		return nil, err
	}
	return b.askingOf(*approval, caller, key, spot, location, split)
}

// askingOf asks for an approval, which can't be asked for at the last moment.
func (b Bookings) askingOf(approval rules.Approval, caller identity.Caller, key string, spot table.Spot,
	location table.Location, split []part) (*table.Asking, error) {
	if caller.Is(identity.Guest) {
		return nil, problem.Impossible("/spot", "needs approval, which a guest can't ask for",
			"another spot, or let your host reserve it").With("rule", rules.Approved)
	}
	now, first, last := b.Now(), split[0], split[len(split)-1]
	begins := first.interval.From.Time()
	if begins.Sub(now) < leastToTell {
		return nil, problem.Impossible("/from", "is too soon for a spot that needs approval",
			fmt.Sprintf("a time at least %d minutes ahead", leastToTell/time.Minute)).With("rule", rules.Approved)
	}
	until := now.Add(askedFor)
	if begins.Before(until) {
		until = begins
	}
	return &table.Asking{Person: caller.Person, ID: secret.DerivedID("asking", caller.User, key), Group: approval.Group,
		Location: location.ID, Name: spot.Name, Day: first.day, Last: last.day, From: first.interval.From,
		To: first.interval.To, Since: now.UTC(), Until: until.Unix(), Ends: last.interval.To.Time()}, nil
}

// ask makes bookings wait for approval where it is asked for.
func ask(q *table.Asking, bookings []table.Booking) {
	if q == nil {
		return
	}
	for i := range bookings {
		bookings[i].State, bookings[i].Until, bookings[i].Asking = table.Asked, q.Until, q
	}
}

// made is the answer for bookings that were made. Where they were asked for it is as they are now, since the same
// request may have come before.
func (b Bookings) made(ctx context.Context, bookings []table.Booking, location table.Location) (Reservations, error) {
	q := bookings[0].Asking
	if q == nil {
		return reserved(bookings, location), nil
	}
	sheets, err := b.Tables.PersonDaysNow(ctx, q.Person, q.Day, q.Last)
	if err != nil {
		return Reservations{}, err
	}
	now := Reservations{Reservations: []Reservation{}}
	for _, booked := range bookings {
		for _, sheet := range sheets {
			if c, there := sheet.Commitments[booked.ID]; there {
				id := table.ReservationID{Day: sheet.Day, Location: sheet.Location, Key: booked.ID}
				now.Reservations = append(now.Reservations, Shown(id, c, location.Zone))
			}
		}
	}
	return now, nil
}
