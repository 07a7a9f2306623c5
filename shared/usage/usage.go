// Package usage counts how registered users reach the service (art. 11): a tag, an image of one pixel, that the app
// asks for with its session when it opens a page. What is counted is the page and the family of the browser, each of
// a short list, as a number of the person's today at a location; it goes the way of the day's searches, which is into
// a statistic without persons and then away. There is no cookie, the network address is not looked at, and who
// objects to statistics is not counted (7.object).
package usage

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/search"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// A Counter counts the tags that are asked for.
type Counter struct {
	Tables *table.Tables
	Now    func() time.Time
}

// Routes ties them to their operations.
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

// A Tag is a transparent image of one pixel.
type Tag struct{}

// pixel is the smallest GIF.
const pixel = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

// Content makes it an answer that is written as it is.
func (Tag) Content() (mediaType string, body []byte) { return "image/gif", []byte(pixel) }

// Count counts one opened page. That it can't be counted is logged and spoils no page; a location that is not of the
// caller's account is unknown.
func (c Counter) Count(ctx context.Context, caller identity.Caller, in Input) (Tag, error) {
	counter := search.Counter{Tables: c.Tables, Now: c.Now}
	at, err := counter.At(ctx, caller.Business, in.Location)
	switch {
	case errors.Is(err, table.ErrAbsent) && in.Location != "":
		return Tag{}, problem.Unknown()
	case errors.Is(err, table.ErrAbsent):
		return Tag{}, nil // an account without locations has no day to count in
	case err != nil:
		return Tag{}, err
	}
	if err := counter.CountUse(ctx, caller.Person, at, in.Page, Family(in.Agent)); err != nil {
		report.Fault(ctx, "counting a usage tag", "", err)
	}
	return Tag{}, nil
}
