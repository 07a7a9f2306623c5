// building is how managers shape locations, floors, zones, spots and sensors, and how everybody sees them.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/bus/eventbridge"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	b := building.Building{Tables: must.Have(table.Open(ctx, now)), Bus: must.Have(eventbridge.Open(ctx)),
		Plans: must.Have(photo.Open(ctx)), Now: now, API: os.Getenv("PUBLIC_URL")}
	web.Start(
		web.On(api.ListLocations, b.Locations), web.On(api.AddLocation, b.AddLocation),
		web.On(api.GetLocation, b.Location),
		web.On(api.ChangeLocation, b.ChangeLocation), web.On(api.RemoveLocation, b.RemoveLocation),
		web.On(api.AddFloor, b.AddFloor), web.On(api.GetFloor, b.Floor), web.On(api.ChangeFloor, b.ChangeFloor),
		web.On(api.RemoveFloor, b.RemoveFloor),
		web.On(api.AddZone, b.AddZone), web.On(api.ChangeZone, b.ChangeZone), web.On(api.RemoveZone, b.RemoveZone),
		web.On(api.AddSpot, b.AddSpot), web.On(api.GetSpot, b.Spot), web.On(api.ChangeSpot, b.ChangeSpot),
		web.On(api.RemoveSpot, b.RemoveSpot),
		web.On(api.TieSensor, b.TieSensor), web.On(api.UntieSensor, b.UntieSensor),
	)
}
