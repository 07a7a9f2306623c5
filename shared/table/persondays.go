package table

import (
	"context"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// PersonDays reads a person's days from one date to another, both included, in one Query.
func (t *Tables) PersonDays(ctx context.Context, p identity.Person, from, to civil.Date) ([]PersonSheet, error) {
	return t.personDays(ctx, p, from, to, false)
}

// PersonDaysNow is PersonDays with every write that was answered before.
func (t *Tables) PersonDaysNow(ctx context.Context, p identity.Person, from, to civil.Date) ([]PersonSheet, error) {
	return t.personDays(ctx, p, from, to, true)
}

func (t *Tables) personDays(ctx context.Context, p identity.Person, from, to civil.Date,
	consistent bool) ([]PersonSheet, error) {
	prefix := privacy.PersonSheet.SortPrefix
	items, err := t.all(ctx, t.table(privacy.Agenda).Get(pkName, PersonPartition(p)).Consistent(consistent).
		Range(skName, dynamo.Between, prefix+string(from), prefix+string(to)+"~"))
	if err != nil {
		return nil, err
	}
	return decodeAll(items, decodePersonSheet)
}
