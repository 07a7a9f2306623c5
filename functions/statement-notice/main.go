// statement-notice tells people who agreed to an earlier version of the privacy statement that there is a new one.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	teller := &notice.Teller{Tables: must.Have(table.Open(ctx, now)), Mail: must.Have(ses.Open(ctx)),
		Version:   privacy.Issues[len(privacy.Issues)-1],
		PublicURL: os.Getenv("PUBLIC_URL")}
	trigger.Serve(teller.Starts())
}
