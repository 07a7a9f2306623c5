// no-show gives back the spots of people who don't come or don't stay, cancels reservations that were being made on
// spots while these were removed, has people reminded of the next day, and gives the workplaces of who is away free.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/bus/eventbridge"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/metric"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(ctx, now))
	publisher := must.Have(eventbridge.Open(ctx))
	watch := presence.Watch{Tables: tables, Bus: publisher, Now: now, Metrics: os.Stdout,
		Report: func(counts map[string]int) { metric.Count(os.Stdout, now(), counts) }}
	buildings := building.Building{Tables: tables, Bus: publisher, Now: now}
	reminder := notice.Reminder{Tables: tables, Bus: publisher, Now: now}
	reach := booking.Reach{Tables: tables, Now: now}
	trigger.Serve(watch.Starts(), buildings.Starts(), reminder.Starts(), reach.Starts())
}
