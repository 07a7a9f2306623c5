package table

import (
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A SearchKind is what was looked for.
type SearchKind string

// The kinds of searches that are counted (art. 5).
const (
	SpotSearch      SearchKind = "spots"
	ColleagueSearch SearchKind = "colleagues"
)

// Searches are how often a person searched on a day at a location. What they searched for is kept nowhere.
type Searches struct {
	User       string `dynamo:"-"`
	Spots      int    `dynamo:"spots"`
	Colleagues int    `dynamo:"colleagues"`
	DayEnds    int64  `dynamo:"ttl"` // Unix seconds

	// How often they opened each page, and how often with each family of browser (art. 11).
	Pages    map[string]int `dynamo:"-"`
	Browsers map[string]int `dynamo:"-"`
}

// How the names of attributes begin that count opened pages.
const (
	pagePrefix    = "page#"
	browserPrefix = "browser#"
)

func searchesKey(p identity.Person, location string, day civil.Date) key {
	return key{privacy.DaySearches, locationDay(p.Business, location, day), privacy.DaySearches.SortPrefix + p.User}
}

func locationDay(business, location string, day civil.Date) string {
	return business + "#" + location + "#" + string(day)
}

// CountSearch counts one search of a person at a location. Day is the date there now, not the date searched for,
// since a search is linked to a person during the current day only (5.transactions); dayEnds is that day's end. One
// write unit.
func (t *Tables) CountSearch(ctx context.Context, p identity.Person, location string, day civil.Date,
	dayEnds time.Time, kind SearchKind) error {
	return t.update(searchesKey(p, location, day)).keep(privacy.DayEnd.From(dayEnds)).add(string(kind), 1).run(ctx)
}

// CountUse counts one opened page of a person at a location, in the same way: with its browser's family, and nothing
// of which was opened when.
func (t *Tables) CountUse(ctx context.Context, p identity.Person, location string, day civil.Date, dayEnds time.Time,
	page, browser string) error {
	return t.update(searchesKey(p, location, day)).keep(privacy.DayEnd.From(dayEnds)).
		add(pagePrefix+page, 1).add(browserPrefix+browser, 1).run(ctx)
}

// SearchesOf reads how often a person searched and opened pages on a day at a location, for the overview; ErrAbsent
// when never.
func (t *Tables) SearchesOf(ctx context.Context, p identity.Person, location string,
	day civil.Date) (Searches, error) {
	var raw dynamo.Item
	if err := t.get(ctx, searchesKey(p, location, day), true, &raw); err != nil {
		return Searches{}, err
	}
	return searchesIn(raw), nil
}

// searchesIn reads what can be read of an item: a number that can't counts as none, and is removed like the others.
func searchesIn(item dynamo.Item) Searches {
	searches := Searches{User: idIn(item, privacy.DaySearches)}
	_ = dynamo.UnmarshalItem(item, &searches)
	for name, value := range item {
		searches.Pages = countIn(searches.Pages, name, pagePrefix, value)
		searches.Browsers = countIn(searches.Browsers, name, browserPrefix, value)
	}
	return searches
}

// countIn adds an attribute to the counts whose names begin with the prefix, if its name does.
func countIn(counts map[string]int, name, prefix string, value types.AttributeValue) map[string]int {
	part, ok := strings.CutPrefix(name, prefix)
	if !ok {
		return counts
	}
	if counts == nil {
		counts = map[string]int{}
	}
	_ = decodeInto(counts, part, value, reflected[int])
	return counts
}

// ForgetSearches removes a person's searches of a day at a location, for the erasure; they need not be there.
func (t *Tables) ForgetSearches(ctx context.Context, p identity.Person, location string, day civil.Date) error {
	return wrap(t.remove(searchesKey(p, location, day)).Run(ctx))
}

// PastSearches reads everyone's searches of a day at a location, consistently and whether or not the day has ended.
func (t *Tables) PastSearches(ctx context.Context, business, location string, day civil.Date) ([]Searches, error) {
	var raw []dynamo.Item
	err := t.table(privacy.Agenda).Get(pkName, locationDay(business, location, day)).Consistent(true).
		Range(skName, dynamo.BeginsWith, privacy.DaySearches.SortPrefix).All(ctx, &raw)
	if err != nil {
		return nil, wrap(err)
	}
	searches := make([]Searches, len(raw))
	for i, item := range raw {
		searches[i] = searchesIn(item)
	}
	return searches, nil
}

// CloseSearches deletes these persons' searches of a day at a location, 25 in one call. Some may be gone already.
func (t *Tables) CloseSearches(ctx context.Context, business, location string, day civil.Date, users []string) error {
	keys := make([]key, len(users))
	for i, user := range users {
		keys[i] = searchesKey(identity.Person{Business: business, User: user}, location, day)
	}
	return t.removeAll(ctx, privacy.Agenda, keys)
}
