// mail-bounce lets nothing more be mailed for an hour to whom a mailed code could not be brought.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

func main() {
	now := must.Have(clock.FromEnvironment())
	counter := limit.Counter{Tables: must.Have(table.Open(context.Background(), now)), Now: now}
	trigger.Serve(counter.Starts())
}
