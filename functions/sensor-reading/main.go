// sensor-reading takes what sensors say and checks in whose spot it is.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/aside"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	listener := presence.Listener{Tables: must.Have(table.Open(ctx, now)), Aside: must.Have(aside.Open(ctx)),
		Now:    now,
		Report: presence.CountOutcome}
	trigger.Queue(listener.Take)
}
