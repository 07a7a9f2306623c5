package dayclose_test

import (
	"context"
	"testing"
	"time"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/dayclose"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake"
)

// Forty people reserved, checked in and searched: what closing that day costs, counting and all.
func BenchmarkDayCloseOfFortyPeople(b *testing.B) {
	var meter enginetest.Meter
	enginetest.Budget{Read: 60, Write: 130, Trips: 60}.Measure(b, &meter, func(int) func() error {
		s := newScene(b, "Europe/Amsterdam", "2026-11-23", 40)
		for _, who := range s.people {
			if err := s.tables.CountSearch(b.Context(), who.Person, s.office.Location.ID, s.day, s.ends,
				table.SpotSearch); err != nil {
				b.Fatal(err)
			}
		}
		s.db.Clock.Set(s.ends.Add(dayclose.SecondLook + time.Second))
		closer := s.closer(s.db.Metered(&meter))
		return func() error { return closer.Step(context.Background(), wake.Part{}) }
	})
}
