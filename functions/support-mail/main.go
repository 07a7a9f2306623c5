// support-mail sends registered people who write to the support address their overview, and removes the mail.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/bus/eventbridge"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/support"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(ctx, now))
	inbox := support.Inbox{Tables: tables, Mails: must.Have(support.Open(ctx)),
		Keys: must.Have(secret.KeysFromEnvironment(secret.Addresses)), Now: now,
		Overviews: overview.Overviews{Tables: tables, Bus: must.Have(eventbridge.Open(ctx)), Now: now},
		Address:   os.Getenv("SUPPORT")}
	trigger.Serve(inbox.Starts())
}
