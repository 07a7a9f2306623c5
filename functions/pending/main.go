// pending mails people what was done in their name.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	courier := notice.Courier{Tables: must.Have(table.Open(ctx, now)), Post: must.Have(ses.Open(ctx)), Now: now}
	trigger.Serve(courier.Starts())
}
