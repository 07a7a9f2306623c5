// today shows people their day with a spot to reserve, what they are, and where they may go.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	now := must.Have(clock.FromEnvironment())
	bookings := booking.Bookings{Tables: must.Have(table.Open(context.Background(), now)), Now: now}
	web.Start("today", bookings.Routes())
}
