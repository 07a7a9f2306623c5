// day-close ends the days of locations: it counts them without persons and removes what belonged to them.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/dayclose"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/wake/sqs"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	closer := dayclose.Closer{Tables: must.Have(table.Open(ctx, now)), Now: now, Metrics: os.Stdout}
	trigger.Serve(closer.Starts(must.Have(sqs.Open(ctx, sqs.DayClose, now))))
}
