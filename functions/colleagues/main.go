// colleagues finds colleagues by name, and shows who is in as far as each shows it.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/colleague"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(ctx, now))
	finder := colleague.Finder{Tables: tables, Photos: must.Have(photo.Open(ctx)),
		Keys: must.Have(secret.KeysFromEnvironment(secret.Attempts)), Now: now}
	web.Start("colleagues", bearer.Callers{Tables: tables, Now: now}.Claim, finder.Routes())
}
