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
	pk, sk string
	due    int64 // Unix seconds, as the index has it
}

// DueBy reports whether the index knows the item to be past its deadline at an instant. One that the index does not
// list with its deadline is due: the caller that removes it checks the item itself.
func (e Expiring) DueBy(now time.Time) bool { return e.due <= now.Unix() }

// ExpiringIn lists the items whose deadline is in a minute of the Unix clock, of one shard. Indexes lag: what was
// written a moment ago may be missing, and what was removed may still be listed.
func (t *Tables) ExpiringIn(ctx context.Context, minute int64, shard int) ([]Expiring, error) {
	var raw []dynamo.Item
	err := t.table(privacy.Agenda).Get(expiryName, Bucket(minute, shard)).Index(ExpiryIndex).All(ctx, &raw)
	return expiring(raw), wrap(err)
}

// A Scan is a walk through the whole expiry index. Its zero value is at the beginning.
type Scan struct {
	from dynamo.PagingKey
	Done bool
}

// ExpiringBefore lists items with a deadline in an earlier minute, looking at one page of at most n entries of the
// index on from scan, and moves it on.
func (t *Tables) ExpiringBefore(ctx context.Context, minute int64, n int, scan *Scan) ([]Expiring, error) {
	var raw []dynamo.Item
	page := t.table(privacy.Agenda).Scan().Index(ExpiryIndex).Filter("$ < ?", expiryName,
		strconv.FormatInt(minute, 10)).
		SearchLimit(n).StartFrom(scan.from)
	next, err := page.AllWithLastEvaluatedKey(ctx, &raw)
	if err != nil {
		return nil, wrap(err)
	}
	scan.from, scan.Done = next, next == nil
	return expiring(raw), nil
}

func expiring(raw []dynamo.Item) []Expiring {
	found := make([]Expiring, len(raw))
	for i, item := range raw {
		found[i] = Expiring{text(item[pkName]), text(item[skName]), number(item[ttlName])}
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

type sweepMark struct {
	Minute int64 `dynamo:"minute"`
}

func sweepMarkKey() key { return soleKey(privacy.SweepMark, "sweep") }

// SweptUntil is the minute before which everything was swept; ErrAbsent when nothing ever was.
func (t *Tables) SweptUntil(ctx context.Context) (minute int64, err error) {
	var mark sweepMark
	err = t.get(ctx, sweepMarkKey(), true, &mark)
	return mark.Minute, err
}

// MarkSwept moves that minute forward; that another run has moved it further is no error.
func (t *Tables) MarkSwept(ctx context.Context, minute int64) error {
	err := t.update(sweepMarkKey()).set("minute", minute).
		when("attribute_not_exists($) OR $ < ?", "minute", "minute", minute).run(ctx)
	if errors.Is(err, ErrRefused) {
		return nil
	}
	return err
}
