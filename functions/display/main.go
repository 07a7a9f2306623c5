// display pairs the screens on a wall with their places, and shows each what is for it.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/display"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	now := must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(context.Background(), now))
	displays := display.Displays{Tables: tables, Keys: must.Have(secret.KeysFromEnvironment(secret.Attempts)), Now: now}
	web.Start("display", bearer.Callers{Tables: tables, Now: now}.Claim, displays.Routes())
}
