// today shows people their day, which favourites are in, what they are, and where they may go.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/colleague"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/today"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	now := must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(context.Background(), now))
	days := today.Days{Bookings: booking.Bookings{Tables: tables, Now: now},
		Colleagues: colleague.Finder{Tables: tables, Now: now}}
	web.Start("today", bearer.Callers{Tables: tables, Now: now}.Claim, days.Routes())
}
