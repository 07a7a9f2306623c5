// Package contract ends a customer's contract (art. 3, 4.d.1): an administrator asks for it, and within a minute
// nothing of the business account is left in any store, its people and guests included.
//
// # From the request on
//
// The request takes the account and its domains away in one transaction, on which registering and inviting are
// conditional and which signing in reads, and ends all sessions, codes and passes before it is answered. What was
// under way at that moment may still write: an HTTP function lives for 10 seconds at most, the one that shapes
// buildings and the one that takes sensors' messages for 30. So everything is removed at once, and once more when that
// time is over. What leads to the rest goes last: the account's own partition with its locations, floors, spots and
// sensors, and a mark of each person who left. A sensor's message that comes later finds no such sensor.
//
// # The last mail
//
// Each registered person is mailed their overview before anything of them is removed. A mail that fails is tried
// again for half a minute; then the data goes without it, and a count of those who got none is reported. The mail may
// come twice when SES's answer was lost. How many people can be mailed in that time depends on the deployment's SES
// rate: some 400 at 14 a second, some 6,000 at 200.
//
// # Within 60 seconds
//
// That is calculated for a fresh on-demand table. A person costs some 38 calls and 25 write units, so 4,000 units a
// second remove some 6,000 people, or 20,000 spots and as many sheets, in the time available. A larger account takes
// proportionally longer, and nobody can read any of it meanwhile.
//
// # Again and again
//
// A step works for 12 seconds, so that it has ended before its call comes again, and leaves the rest to the next:
// there is one in each slot as long as the job stands. That is no error; the age of the oldest job is what an alarm
// looks at. Every part can be done twice, by runs that overlap or by a run after one that was killed. After a restore
// of the directory Replay ends the contract again, from a ledger that keeps a random id and a date for a day.
package contract

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/bus"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake"
	"github.com/iotspot/iotspot/shared/web"
)

// Contracts takes the end of a contract.
type Contracts struct {
	Tables *table.Tables
	Bus    bus.Publisher
	Bell   wake.Bell // of the ends of contracts
	Now    func() time.Time
}

// Routes are the use cases with the operations that they serve.
func (c Contracts) Routes() []web.Route {
	return []web.Route{web.On(api.EndContract, c.End)}
}

// EndInput confirms the end with the customer's registered name (3.a), letter by letter.
type EndInput struct {
	LegalName string `json:"legal_name"`
}

// Accepted says that the contract has ended.
type Accepted struct {
	AcceptedAt time.Time `json:"accepted_at"`
}

// End ends the caller's contract. When it returns the account is gone and its people can no longer read or reserve
// anything. A name other than the registered one is problem.Unacceptable.
func (c Contracts) End(ctx context.Context, caller identity.Caller, in EndInput) (Accepted, error) {
	return table.RetryFor(func() (Accepted, error) {
		account, err := c.Tables.Account(ctx, caller.Business)
		if errors.Is(err, table.ErrAbsent) {
			return Accepted{}, problem.Unknown()
		}
		if err != nil {
			return Accepted{}, err
		}
		if strings.TrimSpace(in.LegalName) != account.LegalName {
			return Accepted{}, problem.Impossible("/legal_name",
				"is not the registered name of the business account; ending it can't be undone",
				"the name exactly as GET /business-account answers it")
		}
		now := c.Now()
		if err := c.Bell.Ring(ctx, steps(now)...); err != nil { // before there is a job: this may end half-way
			report.Fault(ctx, "steps of a contract's end", "", err) // the event and the schedule find the job
		}
		if err := c.Tables.EndContract(ctx, caller.Person, account, now); err != nil {
			return Accepted{}, table.Unknown(err)
		}
		c.close(ctx, caller.Business)
		c.start(ctx, caller.Business)
		return Accepted{AcceptedAt: now.UTC().Truncate(time.Second)}, nil
	})
}

// shutting is how long the request itself goes on ending sessions; the worker does the rest.
const shutting = 5 * time.Second

// close ends every session, pass and display as far as the request goes. The worker does what fails here, since the
// contract has ended; it is started afterwards, so that the two don't do the same at once.
func (c Contracts) close(ctx context.Context, business string) {
	ctx, cancel := context.WithTimeout(ctx, shutting)
	defer cancel()
	registered, visiting, err := listed(ctx, c.Tables, business)
	err = errors.Join(err, shut(ctx, c.Tables, business, registered, visiting))
	if err != nil {
		report.Fault(ctx, "sessions of an ended contract", "", err)
	}
}

// start lets the worker begin.
func (c Contracts) start(ctx context.Context, business string) {
	if err := c.Bus.Publish(ctx, events.ContractEndedType, events.ContractEnded{Business: business}); err != nil {
		report.Fault(ctx, "contract.ended", "", err) // the schedule finds it
	}
}

// listed are the people of an account as its indexes have them: those registered, and all others.
func listed(ctx context.Context, tables *table.Tables,
	business string) (registered, visiting []identity.Person, err error) {
	registered, err1 := tables.Registered(ctx, business)
	visiting, err2 := tables.Visiting(ctx, business)
	return registered, visiting, errors.Join(err1, err2)
}

// atOnce is how many people are worked for at a time.
const atOnce = 32

// shut ends all that opens anything: sessions, passes, and displays, which hang there and ask on.
func shut(ctx context.Context, tables *table.Tables, business string, registered, visiting []identity.Person) error {
	err := errors.Join(parallel.Each(ctx, atOnce, registered, tables.EndSessions),
		parallel.Each(ctx, atOnce, visiting, tables.GuestLeaves))
	displays, unlisted := tables.Displays(ctx, business)
	return errors.Join(err, unlisted,
		parallel.Each(ctx, atOnce, displays, func(ctx context.Context, d table.Display) error {
			return errors.Join(tables.EndDisplay(ctx, business, d.ID), tables.EndPairing(ctx, business, d))
		}))
}
