// Package bookingtest reserves and looks in one call, for tests of what the product does in two: it reads what a
// request names beside the session, and goes on when it knows who calls.
package bookingtest

import (
	"context"
	"time"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/table"
)

// Bookings are the use cases of booking, those of two steps in one call.
type Bookings struct{ booking.Bookings }

// New is the use cases on these tables.
func New(tables *table.Tables, now func() time.Time) Bookings {
	return Bookings{booking.Bookings{Tables: tables, Now: now}}
}

// Reserve names the spot and holds it.
func (b Bookings) Reserve(ctx context.Context, caller identity.Caller,
	in booking.ReserveInput) (booking.Reservations, error) {
	return whole(ctx, caller, in, b.SpotNamed, b.Bookings.Reserve)
}

// Availability finds the floor and shows what is free on it.
func (b Bookings) Availability(ctx context.Context, caller identity.Caller,
	in booking.AvailabilityInput) (booking.Availability, error) {
	return whole(ctx, caller, in, b.FloorSearched, b.Bookings.Availability)
}

// State finds the floor and shows what is not free on it.
func (b Bookings) State(ctx context.Context, caller identity.Caller,
	in booking.StateInput) (booking.FloorState, error) {
	return whole(ctx, caller, in, b.FloorLooked, b.Bookings.State)
}

// Agenda reads the days and shows what stands on them.
func (b Bookings) Agenda(ctx context.Context, caller identity.Caller, in booking.AgendaInput) (booking.Agenda, error) {
	return whole(ctx, caller, in, b.Sheets, b.Bookings.Agenda)
}

// whole does both steps of a use case, as web.Ahead takes them.
func whole[In, Found, Out any](ctx context.Context, caller identity.Caller, in In,
	read func(context.Context, identity.Person, In) (Found, error),
	use func(context.Context, identity.Caller, In, Found) (Out, error)) (out Out, err error) {
	found, err := read(ctx, caller.Person, in)
	if err != nil {
		return out, err
	}
	return use(ctx, caller, in, found)
}
