// profile shows and changes all that a registration holds: items, consent, photo and favourites.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(ctx, now))
	my := account.Settings{Tables: tables, Photos: must.Have(photo.Open(ctx)),
		Mail: must.Have(ses.Open(ctx)),
		Keys: must.Have(secret.KeysFromEnvironment(secret.Addresses, secret.NewAddresses, secret.Attempts)), Now: now,
		Statement: privacy.StatementVersion,
		Pace:      signin.Pace}
	web.Start("profile", bearer.Callers{Tables: tables, Now: now}.Claim, my.Routes())
}
