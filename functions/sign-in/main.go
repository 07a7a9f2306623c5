// sign-in lets a registered person in with a code by mail, and out again.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/bearer"
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
	tables := must.Have(table.Open(ctx, now))
	sessions := signin.Sessions{Tables: tables, Mail: must.Have(ses.Open(ctx)),
		Keys: must.Have(secret.KeysFromEnvironment(secret.Addresses, secret.SignIns, secret.Attempts)), Now: now,
		Pace: signin.Pace, PublicURL: os.Getenv("PUBLIC_URL")}
	web.Start("sign-in", bearer.Callers{Tables: tables, Now: now}.Claim, sessions.Routes())
}
