// building is how managers shape locations, floors, zones, spots and sensors, and how everybody sees them.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/bus/eventbridge"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake/sqs"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(ctx, now))
	b := building.Building{Tables: tables, Bus: must.Have(eventbridge.Open(ctx)),
		Bell:  must.Have(sqs.Open(ctx, sqs.DayClose, now)),
		Plans: must.Have(photo.Open(ctx)), Now: now, API: os.Getenv("PUBLIC_URL")}
	web.Start("building", bearer.Callers{Tables: tables, Now: now}.Claim, b.Routes())
}
