// business-account shows, changes and ends a business account, proves its domains, and names who administers it.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/bus/eventbridge"
	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/contract"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/resolver"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake/sqs"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(ctx, now))
	accounts := business.Accounts{Tables: tables, Mail: must.Have(ses.Open(ctx)),
		Keys:    must.Have(secret.KeysFromEnvironment(secret.Addresses, secret.Domains, secret.Attempts)),
		Records: must.Have(resolver.FromEnvironment()), Now: now, Pace: signin.Pace}
	contracts := contract.Contracts{Tables: tables, Bus: must.Have(eventbridge.Open(ctx)),
		Bell: must.Have(sqs.Open(ctx, sqs.ContractEnd, now)), Now: now}
	web.Start("business-account", bearer.Callers{Tables: tables, Now: now}.Claim,
		accounts.Routes(), contracts.Routes())
}
