// share is the page behind the URL of a shared spot. It reads nothing.
package main

import (
	"github.com/iotspot/iotspot/shared/share"
	"github.com/iotspot/iotspot/shared/web"
)

func main() { web.Start("share", web.Nobody, share.Routes()) }
