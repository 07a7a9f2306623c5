// Package share is how a spot is shared with somebody by WhatsApp and the like (10.share). The URL holds the spot's
// id and nothing else. Behind it is a page for anyone who fetches it, most often a robot that makes a preview. The
// page is made without looking anything up, so it is the same for any customer's spot and for one that never existed.
// The app asks what the spot is with its user's session, and gets an answer only within the user's own business
// account.
package share

import (
	"bytes"
	"context"
	_ "embed"
	"html/template"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/web"
)

//go:embed page.html
var source string

var layout = template.Must(template.New("share").Parse(source))

// app is how the address of a spot in the app begins. What is behind the # reaches no log.
const app = "/#/s/"

// URL is the address under which a spot is shared; public is where the HTTP interface is reached.
func URL(public, spot string) string { return public + "/s/" + spot }

// Input names a spot.
type Input struct {
	Spot string `json:"spot"`
}

// A Page is what a shared URL shows to whoever fetches it.
type Page struct {
	App template.URL // opens the spot in the app, which it does by itself
}

// Content makes it an answer that is written as it is.
func (p Page) Content() (mediaType string, body []byte) {
	var out bytes.Buffer
	if err := layout.Execute(&out, p); err != nil {
		panic(err) // the layout and its data are this package's own
	}
	return "text/html; charset=utf-8", out.Bytes()
}

// Routes ties the page to its operation.
func Routes() []web.Route { return []web.Route{web.On(api.ShareSpot, Show)} }

// Headers let a browser go on to the app by itself; a robot stays.
func (p Page) Headers() map[string]string {
	return map[string]string{"Refresh": "0; url=" + string(p.App)}
}

// Show makes the page of any id, whether or not it is a spot's.
func Show(_ context.Context, _ identity.Caller, in Input) (Page, error) {
	if !secret.IsID(in.Spot) {
		return Page{}, problem.Unknown()
	}
	return Page{App: template.URL(app + in.Spot)}, nil
}
