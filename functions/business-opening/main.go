// business-opening opens a business account, with consent and a mailed code.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/business"
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
	accounts := business.Accounts{Tables: must.Have(table.Open(ctx, now)), Mail: must.Have(ses.Open(ctx)),
		Keys: must.Have(secret.KeysFromEnvironment(secret.Addresses, secret.Registrations, secret.Attempts)),
		Now:  now, Statement: privacy.StatementVersion, Pace: signin.Pace}
	web.Start("business-opening", web.Nobody, accounts.Routes())
}
