// domain-check looks once a day whether the records are still there with which customers proved to have their e-mail
// domains.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/resolver"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	checker := business.Checker{Tables: must.Have(table.Open(ctx, now)), Mail: must.Have(ses.Open(ctx)),
		Keys:    must.Have(secret.KeysFromEnvironment(secret.Domains)),
		Records: must.Have(resolver.FromEnvironment()), Now: now}
	trigger.Serve(checker.Starts())
}
