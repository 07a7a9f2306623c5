package booking_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
)

// measure runs a flow on a floor of 200 desks of which half are reserved, and fails when any run is over the budget.
func measure(b *testing.B, most enginetest.Budget, prepare func(o bench,
	who identity.Caller) func(desk booking.Bookings) error) {
	o := office(b, 200)
	for i := range 100 {
		o.reserve(b, o.Person(b), o.Desks[i], "09:00", "17:00")
	}
	var meter enginetest.Meter
	metered := booking.Bookings{Tables: o.db.Metered(&meter), Now: o.db.Clock.Now}
	most.Measure(b, &meter, func(int) func() error {
		flow := prepare(o, o.Person(b))
		return func() error { return flow(metered) }
	})
}

func BenchmarkReserve(b *testing.B) {
	n := 0
	measure(b, enginetest.Budget{Read: 1, Write: 6, Trips: 3},
		func(o bench, who identity.Caller) func(booking.Bookings) error {
			n++
			in := ask(o.Desks[100+n%100], "09:00", "17:00")
			in.Date = civil.Date("2026-11-23").AddDays(n / 100)
			return func(desk booking.Bookings) error {
				_, err := desk.Reserve(b.Context(), who, in)
				return err
			}
		})
}

func BenchmarkCancel(b *testing.B) {
	measure(b, enginetest.Budget{Read: 1, Write: 4, Trips: 2},
		func(o bench, who identity.Caller) func(booking.Bookings) error {
			made := o.reserve(b, who, o.Desks[150], "09:00", "17:00")
			return func(desk booking.Bookings) error {
				_, err := desk.Cancel(b.Context(), who, booking.OwnInput{Reservation: made.ID})
				return err
			}
		})
}

// The floor and its Query come after each other. The other two trips run beside the Query, so that they cost no time:
// who objects to being counted is not (7.object), and one write counts the search (art. 5).
func BenchmarkAvailabilityOfTwoHundredSpots(b *testing.B) {
	measure(b, enginetest.Budget{Read: 15, Write: 1, Trips: 4},
		func(o bench, who identity.Caller) func(booking.Bookings) error {
			return func(desk booking.Bookings) error {
				floor, err := desk.Availability(b.Context(), who,
					booking.AvailabilityInput{Floor: o.Floor, Date: "2026-11-23", From: "09:00", To: "17:00"})
				if free := count(floor.Spots); err == nil && free != 101 {
					return fmt.Errorf("%d spots are free", free)
				}
				return err
			}
		})
}

func count(spots []booking.SpotAvailability) int {
	free := 0
	for _, spot := range spots {
		if spot.Available {
			free++
		}
	}
	return free
}

func BenchmarkAgendaOfAMonth(b *testing.B) {
	n := 0
	measure(b, enginetest.Budget{Read: 2, Trips: 1}, func(o bench, who identity.Caller) func(booking.Bookings) error {
		n++
		for day := range 20 {
			in := ask(o.Desks[100+n%100], "09:00", "17:00")
			in.Date = civil.Date("2026-11-24").AddDays(day)
			_, err := o.desk.Reserve(b.Context(), who, in)
			require.NoError(b, err)
		}
		return func(desk booking.Bookings) error {
			agenda, err := desk.Agenda(b.Context(), who, booking.AgendaInput{})
			if err == nil && len(agenda.Reservations) != 20 {
				return fmt.Errorf("%d reservations", len(agenda.Reservations))
			}
			return err
		}
	})
}
