// sensor-reading takes what sensors say and checks in whose spot it is.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/quarantine"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	listener := presence.Listener{Tables: must.Have(table.Open(ctx, now)), Now: now,
		Quarantine: must.Have(quarantine.Open(ctx)), Report: presence.CountOutcomes(os.Stdout, now)}
	trigger.Serve(listener.Starts())
}
