package booking_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// officeIn is an office that is open around the clock in a zone, at an instant.
func officeIn(t testing.TB, zone, now string, change ...func(*table.Location)) bench {
	at, err := time.Parse(time.RFC3339, now)
	require.NoError(t, err)
	db := enginetest.New(t, at)
	return bench{db.NewOffice(t, zone, 2, change...), db, bookingtest.New(db.Tables(), db.Clock.Now)}
}

// 4.d.2: the clocks jump over midnight, over the end that is asked for, or don't, and midnight has two names.
func TestAnyTimeOfAnyDayCanBeReservedAndBeginsAndEndsWhereItDoes(t *testing.T) {
	type parts = [][2]string
	for name, c := range map[string]struct {
		zone   string
		period booking.Period
		want   parts // in UTC
	}{
		"a whole day that begins at 01:00": {"Atlantic/Azores",
			booking.Period{Date: "2027-03-28", From: "00:00", To: "24:00"},
			parts{{"2027-03-28T01:00:00Z", "2027-03-29T00:00:00Z"}}},
		"the night before one": {"Asia/Beirut",
			booking.Period{Date: "2027-03-27", From: "22:00", UntilDate: "2027-03-28", To: "06:00"},
			parts{{"2027-03-27T20:00:00Z", "2027-03-27T22:00:00Z"},
				{"2027-03-27T22:00:00Z", "2027-03-28T03:00:00Z"}}},
		"until a time that is jumped over": {"Europe/Amsterdam",
			booking.Period{Date: "2027-03-28", From: "00:00", To: "02:00"},
			parts{{"2027-03-27T23:00:00Z", "2027-03-28T01:00:00Z"}}},
		"a night until one": {"Europe/Amsterdam",
			booking.Period{Date: "2027-03-27", From: "22:00", UntilDate: "2027-03-28", To: "02:30"},
			parts{{"2027-03-27T21:00:00Z", "2027-03-27T23:00:00Z"},
				{"2027-03-27T23:00:00Z", "2027-03-28T01:00:00Z"}}},
		"a night until a time that is jumped over as its day begins": {"America/Santiago",
			booking.Period{Date: "2027-09-04", From: "22:00", UntilDate: "2027-09-05", To: "00:30"},
			parts{{"2027-09-05T02:00:00Z", "2027-09-05T04:00:00Z"}}},
		"until midnight, which the clock shows as 01:00": {"Asia/Beirut",
			booking.Period{Date: "2027-03-27", From: "20:00", UntilDate: "2027-03-28", To: "01:00"},
			parts{{"2027-03-27T18:00:00Z", "2027-03-27T22:00:00Z"}}},
		"until midnight by the next day's name": {"Europe/Amsterdam",
			booking.Period{Date: "2027-03-09", From: "20:00", UntilDate: "2027-03-10", To: "00:00"},
			parts{{"2027-03-09T19:00:00Z", "2027-03-09T23:00:00Z"}}},
		"a whole day by two names of midnight": {"Africa/Cairo",
			booking.Period{Date: "2027-04-30", From: "00:00", UntilDate: "2027-05-01", To: "00:00"},
			parts{{"2027-04-29T22:00:00Z", "2027-04-30T21:00:00Z"}}},
		"until midnight without a date": {"Europe/Amsterdam",
			booking.Period{Date: "2027-03-09", From: "20:00", To: "00:00"},
			parts{{"2027-03-09T19:00:00Z", "2027-03-09T23:00:00Z"}}},
		"a morning where summer time was kept": {"America/Vancouver",
			booking.Period{Date: "2027-02-15", From: "09:00", To: "10:00"},
			parts{{"2027-02-15T16:00:00Z", "2027-02-15T17:00:00Z"}}},
	} {
		t.Run(name, func(t *testing.T) {
			b := officeIn(t, c.zone, "2027-02-01T12:00:00Z", func(l *table.Location) { l.HorizonDays = 366 })
			made, err := b.desk.Reserve(t.Context(), b.Person(t),
				booking.ReserveInput{Spot: b.Desks[0], Period: c.period,
					Key: secret.ID()})
			require.NoError(t, err)
			var got parts
			for _, r := range made.Reservations {
				got = append(got, [2]string{r.StartsAt.Format(time.RFC3339), r.EndsAt.Format(time.RFC3339)})
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestABeginningThatTheClocksJumpOverIsRefused(t *testing.T) {
	b := officeIn(t, "Europe/Amsterdam", "2027-03-01T12:00:00Z")
	_, err := b.desk.Reserve(t.Context(), b.Person(t), booking.ReserveInput{Spot: b.Desks[0], Key: secret.ID(),
		Period: booking.Period{Date: "2027-03-28", From: "02:00", To: "04:00"}})
	require.Equal(t, "/from", kind(t, err, problem.Unacceptable).Fields[0].Pointer)
}

func TestADayThatBeginsAt01IsShownFromItsFirstInstantWhateverTheOfficeOpensAt(t *testing.T) {
	for zone, opens := range map[string][]civil.ClockTime{"Atlantic/Azores": {"00:00", "00:30", "01:00"},
		"Asia/Beirut": {"00:00", "00:45"}, "Africa/Cairo": {"00:00"}} {
		date := civil.Date("2027-03-28")
		if zone == "Africa/Cairo" {
			date = "2027-04-30"
		}
		for _, opening := range opens {
			b := officeIn(t, zone, "2027-03-01T12:00:00Z", func(l *table.Location) {
				l.Opens, l.HorizonDays = opening, 366
			})
			day, err := b.desk.Availability(t.Context(), b.Person(t),
				booking.AvailabilityInput{Floor: b.Floor, Date: date})
			require.NoError(t, err, "%s %s", zone, opening)
			require.Equal(t, []civil.ClockTime{"01:00", "24:00"}, []civil.ClockTime{day.From, day.To})
			require.Equal(t, []booking.Stretch{{From: "01:00", To: "24:00"}}, day.Spots[0].Free)
			state, err := b.desk.State(t.Context(), b.Person(t),
				booking.StateInput{Floor: b.Floor, Date: date, To: "00:00"})
			require.NoError(t, err)
			require.Equal(t, civil.ClockTime("24:00"), state.To)
		}
	}
}

// A reservation that ends in a jump is shown until the clock's next time, and that can be said again.
func TestAReservationThatEndsInAJumpCanBeChanged(t *testing.T) {
	b := officeIn(t, "Europe/Amsterdam", "2027-03-01T12:00:00Z", func(l *table.Location) { l.Closes = "02:30" })
	who := b.Person(t)
	made, err := b.desk.Reserve(t.Context(), who, booking.ReserveInput{Spot: b.Desks[0], Key: secret.ID(),
		Period: booking.Period{Date: "2027-03-28", From: "00:00", To: "02:30"}})
	require.NoError(t, err)
	require.Equal(t, civil.ClockTime("03:00"), made.Reservations[0].To)
	changed, err := b.desk.Change(t.Context(), who, booking.ChangeInput{Reservation: made.Reservations[0].ID,
		Spot: b.Desks[1]})
	require.NoError(t, err)
	require.Equal(t, made.Reservations[0].EndsAt, changed.EndsAt)
}

// 4.d.2: what was confirmed by the rules of before, 09:00 at UTC-8, is an hour later on the clock and the same
// instant.
func TestAReservationKeepsItsInstantsWhenTheRulesOfItsZoneChange(t *testing.T) {
	b := officeIn(t, "America/Vancouver", "2026-12-01T12:00:00Z")
	who, nine := b.Person(t), civil.QuarterOf(time.Date(2026, 12, 15, 17, 0, 0, 0, time.UTC))
	id := table.ReservationID{Day: "2026-12-15", Location: b.Location.ID, Key: secret.ID()}
	require.NoError(t, b.db.Tables().Reserve(t.Context(), 50, nil, table.Booking{ID: id.Key, Person: who.Person,
		Place: b.Place(b.Desks[0]), Day: id.Day, DayEnds: time.Date(2026, 12, 16, 8, 0, 0, 0, time.UTC),
		Interval: civil.Interval{From: nine, To: nine + 4}, Workplace: true, State: table.Reserved}))
	kept, err := b.desk.Get(t.Context(), who, booking.OwnInput{Reservation: id.String()})
	require.NoError(t, err)
	require.Equal(t, []any{nine.Time(), civil.ClockTime("10:00"), id.Day}, []any{kept.StartsAt, kept.From, kept.Date})
	_, err = b.desk.Reserve(t.Context(), b.Person(t), booking.ReserveInput{Spot: b.Desks[0], Key: secret.ID(),
		Period: booking.Period{Date: id.Day, From: "09:00", To: "10:15"}})
	kind(t, err, problem.Conflict)
	_, err = b.desk.Reserve(t.Context(), b.Person(t), booking.ReserveInput{Spot: b.Desks[0], Key: secret.ID(),
		Period: booking.Period{Date: id.Day, From: "09:00", To: "10:00"}})
	require.NoError(t, err, "neighbours, by the rules in force")
}
