// sign-in lets a registered person in with a code by mail, and out again.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	desk := signin.Desk{Tables: must.Have(table.Open(ctx, now)), Mail: must.Have(ses.Open(ctx)),
		Key: must.Have(secret.KeyFromEnvironment()), Now: now, Pace: signin.Pace}
	web.Start(
		web.On(api.AskSignIn, desk.Ask), web.On(api.SignIn, desk.Start),
		web.On(api.SignOut, desk.End), web.On(api.SignOutEverywhere, desk.EndAll),
	)
}
