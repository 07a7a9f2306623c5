package presence

import (
	"context"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/table"
)

// Arriving is the reservation of whoever comes to a spot at an instant, as a sensor or somebody at its door says: one
// that waits to be checked in, and that its person did not take back.
func Arriving(sheet table.SpotSheet, at time.Time) (id string, held table.Holding, waits bool) {
	e, waits := arriving(sheet, at)
	return e.id, e.Holding, waits
}

// Admit checks a reservation of a day in, and of a stay over midnight the morning when its time comes. It is
// table.ErrRefused when the reservation has changed.
func Admit(ctx context.Context, tables *table.Tables, place table.Place, day civil.Date, id string, held table.Holding,
	dayEnds, at time.Time) error {
	if err := tables.CheckIn(ctx, place, day, id, held, at); err != nil {
		return err
	}
	return carryOver(ctx, tables, place, day, dayEnds, at, held, false)
}
