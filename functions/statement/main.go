// statement shows the privacy statement in force.
package main

import (
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/statement"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	publisher := statement.Publisher{Controller: must.Have(controller.FromEnvironment())}
	web.Start("statement", web.Nobody, publisher.Routes())
}
