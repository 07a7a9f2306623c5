// check-in lets people check in, take that back, sit down at a free spot, give it back, and say that they are coming.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	now := must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(context.Background(), now))
	checkIns := presence.CheckIns{Tables: tables, Now: now, Controller: must.Have(controller.FromEnvironment())}
	web.Start("check-in", bearer.Callers{Tables: tables, Now: now}.Claim, checkIns.Routes())
}
