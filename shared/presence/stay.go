package presence

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/table"
)

// Over midnight a stay is two reservations, one a day, each gone with its own (4.d.4). To whoever is there
// it is one: who is there when the day ends is there when the next begins, and a stay that is given back in the
// evening, or to which nobody comes, has no morning.

// carriedWithin is how long before the day ends a check-in is carried over, again with each round of the Watch.
const carriedWithin = time.Hour

// A sequel is the reservation of the next day with which a stay goes on.
type sequel struct {
	entry
	day civil.Date
}

// sequelOf finds it for a reservation of a day, by a read for one that lasts until the day ends and by none for any
// other.
func sequelOf(ctx context.Context, tables *table.Tables, place table.Place, day civil.Date, dayEnds time.Time,
	held table.Holding) (next sequel, there bool, err error) {
	if !held.To.Time().Equal(dayEnds) {
		return sequel{}, false, nil
	}
	tomorrow := day.AddDays(1)
	sheet, err := tables.SpotSheetNow(ctx, place, tomorrow)
	for _, e := range entries(sheet) {
		if e.User == held.User && e.From == held.To && e.State.Holds() {
			return sequel{e, tomorrow}, true, err
		}
	}
	return sequel{}, false, err
}

// carryOver checks the morning of a stay in from its first moment on. One that its person took back stays so until
// they check the evening in by hand. What changed meanwhile is left to the next round.
func carryOver(ctx context.Context, tables *table.Tables, place table.Place, day civil.Date, dayEnds, now time.Time,
	held table.Holding, byHand bool) error {
	if now.Before(dayEnds.Add(-carriedWithin)) {
		return nil
	}
	next, there, err := sequelOf(ctx, tables, place, day, dayEnds, held)
	if err != nil || !there || next.State != table.Reserved || next.ByHand && !byHand {
		return err
	}
	err = tables.CheckIn(ctx, place, next.day, next.id, next.Holding, next.From.Time())
	if errors.Is(err, table.ErrRefused) {
		return nil
	}
	return err
}

// endStay takes the morning of a stay away whose evening is over before its time: nothing of it stays. ErrRefused
// where it changed meanwhile. A repeat does nothing.
func endStay(ctx context.Context, tables *table.Tables, place table.Place, day civil.Date, dayEnds time.Time,
	held table.Holding) error {
	next, there, err := sequelOf(ctx, tables, place, day, dayEnds, held)
	if err != nil || !there {
		return err
	}
	who := identity.Person{Business: place.Business, User: held.User}
	sheet, err := tables.PersonSheet(ctx, who, next.day, place.Location)
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	if _, still := sheet.Commitments[next.id]; err != nil || !still {
		return err
	}
	return tables.Cancel(ctx, who, sheet, next.id)
}
