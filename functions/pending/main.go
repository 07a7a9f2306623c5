// pending mails people what was done in their name and what is for their calendar, offers those who wait what comes
// free, and has what needs approval decided.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/approval"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/waitlist"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	courier := notice.Courier{Tables: must.Have(table.Open(ctx, now)), Mail: must.Have(ses.Open(ctx)), Now: now,
		Answers: must.Have(controller.FromEnvironment()).Support}
	offers := waitlist.Offers{Tables: courier.Tables, Mail: courier.Mail, Now: now,
		PublicURL: os.Getenv("PUBLIC_URL")}
	approvals := approval.Mails{Tables: courier.Tables, Mail: courier.Mail, Now: now, PublicURL: offers.PublicURL}
	trigger.Serve(courier.Starts(), offers.Starts(), approvals.Starts())
}
