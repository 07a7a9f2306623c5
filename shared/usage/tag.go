package usage

import (
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Routes ties what it answers to its operation.
func (c Counter) Routes() []web.Route {
	return []web.Route{web.On(api.UsageTag, c.Count)}
}

// Input is the page that was opened. Location is the office whose statistics count it; left out it is the account's
// first.
type Input struct {
	Page     string `json:"page"`
	Location string `json:"location"`
	Agent    string `json:"user_agent"`
}

// A Tag is a transparent image of one pixel, which the app asks for with its session when it opens a page. What is
// counted is the page and the family of the browser, each of a short list. There is no cookie, and the network
// address is not looked at.
type Tag struct{}

// pixel is the smallest GIF.
const pixel = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff" +
	"!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

// Content makes it an answer that is written as it is.
func (Tag) Content() (mediaType string, body []byte) { return "image/gif", []byte(pixel) }

// Count counts one opened page. That it can't be counted is logged and spoils no page; a location that is not of the
// caller's account is unknown.
func (c Counter) Count(ctx context.Context, caller identity.Caller, in Input) (Tag, error) {
	at, err := c.At(ctx, caller.Business, in.Location)
	switch {
	case errors.Is(err, table.ErrAbsent) && in.Location != "":
		return Tag{}, problem.Unknown()
	case errors.Is(err, table.ErrAbsent):
		return Tag{}, nil // an account without locations has no day to count in
	case err != nil:
		return Tag{}, err
	}
	if err := c.countPage(ctx, caller.Person, at, in.Page, Family(in.Agent)); err != nil {
		report.Fault(ctx, "counting a usage tag", "", err)
	}
	return Tag{}, nil
}
