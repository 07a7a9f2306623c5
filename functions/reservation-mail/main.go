// reservation-mail asks people by mail whether they come, before their spot is given back.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	asker := presence.Asker{Tables: must.Have(table.Open(ctx, now)), Post: must.Have(ses.Open(ctx)), Now: now,
		PublicURL: os.Getenv("PUBLIC_URL")}
	trigger.Serve(asker.Starts())
}
