// overview mails a person all that is kept about them.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/support"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	overviews := overview.Overviews{Tables: must.Have(table.Open(ctx, now)), Mail: must.Have(ses.Open(ctx)),
		Photos:   must.Have(photo.Open(ctx)),
		Received: must.Have(support.Open(ctx)), Keys: must.Have(secret.KeysFromEnvironment(secret.Addresses,
			secret.Guests, secret.Links, secret.Attempts)), Now: now,
		Controller: must.Have(controller.FromEnvironment())}
	trigger.Serve(overviews.Starts())
}
