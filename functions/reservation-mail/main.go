// reservation-mail asks people by mail whether they come, before their spot is given back, and reminds those who
// want it of the next day.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	tables, post := must.Have(table.Open(ctx, now)), must.Have(ses.Open(ctx))
	asker := presence.Asker{Tables: tables, Mail: post, Now: now, PublicURL: os.Getenv("PUBLIC_URL")}
	reminders := notice.Reminders{Tables: tables, Mail: post, Now: now}
	trigger.Serve(asker.Starts(), reminders.Starts())
}
