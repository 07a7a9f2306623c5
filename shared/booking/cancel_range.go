package booking

import (
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// RangeInput bounds a range of dates; both are included. With a spot it is that spot's reservations alone.
type RangeInput struct {
	From civil.Date `json:"from"`
	To   civil.Date `json:"to"`
	Spot string     `json:"spot"`
}

// RangeCancelled counts what was done with the reservations of a range. Kept are those that one is checked in at, or
// that are over.
type RangeCancelled struct {
	Cancelled int `json:"cancelled"`
	Kept      int `json:"kept"`
}

// CancelRange cancels the caller's reservations on a range of dates, or those at one spot, one after the other: when
// it fails on the way those before it are cancelled, and the same request goes on with the rest. A repeat finds
// nothing to cancel.
func (b Bookings) CancelRange(ctx context.Context, caller identity.Caller, in RangeInput) (RangeCancelled, error) {
	var done RangeCancelled
	dates := AgendaInput{From: in.From, To: in.To}
	sheets, err := b.Sheets(ctx, caller.Person, dates)
	if err != nil {
		return done, err
	}
	agenda, err := b.Agenda(ctx, caller, dates, sheets)
	if err != nil {
		return done, err
	}
	for _, r := range agenda.Reservations {
		if in.Spot != "" && r.Spot != in.Spot {
			continue
		}
		if !r.State.Holds() || r.State == table.CheckedIn || !r.EndsAt.After(b.Now()) {
			done.Kept++
			continue
		}
		_, err := b.Cancel(ctx, caller, OwnInput{Reservation: r.ID})
		var known *problem.Error
		switch {
		case err == nil:
			done.Cancelled++
		case errors.As(err, &known) && known.Kind == problem.Conflict: // checked in a moment ago
			done.Kept++
		case errors.As(err, &known) && known.Kind == problem.NotFound: // cancelled elsewhere meanwhile
		default:
			return done, err
		}
	}
	return done, nil
}
