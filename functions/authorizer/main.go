// authorizer resolves a session's token to its person and business account.
package main

import (
	"context"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web/gate"
)

func main() {
	now := must.Have(clock.FromEnvironment())
	gate.Start(signin.Gate{Tables: must.Have(table.Open(context.Background(), now)), Now: now}.Resolve)
}
