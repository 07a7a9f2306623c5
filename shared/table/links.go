package table

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Link is the erasure link of an overview, stored under its token's hash.
type Link struct {
	Language string `dynamo:"language"`
}

func linkKey(p identity.Person, hash string) key { return personKey(privacy.Link, p, hash) }

// AddLink stores a link for a week; ErrGone when the person is not registered any more.
func (t *Tables) AddLink(ctx context.Context, p identity.Person, hash string, link Link, now time.Time) error {
	put, err := t.put(linkKey(p, hash), privacy.Link.Stamp(link, privacy.OneWeek.From(now)))
	if err != nil {
		return err
	}
	err = t.transaction().Put(put).Check(t.check(personKey(privacy.User, p, "")).IfExists()).Run(ctx)
	if errors.Is(err, ErrRefused) {
		return ErrGone
	}
	return err
}

// Link reads a link, consistently; ErrAbsent when it is unknown, used or too old.
func (t *Tables) Link(ctx context.Context, p identity.Person, hash string) (Link, error) {
	return one(ctx, t, linkKey(p, hash), true, Link{})
}

// ForgetLinks removes all of a person's links: none of them works any more. A repeat does nothing.
func (t *Tables) ForgetLinks(ctx context.Context, p identity.Person) error {
	found, err := t.list(ctx, privacy.Agenda, PersonPartition(p), privacy.Link.SortPrefix, true)
	for _, raw := range found {
		err = errors.Join(err, wrap(t.remove(linkKey(p, idIn(raw, privacy.Link))).Run(ctx)))
	}
	return err
}

// An OverviewRequest says that an overview was asked for within the last hour, and whether it was mailed.
type OverviewRequest struct {
	Request string `dynamo:"request"`  // random id: the same again is the same request
	AskedAt int64  `dynamo:"asked_at"` // Unix seconds
	Mailed  bool   `dynamo:"mailed"`
}

func overviewKey(p identity.Person) key { return personKey(privacy.OverviewRequest, p, "") }

// AskOverview notes the request for an hour, and gives back the one that stands: another one when one was asked for
// less than an hour ago. It is ErrGone when the person is not registered.
func (t *Tables) AskOverview(ctx context.Context, p identity.Person, asked OverviewRequest,
	now time.Time) (OverviewRequest, error) {
	put, err := t.put(overviewKey(p), privacy.OverviewRequest.Stamp(asked, privacy.OneHour.From(now)))
	if err != nil {
		return OverviewRequest{}, err
	}
	// An item past its deadline is no obstacle, whether or not the sweep has been there.
	put.If("attribute_not_exists($) OR $ <= ?", pkName, ttlName, now.Unix())
	err = t.transaction().Put(put).Check(t.check(personKey(privacy.User, p, "")).IfExists()).as(userPart).Run(ctx)
	switch {
	case refusedAt(err, userPart):
		return OverviewRequest{}, ErrGone
	case errors.Is(err, ErrRefused):
		return t.AskedOverview(ctx, p)
	}
	return asked, err
}

// AskedOverview reads the request that stands, consistently; ErrAbsent when there is none.
func (t *Tables) AskedOverview(ctx context.Context, p identity.Person) (OverviewRequest, error) {
	return one(ctx, t, overviewKey(p), true, OverviewRequest{})
}

// OverviewMailed notes that the request was answered, and counts it as handled, unless it is not the one that stands
// any more, was answered before, or the business account has gone. Then it does nothing.
func (t *Tables) OverviewMailed(ctx context.Context, p identity.Person, asked OverviewRequest) error {
	now := t.now()
	mailed := t.update(overviewKey(p)).set("mailed", true).
		when("$ = ? AND $ <> ?", "request", asked.Request, "mailed", true)
	count := t.handled(p.Business, Overviews, now, now.Sub(time.Unix(asked.AskedAt, 0)))
	return ignoreRefused(t.transaction().Update(mailed).Update(count).
		Check(t.accountExists(p.Business)).Run(ctx))
}
