package booking_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/web"
)

// A someone is who asks, with their token.
type someone struct {
	identity.Caller
	token string
}

// An asking is one request.
type asking struct {
	declared    api.Declaration
	path, query map[string]string
	body        any
	answered    func(body string) error // looks at the answer; may be nil
}

// measure lets people ask on a floor of 200 desks of which half are reserved, each with a session of theirs, and
// fails when any request is over the budget.
func measure(b *testing.B, most enginetest.Budget, prepare func(o bench, who someone) asking) {
	measureOn(b, 200, 100, most, prepare)
}

// measureOn is measure on a floor of so many desks, of which so many are reserved.
func measureOn(b *testing.B, desks, reserved int, most enginetest.Budget, prepare func(o bench, who someone) asking) {
	o := office(b, desks)
	for i := range reserved {
		o.reserve(b, o.Person(b), o.Desks[i], "09:00", "17:00")
	}
	var meter enginetest.Meter
	tables := o.db.Metered(&meter)
	serve := web.Handler(bearer.Callers{Tables: tables, Now: o.db.Clock.Now}.Claim,
		booking.Bookings{Tables: tables, Now: o.db.Clock.Now}.Routes()...)
	most.Measure(b, &meter, func(int) func() error {
		var who someone
		who.Caller, who.token = o.SignedIn(b)
		asked := prepare(o, who)
		request := asked.request(b, who.token)
		return func() error { return asked.by(b.Context(), serve, request) }
	})
}

func (a asking) request(b *testing.B, token string) web.Request {
	b.Helper()
	request := web.Request{RouteKey: a.declared.Operation().RouteKey(), PathParameters: a.path,
		QueryStringParameters: a.query,
		Headers:               map[string]string{"Authorization": "Bearer " + token, "Idempotency-Key": secret.ID()}}
	if a.body != nil {
		body, err := json.Marshal(a.body)
		require.NoError(b, err)
		request.Body, request.Headers["Content-Type"] = string(body), "application/json"
	}
	return request
}

func (a asking) by(ctx context.Context, serve func(context.Context, web.Request) (web.Response, error),
	request web.Request) error {
	response, err := serve(ctx, request)
	if err != nil || response.StatusCode >= 300 {
		return fmt.Errorf("%d %s: %w", response.StatusCode, response.Body, err)
	}
	if a.answered == nil {
		return nil
	}
	return a.answered(response.Body)
}

// The session and the spot with its location are read side by side, and then one transaction writes the two sheets.
func BenchmarkReserve(b *testing.B) {
	n := 0
	measure(b, enginetest.Budget{Read: 1.5, Write: 4, Trips: 4, InARow: 2}, func(o bench, _ someone) asking {
		n++
		return asking{declared: api.Reserve, body: map[string]any{"spot": o.Desks[100+n%100],
			"date": civil.Date("2026-11-23").AddDays(n / 100), "from": "09:00", "to": "17:00"}}
	})
}

func BenchmarkCancel(b *testing.B) {
	measure(b, enginetest.Budget{Read: 1.5, Write: 4, Trips: 3, InARow: 3}, func(o bench, who someone) asking {
		made := o.reserve(b, who.Caller, o.Desks[150], "09:00", "17:00")
		return asking{declared: api.CancelReservation, path: map[string]string{"reservation": made.ID}}
	})
}

// Somebody who has the plan looks for a spot: beside the session it is read where the floor is, and beside the day's
// Query the search is counted (art. 5).
func BenchmarkAvailabilityOfTwoHundredSpots(b *testing.B) {
	measure(b, enginetest.Budget{Read: 5, Write: 1, Trips: 4, InARow: 2}, func(o bench, _ someone) asking {
		return asking{declared: api.FloorState, path: map[string]string{"floor": o.Floor},
			query: map[string]string{"date": "2026-11-23", "from": "09:00", "to": "17:00", "look": "true"},
			answered: func(body string) error {
				var state booking.FloorState
				err := json.Unmarshal([]byte(body), &state)
				if err == nil && len(state.Spots) != 100 {
					return fmt.Errorf("%d spots are not free", len(state.Spots))
				}
				return err
			}}
	})
}

// Who hasn't the plan gets it with the answer, for the 3 units that it takes to read 200 spots.
func BenchmarkPlanAndAvailabilityOfTwoHundredSpots(b *testing.B) {
	measure(b, enginetest.Budget{Read: 7.5, Write: 1, Trips: 5, InARow: 2}, func(o bench, _ someone) asking {
		return asking{declared: api.Availability, path: map[string]string{"floor": o.Floor},
			query: map[string]string{"date": "2026-11-23", "from": "09:00", "to": "17:00"},
			answered: func(body string) error {
				var floor booking.Availability
				err := json.Unmarshal([]byte(body), &floor)
				if free := count(floor.Spots); err == nil && free != 101 {
					return fmt.Errorf("%d spots are free", free)
				}
				return err
			}}
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
	measure(b, enginetest.Budget{Read: 1.5, Trips: 2, InARow: 1}, func(o bench, who someone) asking {
		n++
		for day := range 20 {
			in := ask(o.Desks[100+n%100], "09:00", "17:00")
			in.Date = civil.Date("2026-11-24").AddDays(day)
			_, err := o.desk.Reserve(b.Context(), who.Caller, in)
			require.NoError(b, err)
		}
		return asking{declared: api.Agenda, answered: func(body string) error {
			var agenda booking.Agenda
			err := json.Unmarshal([]byte(body), &agenda)
			if err == nil && len(agenda.Reservations) != 20 {
				return fmt.Errorf("%d reservations", len(agenda.Reservations))
			}
			return err
		}}
	})
}

// looked is what is asked every few seconds while somebody looks at a plan, so it reads where the floor is and its
// day, and nothing else.
func looked(o bench, _ someone) asking {
	return asking{declared: api.FloorState, path: map[string]string{"floor": o.Floor},
		query: map[string]string{"date": "2026-11-23", "from": "09:00", "to": "17:00"}}
}

func BenchmarkStateOfTwoHundredSpots(b *testing.B) {
	measure(b, enginetest.Budget{Read: 5, Trips: 3, InARow: 2}, looked)
}

func BenchmarkStateOfTwoHundredBusySpots(b *testing.B) {
	measureOn(b, 200, 200, enginetest.Budget{Read: 9, Trips: 3, InARow: 2}, looked)
}

// Five times as many spots take at most five and a half times as much.
func BenchmarkStateOfAThousandBusySpots(b *testing.B) {
	measureOn(b, 1000, 1000, enginetest.Budget{Read: 5.5 * 9, Trips: 3, InARow: 2}, looked)
}
