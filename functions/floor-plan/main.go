// floor-plan sets, shows and removes the images of floors.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/floorplan"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	drawer := floorplan.Drawer{Tables: must.Have(table.Open(ctx, now)), Images: must.Have(photo.Open(ctx))}
	web.Start(web.On(api.SetPlan, drawer.Set), web.On(api.ReadPlan, drawer.Show),
		web.On(api.RemovePlan, drawer.Remove))
}
