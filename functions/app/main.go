// app serves the program that people use: one page and the files that it names. It reads nothing.
package main

import (
	"github.com/iotspot/iotspot/shared/app"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	site := must.Have(app.Open(must.Have(app.Beside())))
	web.Start("app", web.Nobody, site.Routes())
}
