// no-show gives back the spots of those who don't come or don't stay.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

func main() {
	now := must.Have(clock.FromEnvironment())
	watch := presence.Watch{Tables: must.Have(table.Open(context.Background(), now)), Now: now, Report: report.Count}
	trigger.EachMinute(watch.Round)
}
