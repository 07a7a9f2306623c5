package calendar

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Feeds makes, shows and revokes people's calendar feeds, and answers what subscribes to them.
type Feeds struct {
	Tables    *table.Tables
	Now       func() time.Time
	PublicURL string // where the HTTP interface is reached
}

// Routes are the use cases with the operations that they serve.
func (f Feeds) Routes() []web.Route {
	return []web.Route{web.On(api.ShowFeed, f.Show), web.On(api.MakeFeed, f.Make), web.On(api.EndFeed, f.End),
		web.On(api.ReadFeed, f.Read), web.On(api.ReservationFile, f.File)}
}

// A State says whether there is a feed. Dates are in UTC.
type State struct {
	There   bool       `json:"there"`
	Made    civil.Date `json:"made_on,omitempty"`
	Fetched civil.Date `json:"fetched_on,omitempty"`
}

// Show tells whether the caller has a feed, and the day on which it was last fetched (4.f.5).
func (f Feeds) Show(ctx context.Context, caller identity.Caller, _ struct{}) (State, error) {
	feeds, err := f.Tables.Feeds(ctx, caller.Person)
	if err != nil || len(feeds) == 0 {
		return State{}, err
	}
	return State{There: true, Made: feeds[0].Made, Fetched: feeds[0].Fetched}, nil
}

// A Made feed is its URL, of which only a hash is kept.
type Made struct {
	URL string `json:"url"`
}

const (
	folder = "/calendars/"
	suffix = ".ics"
)

// Make makes a feed in place of the one that the caller has. Cut off half-way there is none, and the same request
// again makes one.
func (f Feeds) Make(ctx context.Context, caller identity.Caller, _ struct{}) (Made, error) {
	if _, err := f.End(ctx, caller, struct{}{}); err != nil {
		return Made{}, err
	}
	token := bearer.Token(caller.Person, secret.Token())
	err := f.Tables.AddFeed(ctx, caller.Person, table.Feed{Hash: secret.Hash(token), Made: f.today()})
	if errors.Is(err, table.ErrGone) {
		return Made{}, problem.Unknown()
	}
	return Made{URL: f.PublicURL + folder + token + suffix}, err
}

func (f Feeds) today() civil.Date { return civil.DateOf(f.Now(), civil.UTC) }

// End revokes the caller's feed at once. A repeat does nothing.
func (f Feeds) End(ctx context.Context, caller identity.Caller, _ struct{}) (struct{}, error) {
	feeds, err := f.Tables.Feeds(ctx, caller.Person)
	for _, feed := range feeds {
		err = errors.Join(err, f.Tables.EndFeed(ctx, caller.Person, feed.Hash))
	}
	return struct{}{}, err
}

// FeedInput is the last part of a feed's URL.
type FeedInput struct {
	Feed string `json:"feed"`
}

// ahead is how far a feed looks, which is further than anybody can reserve.
const ahead = 400

// Read is a feed's calendar. One that is unknown, revoked or of somebody erased is empty, so that copies of it empty
// themselves. The day of the fetch is noted once.
func (f Feeds) Read(ctx context.Context, _ identity.Caller, in FeedInput) (Page, error) {
	calendar := empty()
	token := strings.TrimSuffix(in.Feed, suffix)
	p, ok := bearer.Named(token)
	if !ok {
		return page(calendar)
	}
	feed, err := f.Tables.Feed(ctx, p, secret.Hash(token))
	if err == nil && feed.Fetched != f.today() {
		err = f.Tables.FeedFetched(ctx, p, feed.Hash, f.today())
	}
	switch {
	case errors.Is(err, table.ErrAbsent), errors.Is(err, table.ErrRefused):
		return page(calendar)
	case err != nil:
		return Page{}, err
	}
	from := f.today().AddDays(-1) // it is still yesterday somewhere
	sheets, err := f.Tables.PersonDays(ctx, p, from, from.AddDays(ahead))
	if err != nil {
		return Page{}, err
	}
	places := map[string]table.Location{}
	for _, sheet := range sheets {
		at, known := places[sheet.Location]
		if !known {
			at, err = f.Tables.Location(ctx, p.Business, sheet.Location)
			if err != nil && !errors.Is(err, table.ErrAbsent) { // what was just removed is told without its name
				return Page{}, err
			}
			places[sheet.Location] = at
		}
		for _, key := range slices.Sorted(maps.Keys(sheet.Commitments)) {
			if c := sheet.Commitments[key]; c.State.Stands() {
				add(calendar, table.ReservationID{Day: sheet.Day, Location: sheet.Location, Key: key}, c, at, f.Now())
			}
		}
	}
	return page(calendar)
}

// FileInput names a reservation of the caller's.
type FileInput struct {
	Reservation string `json:"reservation"`
}

// File is one reservation as a calendar's file, with the identifier that it has in the feed.
func (f Feeds) File(ctx context.Context, caller identity.Caller, in FileInput) (Page, error) {
	id, err := table.ParseReservationID(in.Reservation)
	if err != nil {
		return Page{}, table.Unknown(err)
	}
	sheet, err := f.Tables.PersonSheet(ctx, caller.Person, id.Day, id.Location)
	if err != nil {
		return Page{}, table.Unknown(err)
	}
	c, there := sheet.Commitments[id.Key]
	if !there || !c.State.Stands() {
		return Page{}, problem.Unknown()
	}
	location, err := f.Tables.Location(ctx, caller.Business, id.Location)
	if err != nil {
		return Page{}, table.Unknown(err)
	}
	calendar := empty()
	add(calendar, id, c, location, f.Now())
	return page(calendar)
}
