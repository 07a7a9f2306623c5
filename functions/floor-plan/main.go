// floor-plan sets, shows and removes the images of floors.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/floorplan"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(ctx, now))
	plans := floorplan.Plans{Tables: tables, Images: must.Have(photo.Open(ctx))}
	web.Start("floor-plan", bearer.Callers{Tables: tables, Now: now}.Claim, plans.Routes())
}
