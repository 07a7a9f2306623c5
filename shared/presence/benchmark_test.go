package presence_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/sensor"
)

// The kinds of messages that a sensor sends all day, each with its budget.
func BenchmarkSensorMessageThatChangesNothing(b *testing.B) {
	s := morning(b)
	s.sensed(b, false, "08:50", 1)
	enginetest.Budget{Read: 0.5, Trips: 1}.Measure(b, s.meter, func(int) func() error {
		return func() error { s.sensed(b, false, "08:50", 2); return nil }
	})
}

// One that says the same after HeardEvery is written down as heard.
func BenchmarkSensorMessageThatIsHeardAgain(b *testing.B) {
	s := morning(b)
	s.sensed(b, false, "08:00", 1)
	enginetest.Budget{Read: 0.5, Write: 2, Trips: 3}.Measure(b, s.meter, func(i int) func() error {
		s.db.Clock.Set(at("08:10").Add(time.Duration(1+i) * presence.HeardEvery(sensor.Own, defaults)))
		return func() error {
			s.hears(b, message("iotspot/"+desk+"/reading", fmt.Sprintf(`{"occupied":false,"seq":%d}`, 2+i),
				s.db.Clock.Now()))
			return nil
		}
	})
}

func BenchmarkSensorMessageThatChangesPresence(b *testing.B) {
	s := morning(b)
	s.sensed(b, false, "08:00", 1)
	enginetest.Budget{Read: 2, Write: 2, Trips: 5}.Measure(b, s.meter, func(i int) func() error {
		return func() error {
			s.sensed(b, i%2 == 0, fmt.Sprintf("%02d:%02d", 9+i/60%14, i%60), 2+i)
			return nil
		}
	})
}

// What a sensor is tied to is read once a day, and its deadline comes into the index of deadlines.
func BenchmarkSensorMessageThatIsTheFirstOfTheDay(b *testing.B) {
	s := morning(b)
	enginetest.Budget{Read: 1.5, Write: 4, Trips: 6}.Measure(b, s.meter, func(i int) func() error {
		name := fmt.Sprint("first-", i)
		s.Tie(b, s.Desks[i%len(s.Desks)], name, "own")
		return func() error {
			return s.listener.Take(b.Context(), message("iotspot/"+name+"/reading", `{"occupied":false,"seq":1}`,
				at("08:30")), false)
		}
	})
}

func BenchmarkCheckInByHand(b *testing.B) {
	s := morning(b)
	enginetest.Budget{Read: 2.5, Write: 1, Trips: 4}.Measure(b, s.meter, func(int) func() error {
		s.dropSheet(b)
		who := s.Person(b)
		desk := bookingtest.New(s.db.Tables(), s.db.Clock.Now)
		made, err := desk.Reserve(b.Context(), who, booking.ReserveInput{Spot: s.Desks[0], Key: secret.ID(),
			Period: booking.Period{Date: today, From: "08:30", To: "17:00"}})
		require.NoError(b, err)
		id := made.Reservations[0].ID
		return func() error {
			_, err := s.door.CheckIn(b.Context(), who, presence.OwnInput{Reservation: id})
			return err
		}
	})
}

// The round that looks for no-shows reads each open floor every minute: 200 desks of which half are reserved.
func BenchmarkRoundOverAFloor(b *testing.B) {
	db := enginetest.New(b, at("08:30"))
	o := db.NewOffice(b, "Europe/Amsterdam", 200)
	o.Open(b, today)
	desk := bookingtest.New(db.Tables(), db.Clock.Now)
	for i := range 100 {
		_, err := desk.Reserve(b.Context(), o.Person(b), booking.ReserveInput{Spot: o.Desks[i], Key: secret.ID(),
			Period: booking.Period{Date: today, From: "09:00", To: "17:00"}})
		require.NoError(b, err)
	}
	var meter enginetest.Meter
	watch := presence.Watch{Tables: db.Metered(&meter), Now: db.Clock.Now}
	enginetest.Budget{Read: 8, Trips: 3}.Measure(b, &meter, func(int) func() error {
		return func() error { return watch.Round(b.Context()) }
	})
}
