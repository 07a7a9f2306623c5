// statistics shows facility managers how a location was used, without persons.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/statistics"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	now := must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(context.Background(), now))
	reports := statistics.Reports{Tables: tables, Now: now}
	web.Start("statistics", bearer.Callers{Tables: tables, Now: now}.Claim, reports.Routes())
}
