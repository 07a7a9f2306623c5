// overview-request shows a person all that is kept about them, and asks for it by mail.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/bus/eventbridge"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/support"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(ctx, now))
	overviews := overview.Overviews{Tables: tables, Bus: must.Have(eventbridge.Open(ctx)),
		Now: now, Received: must.Have(support.Open(ctx)),
		Keys:       must.Have(secret.KeysFromEnvironment(secret.Addresses, secret.Guests, secret.Attempts)),
		Controller: must.Have(controller.FromEnvironment())}
	web.Start("overview-request", bearer.Callers{Tables: tables, Now: now}.Claim, overviews.Routes())
}
