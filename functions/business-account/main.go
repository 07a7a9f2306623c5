// business-account shows and changes a business account, proves its domains, and names who administers it.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/resolver"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	now := must.Have(clock.FromEnvironment())
	desk := business.Desk{Tables: must.Have(table.Open(context.Background(), now)), Key: must.Have(secret.KeyFromEnvironment()),
		Records: must.Have(resolver.FromEnvironment()), Now: now}
	web.Start(web.On(api.GetAccount, desk.Account), web.On(api.ChangeAccount, desk.Change), web.On(api.ProveDomain, desk.Prove),
		web.On(api.AccountLooks, desk.Looks), web.On(api.NameRole, desk.Name), web.On(api.ConfirmOfficer, desk.ConfirmOfficer))
}
