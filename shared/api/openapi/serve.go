package openapi

import (
	"context"
	"encoding/json"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
)

// A Written description is answered as it is.
type Written struct {
	mediaType string
	body      []byte
}

// Content is the description with its media type.
func (w Written) Content() (mediaType string, body []byte) { return w.mediaType, w.body }

// ServeDocument answers the OpenAPI document of all operations.
func ServeDocument(context.Context, identity.Caller, struct{}) (Written, error) {
	body, err := json.MarshalIndent(Document(api.Operations()), "", "  ")
	return Written{"application/json", body}, err
}

// ServePage answers the page of all operations.
func ServePage(context.Context, identity.Caller, struct{}) (Written, error) {
	body, err := Page(api.Operations())
	return Written{"text/html; charset=utf-8", body}, err
}
