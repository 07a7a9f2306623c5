package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func says(limits ...rules.Limits) func(*table.Location) {
	return func(l *table.Location) { l.Rules.Limits = limits }
}

func on(date civil.Date, spot string, from, to civil.ClockTime) booking.ReserveInput {
	return booking.ReserveInput{Spot: spot, Period: booking.Period{Date: date, From: from, To: to}, Key: secret.ID()}
}

// 4.d.2
func TestARefusalByARuleNamesItAndTheNearestThatIsAllowedAndWritesNothing(t *testing.T) {
	b := office(t, 1, says(rules.Limits{For: "desk", LongestMinutes: 120}))
	before := b.db.Text(t)
	_, err := b.desk.Reserve(t.Context(), b.Person(t), ask(b.Desks[0], "09:00", "12:00"))
	refusal := kind(t, err, problem.Unacceptable)
	require.Equal(t, rules.Longest, refusal.Extra["rule"])
	require.Equal(t, rules.Offer{Date: "2026-11-23", From: "09:00", To: "11:00"}, refusal.Extra["nearest"])
	require.NotEmpty(t, before)
	b.sound(t)
}

// The condition that keeps two from one spot keeps the time between them.
func TestBetweenTwoReservationsLiesTheirBufferWhoeverWasFirst(t *testing.T) {
	b := office(t, 1, says(rules.Limits{For: "desk", BeforeMinutes: 15, AfterMinutes: 30}))
	first, second := b.Person(t), b.Person(t)
	made := b.reserve(t, first, b.Desks[0], "10:00", "11:00")
	for _, near := range [][2]civil.ClockTime{{"09:00", "09:45"}, {"11:30", "12:00"}, {"11:00", "11:15"}} {
		_, err := b.desk.Reserve(t.Context(), second, ask(b.Desks[0], near[0], near[1]))
		refusal := kind(t, err, problem.Conflict)
		require.Equal(t, rules.Buffer, refusal.Extra["rule"], near)
		require.NotContains(t, printed(refusal), first.User)
		require.NotContains(t, printed(refusal), made.ID)
	}
	_, err := b.desk.Reserve(t.Context(), second, ask(b.Desks[0], "11:30", "12:00"))
	require.Equal(t, rules.Offer{Date: "2026-11-23", From: "11:45", To: "12:15"},
		kind(t, err, problem.Conflict).Extra["nearest"])
	free := b.free(t, b.Desks[0])
	require.Equal(t, []booking.Stretch{{From: "00:00", To: "09:15"}, {From: "11:45", To: "24:00"}}, free)
	b.reserve(t, second, b.Desks[0], "11:45", "12:15")
	b.reserve(t, second, b.Desks[0], "09:00", "09:15")

	_, err = b.desk.Change(t.Context(), first, booking.ChangeInput{Reservation: made.ID, To: "11:15"})
	kind(t, err, problem.Conflict)
	_, err = b.desk.Change(t.Context(), first, booking.ChangeInput{Reservation: made.ID, From: "10:15"})
	require.NoError(t, err)
	_, err = b.desk.Cancel(t.Context(), first, booking.OwnInput{Reservation: made.ID})
	require.NoError(t, err)
	b.reserve(t, b.Person(t), b.Desks[0], "10:00", "11:00")
}

func (b bench) free(t *testing.T, spot string) []booking.Stretch {
	t.Helper()
	seen, err := b.desk.Availability(t.Context(), b.Person(t), booking.AvailabilityInput{Floor: b.Floor,
		Date: "2026-11-23"})
	require.NoError(t, err)
	for _, s := range seen.Spots {
		if s.Spot == spot {
			return s.Free
		}
	}
	return nil
}

// What a person has is counted with the write itself: of many requests at once no more come through than may.
func TestOfManyRequestsAtOnceNoMoreComeThroughThanARuleCounts(t *testing.T) {
	for name, c := range map[string]struct {
		limits rules.Limits
		dates  []civil.Date
	}{
		"on a day":  {rules.Limits{For: "workplace", PerDay: 2}, []civil.Date{"2026-11-24"}},
		"at once":   {rules.Limits{AtOnce: 2}, []civil.Date{"2026-11-24"}},
		"in a week": {rules.Limits{PerWeek: 2}, []civil.Date{"2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := office(t, 1, says(c.limits))
			who := b.Person(t)
			made := succeeded(t, atOnce(8, func(i int) error {
				from := civil.ClockTime([]string{"08", "09", "10", "11", "12", "13", "14", "15"}[i] + ":00")
				spot, to := b.Desks[0], civil.ClockTime([]string{"09", "10", "11", "12", "13", "14", "15",
					"16"}[i]+":00")
				if name == "at once" {
					spot, to = b.Room, "16:00"
				}
				for {
					_, err := b.desk.Reserve(t.Context(), who, on(c.dates[i%len(c.dates)], spot, from, to))
					if !busy(err) {
						return err
					}
				}
			}))
			if name == "at once" {
				require.Equal(t, 1, made, "there is one room")
			} else {
				require.Equal(t, 2, made)
			}
			b.sound(t)
		})
	}
}

