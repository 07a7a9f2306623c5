// calendar gives people their reservations as calendars read them, by a feed of their own or one at a time.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/calendar"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	now := must.Have(clock.FromEnvironment())
	tables := must.Have(table.Open(context.Background(), now))
	feeds := calendar.Feeds{Tables: tables, Now: now, PublicURL: os.Getenv("PUBLIC_URL")}
	web.Start("calendar", bearer.Callers{Tables: tables, Now: now}.Claim, feeds.Routes())
}
