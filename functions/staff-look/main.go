// staff-look shows staff what they have a reason to see, once the look is recorded.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/overview"
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
		Overviews: overview.Overviews{Tables: tables, Received: must.Have(support.Open(ctx)), Keys: keys, Now: now,
			Controller: must.Have(controller.FromEnvironment())}}
	web.Start("staff-look", bearer.Callers{Tables: tables, Now: now}.Claim, looks.Routes())
}
