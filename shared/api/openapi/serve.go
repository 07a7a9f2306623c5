package openapi

import (
	"context"
	"encoding/json"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/web"
)

// Routes ties the description to its operations.
func Routes() []web.Route {
	return []web.Route{web.On(api.OpenAPI, serveDocument), web.On(api.Reference, servePage)}
}

// A Written description is answered as it is.
type Written struct {
	mediaType string
	body      []byte
}

// Content is the description with its media type.
func (w Written) Content() (mediaType string, body []byte) { return w.mediaType, w.body }

// serveDocument answers the OpenAPI document of all operations.
func serveDocument(context.Context, identity.Caller, struct{}) (Written, error) {
	body, err := json.MarshalIndent(Document(api.Operations()), "", "  ")
	return Written{"application/json", body}, err
}

// servePage answers the page of all operations.
func servePage(context.Context, identity.Caller, struct{}) (Written, error) {
	body, err := Page(api.Operations())
	return Written{"text/html; charset=utf-8", body}, err
}
