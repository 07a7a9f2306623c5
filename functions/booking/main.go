// booking reserves, changes and cancels, and shows a person their agenda.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	now := must.Have(clock.FromEnvironment())
	desk := booking.Desk{Tables: must.Have(table.Open(context.Background(), now)), Now: now}
	web.Start(
		web.On(api.Reserve, desk.Reserve),
		web.On(api.GetReservation, desk.Get),
		web.On(api.ChangeReservation, desk.Change),
		web.On(api.CancelReservation, desk.Cancel),
		web.On(api.Agenda, desk.Agenda),
	)
}
