// erasure removes a person from every store.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/erasure"
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
	worker := erasure.Worker{Tables: must.Have(table.Open(ctx, now)), Mail: must.Have(ses.Open(ctx)),
		Photos:   must.Have(photo.Open(ctx)),
		Received: must.Have(support.Open(ctx)), Keys: must.Have(secret.KeysFromEnvironment(secret.Addresses,
			secret.Attempts)), Now: now,
		Metrics: os.Stdout}
	trigger.Serve(worker.Starts(must.Have(sqs.Open(ctx, sqs.Erasure, now))))
}
