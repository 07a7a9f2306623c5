// contract-end removes a business account whose contract has ended, with all of its people and buildings.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/contract"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/support"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/wake/sqs"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	worker := contract.Worker{Tables: must.Have(table.Open(ctx, now)), Mail: must.Have(ses.Open(ctx)),
		Files: must.Have(photo.Open(ctx)), Metrics: os.Stdout,
		Received: must.Have(support.Open(ctx)), Keys: must.Have(secret.KeysFromEnvironment(secret.Addresses,
			secret.Guests, secret.Attempts)), Now: now,
		Controller: must.Have(controller.FromEnvironment())}
	trigger.Serve(worker.Starts(must.Have(sqs.Open(ctx, sqs.ContractEnd, now))))
}
