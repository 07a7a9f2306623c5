// check-in lets people check in, take that back, sit down at a free spot and give it back.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	now := must.Have(clock.FromEnvironment())
	checkIns := presence.CheckIns{Tables: must.Have(table.Open(context.Background(), now)), Now: now}
	web.Start("check-in", checkIns.Routes())
}
