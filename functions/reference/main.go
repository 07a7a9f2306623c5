// The reference function answers the description of the HTTP interface, for programs and for people.
package main

import (
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/api/openapi"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	web.Start(
		web.On(api.OpenAPI, openapi.ServeDocument),
		web.On(api.Reference, openapi.ServePage),
	)
}
