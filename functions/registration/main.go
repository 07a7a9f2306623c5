// registration makes a person a user, with their consent and an address in one of a business account's domains.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	registrations := account.Registrations{Tables: must.Have(table.Open(ctx, now)), Mail: must.Have(ses.Open(ctx)),
		Keys: must.Have(secret.KeysFromEnvironment(secret.Addresses, secret.Registrations, secret.Attempts)),
		Now:  now, Statement: privacy.StatementVersion, Pace: signin.Pace}
	web.Start("registration", web.Nobody, registrations.Routes())
}
