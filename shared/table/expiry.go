package table

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/privacy"
)

// An Expiring is an item that the expiry index lists, without what is in it.
type Expiring struct {
	Due int64 // Unix seconds, as the index has it

	pk, sk string
}

// DueBy reports whether the index knows the item to be past its deadline at an instant. One that the index does not
// list with its deadline is due: the caller that removes it checks the item itself.
func (e Expiring) DueBy(now time.Time) bool { return e.Due <= now.Unix() }

// ExpiringIn lists the items whose deadline is in a minute of the Unix clock, of one shard. Indexes lag: what was
// written a moment ago may be missing, and what was removed may still be listed.
func (t *Tables) ExpiringIn(ctx context.Context, minute int64, shard int) ([]Expiring, error) {
	var raw []dynamo.Item
	err := t.table(privacy.Agenda).Get(expiryName, Bucket(minute, shard)).Index(ExpiryIndex).All(ctx, &raw)
	return expiring(raw), wrap(err)
}

// ExpiringBefore lists items with a deadline in an earlier minute, looking at one page of a segment of the whole index,
// and moves the segment on.
func (t *Tables) ExpiringBefore(ctx context.Context, minute int64, s *Segment) ([]Expiring, error) {
	var raw []dynamo.Item
	next, err := t.table(privacy.Agenda).Scan().Index(ExpiryIndex).Segment(s.Number, s.Segments).
		Filter("$ < ?", expiryName, strconv.FormatInt(minute, 10)).RequestLimit(1).StartFrom(s.from).
		AllWithLastEvaluatedKey(ctx, &raw)
	if err != nil {
		return nil, wrap(err)
	}
	s.from, s.Done = next, next == nil
	return expiring(raw), nil
}

func expiring(raw []dynamo.Item) []Expiring {
	found := make([]Expiring, len(raw))
	for i, item := range raw {
		found[i] = Expiring{pk: text(item[pkName]), sk: text(item[skName]), Due: number(item[ttlName])}
	}
	return found
}

// RemoveExpired deletes an item if its deadline has passed, and reports how long ago that was. ErrRefused says that
// it is not due, because it was renewed, or is not there. One write unit, and another for the index.
func (t *Tables) RemoveExpired(ctx context.Context, item Expiring) (late time.Duration, err error) {
	now := t.now()
	var old dynamo.Item
	err = t.table(privacy.Agenda).Delete(pkName, item.pk).Range(skName, item.sk).
		If("$ <= ?", ttlName, now.Unix()).OldValue(ctx, &old)
	if errors.Is(err, dynamo.ErrNotFound) {
		return 0, ErrRefused
	}
	if err != nil {
		return 0, wrap(err)
	}
	number, ok := old[ttlName].(*types.AttributeValueMemberN)
	if !ok {
		return 0, nil
	}
	deadline, err := strconv.ParseInt(number.Value, 10, 64)
	return now.Sub(time.Unix(deadline, 0)), err
}

// A Swept is up to where the sweep got.
type Swept struct {
	Minute int64 `dynamo:"minute"`         // everything before it was removed
	Walk   int64 `dynamo:"walk,omitempty"` // the minute in which a walk through the whole index began; 0: there is none
	Part   int   `dynamo:"part,omitempty"` // of the index, that the walk has come to
}

func sweepMarkKey() key { return soleKey(privacy.SweepMark, "sweep") }

// Swept reads up to where the sweep got; ErrAbsent when there never was one.
func (t *Tables) Swept(ctx context.Context) (Swept, error) {
	return one(ctx, t, sweepMarkKey(), true, Swept{})
}

// MarkSwept says that everything before a minute was removed, which ends a walk; that another run has moved the mark
// further is no error.
func (t *Tables) MarkSwept(ctx context.Context, minute int64) error {
	err := t.update(sweepMarkKey()).set("minute", minute).remove("walk").remove("part").
		when("attribute_not_exists($) OR $ < ?", "minute", "minute", minute).run(ctx)
	if errors.Is(err, ErrRefused) {
		return nil
	}
	return err
}

// MarkWalk says which part of the index a walk has come to; that another run is further is no error.
func (t *Tables) MarkWalk(ctx context.Context, began int64, part int) error {
	err := t.update(sweepMarkKey()).set("walk", began).set("part", part).
		when("attribute_not_exists($) OR $ < ? OR ($ = ? AND $ <= ?)", "walk", "walk", began, "walk", began, "part",
			part).run(ctx)
	if errors.Is(err, ErrRefused) {
		return nil
	}
	return err
}
