// staff-sign-in lets the operator's staff in with a code by mail and a passkey, and out again.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/passkey/webauthn"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/staff"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(ctx, now))
	sessions := staff.Sessions{Tables: tables, Mail: must.Have(ses.Open(ctx)),
		Keys:  must.Have(secret.KeysFromEnvironment(secret.StaffSignIns, secret.Attempts)),
		Party: must.Have(webauthn.Of(os.Getenv("PUBLIC_URL"))), Now: now, Pace: signin.Pace}
	web.Start("staff-sign-in", bearer.Callers{Tables: tables, Now: now}.Claim, sessions.Routes())
}
