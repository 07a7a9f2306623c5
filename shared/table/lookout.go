package table

import (
	"context"
	"errors"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
)

// FloorDayNow reads all sheets of a floor's day consistently, for the removal of spots: what it doesn't show was not
// there.
func (t *Tables) FloorDayNow(ctx context.Context, business, location, floor string, day civil.Date) ([]SpotSheet,
	error) {
	items, err := t.list(ctx, privacy.Agenda, floorDay(business, location, floor, day), privacy.SpotSheet.SortPrefix,
		true)
	if err != nil {
		return nil, err
	}
	return decodeAll(items, decodeSpotSheet)
}

// SpotDays reads one spot's sheets of many days consistently; days on which nothing happened yet are left out.
func (t *Tables) SpotDays(ctx context.Context, at Place, days []civil.Date) (map[civil.Date]SpotSheet, error) {
	sheets := map[civil.Date]SpotSheet{}
	byPartition := map[string]civil.Date{}
	keys := make([]dynamo.Keyed, len(days))
	for i, day := range days {
		k := spotSheetKey(at, day)
		byPartition[k.pk], keys[i] = day, dynamo.Keys{k.pk, k.sk}
	}
	var raw []dynamo.Item
	err := t.table(privacy.Agenda).Batch(pkName, skName).Get(keys...).Consistent(true).All(ctx, &raw)
	if errors.Is(err, dynamo.ErrNotFound) {
		return sheets, nil
	}
	if err != nil {
		return nil, wrap(err)
	}
	for _, item := range raw {
		if !t.alive(item) {
			continue
		}
		if sheets[byPartition[text(item[pkName])]], err = decodeSpotSheet(item); err != nil {
			return nil, err
		}
	}
	return sheets, nil
}
