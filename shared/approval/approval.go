// Package approval decides about spots that need somebody's agreement (4.f.3). What is asked for holds the spot until
// it is decided, by a member of a group or an administrator, or until its time is over. One decision stands, and who
// made it is kept nowhere.
package approval

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Approvals lets those who decide see what is asked of them, and decide.
type Approvals struct {
	Tables     *table.Tables
	Now        func() time.Time
	Controller controller.Controller // for the pages that links in mails open
}

// Routes ties them to their operations.
func (a Approvals) Routes() []web.Route {
	return []web.Route{
		web.On(api.ListApprovals, a.List), web.On(api.DecideApproval, a.Decide),
		web.On(api.OpenDecision, a.OpenDecision), web.On(api.ConfirmDecision, a.ConfirmDecision),
	}
}

// A Request is what somebody asks for, as those who decide see it.
type Request struct {
	ID           string    `json:"id"`
	Name         string    `json:"name,omitempty"` // who asks, where they show it
	Location     string    `json:"location"`
	LocationName string    `json:"location_name"`
	Spot         string    `json:"spot"`
	SpotName     string    `json:"spot_name"`
	Dates        []Date    `json:"dates"`
	Asked        time.Time `json:"asked_at"`
	Until        time.Time `json:"until"` // from when on it can't be decided any more

	zone civil.Zone // of its location
}

// A Date is a part of a day that is asked for, by the location's clock.
type Date struct {
	Date civil.Date      `json:"date"`
	From civil.ClockTime `json:"from"`
	To   civil.ClockTime `json:"to"`
}

// Requests are those that the caller can decide.
type Requests struct {
	Requests []Request `json:"requests"`
}

// List lists what waits for the caller's decision, beginning with what lapses first. It reads nothing of what others
// ask for where the caller decides nothing.
func (a Approvals) List(ctx context.Context, caller identity.Caller, _ struct{}) (Requests, error) {
	list := Requests{Requests: []Request{}}
	mine, err := a.decidable(ctx, caller)
	if err != nil {
		return list, err
	}
	for _, q := range mine {
		if !q.Waits(a.Now()) {
			continue
		}
		request, err := requestOf(ctx, a.Tables, q)
		if errors.Is(err, table.ErrAbsent) {
			continue
		}
		if err != nil {
			return list, err
		}
		list.Requests = append(list.Requests, request)
	}
	slices.SortFunc(list.Requests, func(x, y Request) int {
		return cmp.Or(x.Until.Compare(y.Until), cmp.Compare(x.ID, y.ID))
	})
	return list, nil
}

// decidable is what is asked of the caller, decided or not.
func (a Approvals) decidable(ctx context.Context, caller identity.Caller) ([]table.Asking, error) {
	groups, err := a.Tables.InGroups(ctx, caller.Person)
	if err != nil {
		return nil, err
	}
	return booking.Decidable(ctx, a.Tables, caller, groups)
}

// requestOf is what is undecided of an asking; ErrAbsent when nothing is any more.
func requestOf(ctx context.Context, tables *table.Tables, q table.Asking) (Request, error) {
	days, err := tables.AskedDays(ctx, q)
	if err == nil && len(days) == 0 {
		err = table.ErrAbsent
	}
	if err != nil {
		return Request{}, err
	}
	location, err := tables.Location(ctx, q.Business, q.Location)
	if err != nil { // absent: it was just removed, and with it what was asked for
		return Request{}, err
	}
	name, err := tables.ShownName(ctx, q.Person)
	if err != nil {
		return Request{}, err
	}
	r := Request{ID: q.ID, Name: name, Location: q.Location, LocationName: location.Name, SpotName: q.Name,
		Asked: q.Since.UTC(), Until: time.Unix(q.Until, 0).UTC(), zone: location.Zone}
	for _, day := range days {
		for _, key := range q.On(day) {
			c := day.Commitments[key]
			r.Spot = c.Spot
			from, to := c.From.Clock(location.Zone), c.To.EndClock(day.Day, location.Zone)
			r.Dates = append(r.Dates, Date{day.Day, from, to})
		}
	}
	return r, nil
}

// DecideInput names a request, and whether it is approved or declined.
type DecideInput struct {
	Request  string         `json:"request"`
	Decision table.Decision `json:"decision"`
}

// Decide decides a request. What was decided already, by whomever, is a problem.Conflict; who asked is told by mail.
func (a Approvals) Decide(ctx context.Context, caller identity.Caller, in DecideInput) (struct{}, error) {
	return struct{}{}, table.Retry(func() error {
		mine, err := a.decidable(ctx, caller)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(mine, func(q table.Asking) bool { return q.ID == in.Request })
		if i < 0 {
			return problem.Unknown()
		}
		return a.decide(ctx, mine[i], in.Decision)
	})
}

// decide is one try. ErrRefused when it changed since it was read.
func (a Approvals) decide(ctx context.Context, q table.Asking, as table.Decision) error {
	if !q.Waits(a.Now()) {
		return alreadyDecided()
	}
	days, err := a.Tables.AskedDays(ctx, q)
	if err != nil {
		return err
	}
	if len(days) == 0 {
		return problem.Unknown() // who asked took it back
	}
	return a.Tables.Decide(ctx, q, days, as, a.Now())
}

func alreadyDecided() error {
	return problem.New(problem.Conflict, "this is decided already, or its time is over")
}
