package table

import (
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Feed is a person's calendar feed (4.f.5), stored under its token's hash. Dates are in UTC.
type Feed struct {
	Hash    string     `dynamo:"-"`
	Made    civil.Date `dynamo:"made_on"`
	Fetched civil.Date `dynamo:"fetched_on,omitempty"`
}

func feedKey(p identity.Person, hash string) key { return personKey(privacy.Feed, p, hash) }

// AddFeed stores a feed; ErrGone when the person is not registered any more.
func (t *Tables) AddFeed(ctx context.Context, p identity.Person, feed Feed) error {
	put, err := t.put(feedKey(p, feed.Hash), privacy.Feed.Stamp(feed, privacy.UntilRevoked.Open()))
	if err != nil {
		return err
	}
	err = t.transaction().Put(put).Check(t.userExists(p)).Run(ctx)
	if errors.Is(err, ErrRefused) {
		return ErrGone
	}
	return err
}

// Feeds lists a person's feeds, consistently: one, or for a moment two while one takes the other's place.
func (t *Tables) Feeds(ctx context.Context, p identity.Person) ([]Feed, error) {
	found, err := t.list(ctx, privacy.Agenda, PersonPartition(p), privacy.Feed.SortPrefix, true)
	feeds := make([]Feed, len(found))
	for i, raw := range found {
		feeds[i] = Feed{Hash: idIn(raw, privacy.Feed), Made: civil.Date(text(raw["made_on"])),
			Fetched: civil.Date(text(raw["fetched_on"]))}
	}
	return feeds, err
}

// Feed reads one by its token's hash; ErrAbsent when there is none.
func (t *Tables) Feed(ctx context.Context, p identity.Person, hash string) (Feed, error) {
	return one(ctx, t, feedKey(p, hash), true, Feed{Hash: hash})
}

// FeedFetched notes the day on which a feed was fetched. ErrRefused when it was revoked meanwhile.
func (t *Tables) FeedFetched(ctx context.Context, p identity.Person, hash string, on civil.Date) error {
	return t.update(feedKey(p, hash)).set("fetched_on", string(on)).when("attribute_exists($)", pkName).run(ctx)
}

// EndFeed revokes one. A repeat does nothing.
func (t *Tables) EndFeed(ctx context.Context, p identity.Person, hash string) error {
	return wrap(t.remove(feedKey(p, hash)).Run(ctx))
}
