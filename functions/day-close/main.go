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
)

func main() {
	now := must.Have(clock.FromEnvironment())
	closer := dayclose.Closer{Tables: must.Have(table.Open(context.Background(), now)), Now: now, Metrics: os.Stdout}
	trigger.Minute(closer.Watch)
}
