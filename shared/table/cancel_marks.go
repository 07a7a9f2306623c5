package table

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
)

// A CancelMark is that of a reservation that its person cancelled. It stands on the spot's sheet until that day ends.
// Nothing leads from the person to it, since that would keep what they took back; but who knows the person recognises
// it, which is how the overview shows it and the erasure removes it.
type CancelMark struct {
	Place Place
	Day   civil.Date
	Ends  time.Time // the day's end, from which it is gone

	mark string
}

// cancelMark is the reservation's id, followed by what only the person's own id gives with it.
func cancelMark(user, id string) string { return id + secret.DerivedID("cancelled", user, id) }

func markedBy(user, mark string) bool {
	return len(mark) == 2*secret.IDLength && mark == cancelMark(user, mark[:secret.IDLength])
}

// CancelMarks finds the marks of a person on every open day of their business account, in order of days, those of a
// day that has ended a moment ago too. It reads all of the account's floors on all days for which anything was ever
// reserved: some 7 read units for a floor of 200 spots that is half full, and half a unit for one on which nothing is
// reserved.
func (t *Tables) CancelMarks(ctx context.Context, p identity.Person) ([]CancelMark, error) {
	premises, _, err := t.Premises(ctx, p.Business)
	if err != nil {
		return nil, err
	}
	var days []CancelMark
	for _, at := range premises {
		for day := at.From; day <= at.Until; day = day.AddDays(1) {
			for _, floor := range at.Floors {
				days = append(days, CancelMark{Place: Place{Business: p.Business, Location: at.Location,
					Floor: floor}, Day: day, Ends: day.End(at.Zone)})
			}
		}
	}
	var mu sync.Mutex
	var found []CancelMark
	err = parallel.Each(ctx, clearing, days, func(ctx context.Context, on CancelMark) error {
		marks, err := t.cancelMarksOn(ctx, p, on)
		mu.Lock()
		defer mu.Unlock()
		found = append(found, marks...)
		return err
	})
	slices.SortFunc(found, func(a, b CancelMark) int {
		return strings.Compare(string(a.Day)+a.mark, string(b.Day)+b.mark)
	})
	return found, err
}

// cancelMarksOn reads a floor's day, whether or not it has ended.
func (t *Tables) cancelMarksOn(ctx context.Context, p identity.Person, on CancelMark) ([]CancelMark, error) {
	var found []CancelMark
	var items []dynamo.Item
	err := t.table(privacy.Agenda).Get(pkName, floorDay(p.Business, on.Place.Location, on.Place.Floor,
		on.Day)).Consistent(true).
		Range(skName, dynamo.BeginsWith, privacy.SpotSheet.SortPrefix).Project(skName, cancelledName).All(ctx, &items)
	for _, item := range items {
		var marks []string
		if item[cancelledName] == nil {
			continue
		}
		if err := dynamo.Unmarshal(item[cancelledName], &marks); err != nil {
			return nil, err
		}
		for _, mark := range marks {
			if markedBy(p.User, mark) {
				on.Place.Spot, on.mark = strings.TrimPrefix(text(item[skName]), privacy.SpotSheet.SortPrefix), mark
				found = append(found, on)
			}
		}
	}
	return found, wrap(err)
}

// ForgetCancelMarks removes a person's marks. It can end anywhere and be repeated.
func (t *Tables) ForgetCancelMarks(ctx context.Context, p identity.Person) error {
	marks, err := t.CancelMarks(ctx, p)
	if err != nil {
		return err
	}
	return parallel.Each(ctx, clearing, marks, func(ctx context.Context, c CancelMark) error {
		u := t.update(spotSheetKey(c.Place, c.Day)).when("attribute_exists($)", pkName)
		u.Update.DeleteStringsFromSet(cancelledName, c.mark)
		return ignoreRefused(u.run(ctx))
	})
}
