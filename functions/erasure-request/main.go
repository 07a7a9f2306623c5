// erasure-request takes confirmed requests to erase a person, from the link in an overview and from the app.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/bus/eventbridge"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake/sqs"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(ctx, now))
	requests := erasure.Requests{Tables: tables, Bus: must.Have(eventbridge.Open(ctx)),
		Bell: must.Have(sqs.Open(ctx, sqs.Erasure, now)),
		Keys: must.Have(secret.KeysFromEnvironment(secret.Addresses, secret.Attempts)), Now: now,
		Pace:       signin.Pace,
		Controller: must.Have(controller.FromEnvironment())}
	web.Start("erasure-request", bearer.Callers{Tables: tables, Now: now}.Claim, requests.Routes())
}
