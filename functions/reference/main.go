// The reference function answers the description of the HTTP interface, for programs and for people.
package main

import (
	"github.com/iotspot/iotspot/shared/api/openapi"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	web.Start("reference", web.Nobody, openapi.Routes())
}
