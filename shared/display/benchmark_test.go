package display_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/display"
	"github.com/iotspot/iotspot/shared/web"
)

// measure lets a display ask what it shows, which it does each half a minute all day, of a room with three meetings.
func measure(b *testing.B, most enginetest.Budget, hang func(s *scene) string) {
	s := morning(b)
	for hour := range 3 {
		s.meets(b, s.Person(b), civil.ClockTime(fmt.Sprintf("%02d:00", 9+2*hour)),
			civil.ClockTime(fmt.Sprintf("%02d:00", 10+2*hour)), booking.Titled{Title: "Plans"})
	}
	var meter enginetest.Meter
	tables := s.db.Metered(&meter)
	serve := web.Handler(bearer.Callers{Tables: tables, Now: s.db.Clock.Now}.Claim,
		display.Displays{Tables: tables, Keys: enginetest.Keys, Now: s.db.Clock.Now}.Routes()...)
	request := web.Request{RouteKey: api.ShowDisplay.Operation().RouteKey(),
		Headers: map[string]string{"Authorization": "Bearer " + hang(s)}}
	most.Measure(b, &meter, func(int) func() error {
		return func() error {
			response, err := serve(b.Context(), request)
			if err == nil && response.StatusCode != 200 {
				err = fmt.Errorf("%d %s", response.StatusCode, response.Body)
			}
			return err
		}
	})
}

func BenchmarkDisplayAtADoor(b *testing.B) {
	measure(b, enginetest.Budget{Read: 7, Trips: 8, InARow: 5}, func(s *scene) string { return s.hangs(b, s.Room) })
}

func BenchmarkDisplayInALobby(b *testing.B) {
	measure(b, enginetest.Budget{Read: 2, Trips: 4, InARow: 4}, func(s *scene) string {
		begun := s.begins(b)
		_, err := s.walls.PairAtFloor(b.Context(), s.admin, display.FloorInput{Floor: s.Floor, Code: begun.Code})
		require.NoError(b, err)
		return s.token(b, begun)
	})
}