func busy(err error) bool {
	p, is := err.(*problem.Error)
	return is && p.Kind == problem.Unavailable
}

func TestTheSameRequestAgainIsNotCountedTwice(t *testing.T) {
	b := office(t, 1, says(rules.Limits{PerDay: 1, PerWeek: 1}))
	who, in := b.Person(t), on("2026-11-24", "", "09:00", "10:00")
	in.Spot = b.Desks[0]
	first, err := b.desk.Reserve(t.Context(), who, in)
	require.NoError(t, err)
	again, err := b.desk.Reserve(t.Context(), who, in)
	require.NoError(t, err)
	require.Equal(t, first, again)
	_, err = b.desk.Change(t.Context(), who, booking.ChangeInput{Reservation: first.Reservations[0].ID, To: "11:00"})
	require.NoError(t, err, "it is the same one")
	_, err = b.desk.Reserve(t.Context(), who, on("2026-11-25", b.Desks[0], "09:00", "10:00"))
	require.Equal(t, rules.PerWeek, kind(t, err, problem.TooMany).Extra["rule"])
}

func TestARepetitionCountsItsOwnDates(t *testing.T) {
	b := office(t, 1, says(rules.Limits{PerWeek: 2}))
	who := b.Person(t)
	_, err := b.desk.Repeat(t.Context(), who, again(b.Desks[0], "FREQ=DAILY;COUNT=4", false))
	skipped := skippedIn(t, err)
	require.Len(t, skipped, 2)
	require.Equal(t, problem.TooMany, skipped[0].Kind)
	made, err := b.desk.Repeat(t.Context(), who, again(b.Desks[0], "FREQ=DAILY;COUNT=4", true))
	require.NoError(t, err)
	require.Len(t, made.Reservations, 2)
	require.Len(t, made.Skipped, 2)
}

func TestWhatIsOutOfServiceOrClosedIsShownAndNotSuggested(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*table.Location, string)
		now    booking.SpotState
	}{
		"the floor is out of service": {func(l *table.Location, floor string) {
			from, to := civil.QuarterOf(monday)-4, civil.QuarterOf(monday)+400
			l.Outages = []rules.Outage{{ID: "x", Floor: floor, From: from, To: to, Reason: "Paint"}}
		}, booking.OutOfService},
		"the location is closed": {func(l *table.Location, _ string) {
			l.Rules.Closures = []rules.Closure{{Name: "Party", From: "2026-11-23", Until: "2026-11-23"}}
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := office(t, 1, func(l *table.Location) {
				for floor := range l.Floors {
					c.change(l, floor)
				}
			})
			who := b.Person(t)
			state, err := b.desk.State(t.Context(), who, booking.StateInput{Floor: b.Floor, Date: "2026-11-23"})
			require.NoError(t, err)
			if c.now == booking.OutOfService {
				require.Equal(t, []booking.Shut{{Rule: rules.OutOfService, Name: "Paint", Now: true,
					Stretch: booking.Stretch{From: "07:45", To: "24:00"}}}, state.Shut)
			} else {
				require.Equal(t, "Party", state.Closed)
				require.Empty(t, state.Hours)
			}
			seen, err := b.desk.Availability(t.Context(), who, booking.AvailabilityInput{Floor: b.Floor,
				Date: "2026-11-23", From: "09:00"})
			require.NoError(t, err)
			for _, spot := range seen.Spots {
				require.False(t, spot.Available)
				require.Empty(t, spot.Free)
				if c.now == booking.OutOfService {
					require.Equal(t, c.now, spot.Now)
					require.Equal(t, "Paint", spot.Out.Reason)
				}
			}
			today, err := b.desk.Today(t.Context(), who, booking.TodayInput{Date: "2026-11-23"})
			require.NoError(t, err)
			require.Nil(t, today.Suggestion)
			_, err = b.desk.Reserve(t.Context(), who, ask(b.Desks[0], "10:00", "11:00"))
			kind(t, err, problem.Unacceptable)
		})
	}
}
