// statistics shows facility managers how a location was used, without persons.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/statistics"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	now := must.Have(clock.FromEnvironment())
	desk := statistics.Desk{Tables: must.Have(table.Open(context.Background(), now))}
	web.Start(web.On(api.Statistics, desk.Show))
}
