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
)

func main() {
	now := must.Have(clock.FromEnvironment())
	sweeper := retention.Sweeper{Tables: must.Have(table.Open(context.Background(), now)), Now: now,
		Metrics: os.Stdout}
	trigger.Minute(sweeper.Watch)
}
