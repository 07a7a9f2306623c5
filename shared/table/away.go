package table

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

func awayKey(p identity.Person, day civil.Date) key { return personKey(privacy.Away, p, string(day)) }

// SetAway keeps that a person is not there on a day (4.f.2), until it ends; ErrGone when they are not registered.
func (t *Tables) SetAway(ctx context.Context, p identity.Person, day civil.Date, ends time.Time) error {
	put, err := t.put(awayKey(p, day), privacy.Away.Stamp(datedRow{day}, privacy.DayEnd.From(ends)))
	if err != nil {
		return err
	}
	err = t.transaction().Put(put).Check(t.userExists(p)).Run(ctx)
	if errors.Is(err, ErrRefused) {
		return ErrGone
	}
	return err
}

// EndAway forgets it. A repeat does nothing.
func (t *Tables) EndAway(ctx context.Context, p identity.Person, day civil.Date) error {
	return wrap(t.remove(awayKey(p, day)).Run(ctx))
}

// FreeAway is FreeDay for a day on which the person is away still, once: what they gave free of it already, or took
// back, stays as it is. 8 write units.
func (t *Tables) FreeAway(ctx context.Context, p identity.Person, a Assignment, day civil.Date,
	ends time.Time) error {
	free, err := t.freeDay(p, a, day, ends, func(sheet *update) {
		sheet.when("NOT ($ = ? OR $ = ?)", freedName, a.Mark, freedName, TakenBack)
	})
	if err != nil {
		return err
	}
	return ignoreRefused(free.Check(t.check(awayKey(p, day)).IfExists()).Check(t.userExists(p)).Run(ctx))
}

// Own is what a person has of their own: workplaces, and the days on which they are away.
type Own struct {
	Workplaces []Assignment
	Away       []civil.Date
}

// Own reads both in one Query, since nothing lies between them, eventually consistent: half a read unit.
func (t *Tables) Own(ctx context.Context, p identity.Person) (Own, error) {
	return t.own(ctx, p, false)
}

// OwnNow reads them consistently, for a change of them: a read unit.
func (t *Tables) OwnNow(ctx context.Context, p identity.Person) (Own, error) {
	return t.own(ctx, p, true)
}

func (t *Tables) own(ctx context.Context, p identity.Person, consistent bool) (Own, error) {
	items, err := t.all(ctx, t.table(privacy.Agenda).Get(pkName, PersonPartition(p)).Consistent(consistent).
		Range(skName, dynamo.Between, privacy.Assigned.SortPrefix, privacy.Away.SortPrefix+"~"))
	var own Own
	for _, raw := range items {
		if day, away := strings.CutPrefix(text(raw[skName]), privacy.Away.SortPrefix); away {
			own.Away = append(own.Away, civil.Date(day))
			continue
		}
		a, fault := assignmentOf(raw)
		own.Workplaces, err = append(own.Workplaces, a), errors.Join(err, fault)
	}
	return own, err
}
