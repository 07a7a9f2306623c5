// sensor-event takes what a sensors' maker sends over HTTPS.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/connector"
	"github.com/iotspot/iotspot/shared/connector/sqs"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	c := connector.Connector{Readings: must.Have(sqs.Open(context.Background())),
		Secret: os.Getenv("CONNECTOR_SECRET"), Now: must.Have(clock.FromEnvironment())}
	web.Start("sensor-event", web.Nobody, c.Routes())
}
