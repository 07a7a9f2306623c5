package booking_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
)

// A budget is the most that one use of a flow may cost, in request units and round trips.
type budget struct {
	read, write float64
	trips       int
}

// measure runs a flow on a floor of 200 desks of which half are reserved, and fails when any run is over the budget.
func measure(b *testing.B, most budget, prepare func(o bench, who identity.Caller) func(desk booking.Desk) error) {
	o := office(b, 200)
	for i := range 100 {
		o.reserve(b, o.Person(b), o.Desks[i], "09:00", "17:00")
	}
	var meter enginetest.Meter
	metered := booking.Desk{Tables: o.db.Metered(&meter), Now: o.db.Clock.Now}
	var sum enginetest.Usage
	for b.Loop() {
		b.StopTimer()
		flow := prepare(o, o.Person(b))
		b.StartTimer()
		meter.Reset()
		require.NoError(b, flow(metered))
		used := meter.Usage()
		if used.Read > most.read || used.Write > most.write || used.RoundTrips() > most.trips {
			b.Fatalf("over budget: %+v, allowed %+v", used, most)
		}
		sum.Read, sum.Write, sum.Calls = sum.Read+used.Read, sum.Write+used.Write, append(sum.Calls, used.Calls...)
	}
	b.ReportMetric(sum.Read/float64(b.N), "read-units/op")
	b.ReportMetric(sum.Write/float64(b.N), "write-units/op")
	b.ReportMetric(float64(len(sum.Calls))/float64(b.N), "round-trips/op")
}

func BenchmarkReserve(b *testing.B) {
	n := 0
	measure(b, budget{read: 1, write: 6, trips: 3}, func(o bench, who identity.Caller) func(booking.Desk) error {
		n++
		in := ask(o.Desks[100+n%100], "09:00", "17:00")
		in.Date = civil.Date("2026-11-23").AddDays(n / 100)
		return func(desk booking.Desk) error {
			_, err := desk.Reserve(b.Context(), who, in)
			return err
		}
	})
}

func BenchmarkCancel(b *testing.B) {
	measure(b, budget{read: 1, write: 4, trips: 2}, func(o bench, who identity.Caller) func(booking.Desk) error {
		made := o.reserve(b, who, o.Desks[150], "09:00", "17:00")
		return func(desk booking.Desk) error {
			_, err := desk.Cancel(b.Context(), who, booking.OwnInput{Reservation: made.ID})
			return err
		}
	})
}

// The floor and its Query come after each other. The other two trips run beside the Query, so that they cost no time: who
// objects to being counted is not (7.object), and one write counts the search (art. 5).
func BenchmarkAvailabilityOfTwoHundredSpots(b *testing.B) {
	measure(b, budget{read: 15, write: 1, trips: 4}, func(o bench, who identity.Caller) func(booking.Desk) error {
		return func(desk booking.Desk) error {
			floor, err := desk.Availability(b.Context(), who, booking.AvailabilityInput{Floor: o.Floor, Date: "2026-11-23", From: "09:00", To: "17:00"})
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
	measure(b, budget{read: 2, trips: 1}, func(o bench, who identity.Caller) func(booking.Desk) error {
		n++
		for day := range 20 {
			in := ask(o.Desks[100+n%100], "09:00", "17:00")
			in.Date = civil.Date("2026-11-24").AddDays(day)
			_, err := o.desk.Reserve(b.Context(), who, in)
			require.NoError(b, err)
		}
		return func(desk booking.Desk) error {
			agenda, err := desk.Agenda(b.Context(), who, booking.AgendaInput{})
			if err == nil && len(agenda.Reservations) != 20 {
				return fmt.Errorf("%d reservations", len(agenda.Reservations))
			}
			return err
		}
	})
}
