// usage answers the tag that counts how registered users reach the service.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/usage"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	now := must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(context.Background(), now))
	counter := usage.Counter{Tables: tables, Now: now}
	web.Start("usage", bearer.Callers{Tables: tables, Now: now}.Claim, counter.Routes())
}
