// sweep removes what has passed its deadline.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/retention"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/wake/sqs"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	sweeper := retention.Sweeper{Tables: must.Have(table.Open(ctx, now)), Now: now, Metrics: os.Stdout}
	trigger.Serve(sweeper.Starts(must.Have(sqs.Open(ctx, sqs.Sweep, now))))
}
