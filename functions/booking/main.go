// booking reserves, changes and cancels, shows a person their agenda, lets them wait for what is taken, and others
// approve of what needs it.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/approval"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/waitlist"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	now := must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(context.Background(), now))
	bookings := booking.Bookings{Tables: tables, Now: now}
	line := waitlist.Waitlist{Tables: tables, Now: now, Controller: must.Have(controller.FromEnvironment())}
	web.Start("booking", bearer.Callers{Tables: tables, Now: now}.Claim, bookings.Routes(), line.Routes(),
		approval.Approvals{Tables: tables, Now: now, Controller: line.Controller}.Routes())
}
