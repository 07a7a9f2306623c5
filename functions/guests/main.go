// guests lets members invite guests, replace a lost pass and end a guest's access, and guests change what is kept of
// them.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/bus/eventbridge"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/guests"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake/sqs"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(ctx, now))
	leave := erasure.Requests{Tables: tables, Bus: must.Have(eventbridge.Open(ctx)),
		Bell: must.Have(sqs.Open(ctx, sqs.Erasure, now)), Now: now}
	invitations := guests.Invitations{Tables: tables, Mail: must.Have(ses.Open(ctx)), Leave: leave,
		Keys: must.Have(secret.KeysFromEnvironment(secret.Guests, secret.Attempts)), Now: now}
	self := guests.Self{Tables: tables, Now: now, Statement: privacy.StatementVersion}
	web.Start("guests", bearer.Callers{Tables: tables, Now: now}.Claim, invitations.Routes(), self.Routes(),
		guests.Visitors{Tables: tables, Leave: leave}.Routes())
}
