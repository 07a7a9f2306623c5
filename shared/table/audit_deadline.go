package table

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
)

// farthest is how far what goes with a date is from the end of that date in UTC, in whatever zone.
const farthest = 14*time.Hour + LettingGo

// asDeclared reports whether an item's deadline can be that of its rule: exactly, where the item says since when the
// rule counts; to within the zones of the world, where it says a date; otherwise no later than from now on.
func (t *Tables) asDeclared(item privacy.Item, pk, sk string, raw dynamo.Item) bool {
	_, has := raw[ttlName]
	if item.Rule.EndsWithEvent() || !has {
		return item.Rule.EndsWithEvent() && !has
	}
	deadline := time.Unix(number(raw[ttlName]), 0)
	within := func(reference time.Time, margin time.Duration) bool {
		declared, _ := item.Rule.From(reference).At()
		return deadline.Sub(declared).Abs() <= margin
	}
	if since, ok := since(item, raw); ok {
		return within(since, 0)
	}
	if date, ok := dateOf(item, pk, sk, raw); ok {
		reference := date.End(civil.UTC)
		if item.Rule.FromStart() {
			reference = date.Start(civil.UTC)
		}
		return within(reference, farthest)
	}
	latest, _ := item.Rule.From(t.now()).At()
	return !deadline.After(latest.Add(time.Minute)) // clocks differ
}

// since is the instant from which an item's rule counts, where the item holds it.
func since(item privacy.Item, raw dynamo.Item) (time.Time, bool) {
	for _, name := range item.Since {
		if at, err := time.Parse(time.RFC3339Nano, text(raw[name])); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// dateOf is the date that an item's rule counts from, where its key or the item says it.
func dateOf(item privacy.Item, pk, sk string, raw dynamo.Item) (civil.Date, bool) {
	date := ""
	switch item.Date {
	case privacy.DateInSortKey:
		date, _, _ = strings.Cut(strings.TrimPrefix(sk, item.SortPrefix), "#")
	case privacy.DateInPartition:
		date = pk[strings.LastIndex(pk, "#")+1:]
	default:
		date = text(raw[string(item.Date)])
		if id, err := ParseReservationID(date); err == nil {
			return id.Day, true
		}
	}
	parsed, err := civil.ParseDate(date)
	return parsed, err == nil
}

type auditMark struct {
	Part int `dynamo:"part"`
}

func auditMarkKey() key { return soleKey(privacy.SweepMark, "audit") }

// AuditedUntil is the part at which the next audit begins, as the last one left it; 0 when there was none.
func (t *Tables) AuditedUntil(ctx context.Context) (part int, err error) {
	var mark auditMark
	if err = t.get(ctx, auditMarkKey(), true, &mark); errors.Is(err, ErrAbsent) {
		err = nil
	}
	return mark.Part, err
}

// MarkAudited moves it on.
func (t *Tables) MarkAudited(ctx context.Context, part int) error {
	return t.update(auditMarkKey()).set("part", part).run(ctx)
}
