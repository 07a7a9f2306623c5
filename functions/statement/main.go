// statement shows the privacy statement in force.
package main

import (
	"os"

	"github.com/iotspot/iotspot/shared/statement"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	publisher := statement.Publisher{Controller: os.Getenv("CONTROLLER"), Support: os.Getenv("SUPPORT")}
	web.Start("statement", web.Nobody, publisher.Routes())
}
