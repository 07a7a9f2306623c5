// import loads a customer's buildings from one file.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/bus/eventbridge"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(ctx, now))
	b := building.Building{Tables: tables, Bus: must.Have(eventbridge.Open(ctx)), Now: now}
	web.Start("import", bearer.Callers{Tables: tables, Now: now}.Claim, b.Routes())
}
