// Package usage counts that people search (art. 5) and which pages they open (art. 11): a number a person has of
// today at a location, never what they looked for. When the day is closed the numbers become a statistic without
// persons and go. Who objects to statistics is not counted (7.object).
package usage

import (
	"context"
	"sync"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/table"
)

// patience is how long the counting may keep an answer waiting that is ready.
const patience = time.Second

// Objections are the words by which a person objects to being counted: the item, or its purpose (7.object).
// PageObjections are those to opened pages being counted.
var (
	Objections     = privacy.Objecting("5.transactions")
	PageObjections = append(privacy.Objecting("11.cookies"), "5.transactions")
)

// A Counter counts searches and opened pages. Now is the clock.
type Counter struct {
	Tables *table.Tables
	Now    func() time.Time
}

// A Place is the location whose day counts what somebody does.
type Place struct {
	Location string
	Zone     civil.Zone
}

// At is the place of a location of the account, or of its first where none is named. ErrAbsent when there is none.
func (c Counter) At(ctx context.Context, business, id string) (Place, error) {
	location, err := c.location(ctx, business, id)
	if err != nil {
		return Place{}, err
	}
	return Place{location.ID, location.Zone}, nil
}

func (c Counter) location(ctx context.Context, business, id string) (table.Location, error) {
	if id != "" {
		return c.Tables.Location(ctx, business, id)
	}
	all, err := c.Tables.Locations(ctx, business)
	if err == nil && len(all) == 0 {
		err = table.ErrAbsent
	}
	if err != nil {
		return table.Location{}, err
	}
	return all[0], nil
}

// countPage counts an opened page of a person who doesn't object, in one read and one write.
func (c Counter) countPage(ctx context.Context, p identity.Person, place Place, page, browser string) error {
	objects, err := c.Tables.ObjectsTo(ctx, p, PageObjections...)
	if err != nil || objects {
		return err
	}
	today := civil.DateOf(c.Now(), place.Zone)
	return c.Tables.CountUse(ctx, p, place.Location, today, today.End(place.Zone), page, browser)
}

// Forget removes a person's counts on the days that are not closed yet, at every location of the account and those
// that were just removed. A repeat does nothing.
func (c Counter) Forget(ctx context.Context, p identity.Person) error {
	locations, err := c.Tables.SearchedLocations(ctx, p.Business)
	if err != nil {
		return err
	}
	for _, location := range locations {
		for _, day := range Days(c.Now(), location.Zone) {
			if err := c.Tables.ForgetSearches(ctx, p, location.ID, day); err != nil {
				return err
			}
		}
	}
	return nil
}

// Days are those for which searches may be kept at a location at an instant: yesterday, which may not be closed yet,
// today, and tomorrow, which was today if the location's zone was just changed.
func Days(now time.Time, zone civil.Zone) []civil.Date {
	today := civil.DateOf(now, zone)
	return []civil.Date{today.AddDays(-1), today, today.AddDays(1)}
}

// Begin counts one search beside what is searched, in one write; wait is called before answering. Who objects is not
// counted, nor who is not registered any more: the caller's session says so, or their registration is read for it.
// That it can't be counted is logged and fails no search.
func (c Counter) Begin(ctx context.Context, caller identity.Caller, location string, zone civil.Zone,
	kind table.SearchKind) (wait func()) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	var counting sync.WaitGroup
	counting.Go(func() {
		defer cancel()
		if err := c.count(ctx, caller, location, zone, kind); err != nil {
			report.Fault(ctx, "counting a search", "", err)
		}
	})
	return counting.Wait
}

func (c Counter) count(ctx context.Context, caller identity.Caller, location string, zone civil.Zone,
	kind table.SearchKind) error {
	if !caller.Counted {
		if objects, err := c.Tables.ObjectsTo(ctx, caller.Person, Objections...); err != nil || objects {
			return err
		}
	}
	today := civil.DateOf(c.Now(), zone)
	return c.Tables.CountSearch(ctx, caller.Person, location, today, today.End(zone), kind)
}
