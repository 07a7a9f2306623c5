package table

import (
	"context"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
)

// FloorDayNow reads all sheets of a floor's day consistently, for the removal of spots: what it doesn't show was not
// there.
func (t *Tables) FloorDayNow(ctx context.Context, business, location, floor string,
	day civil.Date) ([]SpotSheet, error) {
	items, err := t.list(ctx, privacy.Agenda, floorDay(business, location, floor, day), privacy.SpotSheet.SortPrefix,
		true)
	if err != nil {
		return nil, err
	}
	return decodeAll(items, decodeSpotSheet)
}

// SpotDays reads one spot's sheets of many days consistently; days on which nothing happened yet are left out.
func (t *Tables) SpotDays(ctx context.Context, place Place, days []civil.Date) (map[civil.Date]SpotSheet, error) {
	sheets := map[civil.Date]SpotSheet{}
	byPartition := map[string]civil.Date{}
	keys := make([]key, len(days))
	for i, day := range days {
		keys[i] = spotSheetKey(place, day)
		byPartition[keys[i].pk] = day
	}
	raw, err := batch(ctx, t, privacy.Agenda, true, keys)
	if err != nil {
		return nil, err
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
