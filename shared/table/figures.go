package table

import (
	"context"
	"slices"
	"strings"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
)

// Figures are what is known of a past day at a location: sums without persons (art. 5). What is not in them was about
// fewer than five people, or would have given such a figure away.
type Figures struct {
	Places   []PlaceFigures `dynamo:"places,omitempty"`
	Searches map[string]int `dynamo:"searches,omitempty"` // by SearchKind
	Pages    map[string]int `dynamo:"pages,omitempty"`    // opened, by page (art. 11)
	Browsers map[string]int `dynamo:"browsers,omitempty"` // the same, by the browser's family
}

// Empty reports whether there is nothing to keep.
func (f Figures) Empty() bool {
	return len(f.Places) == 0 && len(f.Searches) == 0 && len(f.Pages) == 0 && len(f.Browsers) == 0
}

// PlaceFigures are those of the whole location, of a floor or of a zone.
type PlaceFigures struct {
	Floor  string         `dynamo:"f,omitempty"` // "" is the whole location
	Zone   string         `dynamo:"z,omitempty"` // "" is the whole floor
	Counts map[string]int `dynamo:"c"`
	Hours  map[string]int `dynamo:"h,omitempty"` // spots in use by hour of the day, 0 being the first
}

// A DayFigures is one day's.
type DayFigures struct {
	Day     civil.Date `dynamo:"-"`
	Figures Figures    `dynamo:"figures"`
}

func figuresKey(business, location string, day civil.Date) key {
	return key{privacy.Day, business + "#" + location, privacy.Day.SortPrefix + string(day)}
}

// PutFigures stores the figures of the day that is being closed, once: ErrRefused when there are figures already,
// when they were given up, or when the day is closed.
func (t *Tables) PutFigures(ctx context.Context, open OpenDays, figures Figures) error {
	put, err := t.put(figuresKey(open.Business, open.Location, open.OpenFrom),
		privacy.Day.Stamp(DayFigures{Figures: figures}, privacy.UnderContract.Open()))
	if err != nil {
		return err
	}
	counting := t.check(openDaysKey(open.Location)).
		If("$ = ? AND (attribute_not_exists($) OR $ <> ?)", "open_from", string(open.OpenFrom), "uncounted",
			"uncounted", string(open.OpenFrom))
	return t.transaction().Put(put.If("attribute_not_exists($)", pkName)).Check(counting).Run(ctx)
}

// FiguresBetween reads a location's figures from one date to another, both included, in one Query. Days without any
// are left out.
func (t *Tables) FiguresBetween(ctx context.Context, business, location string,
	from, to civil.Date) ([]DayFigures, error) {
	prefix := privacy.Day.SortPrefix
	items, err := t.all(ctx, t.table(privacy.Insight).Get(pkName, business+"#"+location).
		Range(skName, dynamo.Between, prefix+string(from), prefix+string(to)))
	if err != nil {
		return nil, err
	}
	return decodeAll(items, func(item dynamo.Item) (DayFigures, error) {
		return filled(item, DayFigures{Day: civil.Date(strings.TrimPrefix(text(item[skName]), prefix))})
	})
}

// ForgetFigures removes the figures of business accounts whose contract has ended, wherever they are: a restore
// brought them back, and nothing leads to them any more. It reads the whole table, and can be repeated.
func (t *Tables) ForgetFigures(ctx context.Context, ended []string) error {
	var found []dynamo.Item
	if err := t.table(privacy.Insight).Scan().Consistent(true).Project(pkName, skName).All(ctx, &found); err != nil {
		return wrap(err)
	}
	var keys []key
	for _, raw := range found {
		pk := text(raw[pkName])
		if business, _, _ := strings.Cut(pk, "#"); slices.Contains(ended, business) {
			keys = append(keys, key{pk: pk, sk: text(raw[skName])})
		}
	}
	return t.removeAll(ctx, privacy.Insight, keys)
}
