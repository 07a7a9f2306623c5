// disclosure gives out a person's data where the law requires it, once that is recorded.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/staff"
	"github.com/iotspot/iotspot/shared/support"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now, keys := context.Background(), must.Have(clock.FromEnvironment()),
		must.Have(secret.KeysFromEnvironment(secret.Addresses, secret.Guests, secret.Looks, secret.Attempts))
	tables := must.Have(table.Open(ctx, now))
	looks := staff.Looks{Tables: tables, Keys: keys, Now: now,
		Overviews: overview.Overviews{Tables: tables, Keys: keys, Now: now,
			Photos: must.Have(photo.Open(ctx)), Received: must.Have(support.Open(ctx)),
			Controller: must.Have(controller.FromEnvironment())}}
	web.Start("disclosure", bearer.Callers{Tables: tables, Now: now}.Claim, looks.Routes())
}
