// cancellation-notice mails the owner of a reservation that the office cancelled.
package main

import (
	"context"
	"time"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	messenger := notice.Messenger{Tables: must.Have(table.Open(ctx, now)), Mail: must.Have(ses.Open(ctx)), Now: now,
		Wait: time.Second}
	trigger.Serve(messenger.Starts())
}
