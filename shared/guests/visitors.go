package guests

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Visitors are all guests of an account, for its administrators: whoever invited one may be gone.
type Visitors struct {
	Tables *table.Tables
	Leave  Leaver
}

// Routes are the use cases with the operations that they serve.
func (v Visitors) Routes() []web.Route {
	return []web.Route{web.On(api.ListVisitors, v.List), web.On(api.EndVisitor, v.End)}
}

// A Visitor is what an administrator sees of a guest. The id says nothing, and leads to nobody who invited them.
type Visitor struct {
	ID        string     `json:"id"`
	Name      string     `json:"name,omitempty"` // left out when the guest hides it
	Location  string     `json:"location"`
	First     civil.Date `json:"first"`
	Last      civil.Date `json:"last"`
	KeptUntil time.Time  `json:"kept_until"` // when all that is kept of the guest goes
}

// Listed are all of them.
type Listed struct {
	Visitors []Visitor `json:"visitors"`
}

// List answers the account's guests that have not gone, in the order of their days.
func (v Visitors) List(ctx context.Context, caller identity.Caller, _ struct{}) (Listed, error) {
	list := Listed{Visitors: []Visitor{}}
	people, err := v.Tables.Visiting(ctx, caller.Business)
	if err != nil {
		return list, err
	}
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.User
	}
	found, err := v.Tables.GuestsNow(ctx, caller.Business, ids) // who waits for a code is none
	for id, g := range found {
		until, _ := g.Deadline().At()
		list.Visitors = append(list.Visitors, Visitor{ID: id, Name: g.ShownName(), Location: g.Location,
			First: g.First, Last: g.Last, KeptUntil: until})
	}
	slices.SortFunc(list.Visitors, func(a, b Visitor) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.ID, b.ID))
	})
	return list, err
}

// VisitorInput names a guest of the account.
type VisitorInput struct {
	Visitor string `json:"visitor"`
}

// End ends a guest's access at once, as whoever invited them can. Whatever is no guest of the account is unknown.
func (v Visitors) End(ctx context.Context, caller identity.Caller, in VisitorInput) (struct{}, error) {
	guest, err := v.Tables.Guest(ctx, identity.Person{Business: caller.Business, User: in.Visitor})
	if err == nil {
		err = v.Leave.Guest(ctx, guest.Person)
	}
	return struct{}{}, table.Unknown(err)
}
