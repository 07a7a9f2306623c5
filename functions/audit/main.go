// audit reads every store once a day and reports what is overdue, undeclared or about nobody.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/audit"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/support"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	auditor := audit.Auditor{Tables: must.Have(table.Open(ctx, now)), Photos: must.Have(photo.Open(ctx)),
		Received: must.Have(support.Open(ctx)),
		Now:      now, Metrics: os.Stdout}
	trigger.Serve(auditor.Starts())
}
