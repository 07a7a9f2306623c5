package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

func TestWhoHasTooMuchIsToldTheNearestDayOnWhichThereIsRoom_4_d_2(t *testing.T) {
	for name, c := range map[string]struct {
		rule    string
		change  func(*table.Location)
		has     []civil.Date
		nearest civil.Date
	}{
		"by a rule for a day": {rules.PerDay, says(rules.Limits{PerDay: 1}),
			[]civil.Date{"2026-11-24", "2026-11-25", "2026-11-27"}, "2026-11-26"},
		"by the location's own quota": {rules.PerDay, func(l *table.Location) { l.DailyQuota = 1 },
			[]civil.Date{"2026-11-24", "2026-11-25", "2026-11-27"}, "2026-11-26"},
		"by a rule for a week": {rules.PerWeek, says(rules.Limits{For: "desk", PerWeek: 2}),
			[]civil.Date{"2026-11-24", "2026-11-25", "2026-11-30", "2026-12-06"}, "2026-12-07"},
	} {
		t.Run(name, func(t *testing.T) {
			b := office(t, 2, c.change)
			who := b.Person(t)
			for _, date := range c.has {
				_, err := b.desk.Reserve(t.Context(), who, on(date, b.Desks[0], "09:00", "10:00"))
				require.NoError(t, err)
			}
			_, err := b.desk.Reserve(t.Context(), who, on("2026-11-24", b.Desks[1], "12:00", "13:00"))
			refusal := kind(t, err, problem.TooMany)
			require.Equal(t, c.rule, refusal.Extra["rule"])
			require.Equal(t, rules.Offer{Date: c.nearest, From: "12:00", To: "13:00"}, refusal.Extra["nearest"])
			_, err = b.desk.Reserve(t.Context(), who, on(c.nearest, b.Desks[1], "12:00", "13:00"))
			require.NoError(t, err, "what is said to be allowed is")
			b.sound(t)
		})
	}
}

func TestWhoHasAnotherWorkplaceIsToldWhenTheyCanHaveThisOne_4_d_2(t *testing.T) {
	b := office(t, 2)
	who := b.Person(t)
	b.reserve(t, who, b.Desks[0], "09:00", "12:00")
	b.reserve(t, b.Person(t), b.Desks[1], "12:00", "13:00")
	_, err := b.desk.Reserve(t.Context(), who, ask(b.Desks[1], "11:00", "12:00"))
	refusal := kind(t, err, problem.Conflict)
	require.Equal(t, rules.OneWorkplace, refusal.Extra["rule"])
	require.Equal(t, rules.Offer{Date: "2026-11-23", From: "13:00", To: "14:00"}, refusal.Extra["nearest"])
	b.reserve(t, who, b.Desks[1], "13:00", "14:00")
	b.sound(t)
}

func TestEachDateThatIsSkippedComesWithAnAlternative_4_d_2(t *testing.T) {
	allDay := func(l *table.Location) { l.Opens, l.Closes, l.HorizonDays = "00:00", "24:00", 366 }
	at := func(b bench, date civil.Date, from, to civil.ClockTime) booking.RepeatInput {
		in := again(b.Desks[0], "FREQ=DAILY;COUNT=2", true)
		in.Date, in.From, in.To = date, from, to
		return in
	}
	for name, c := range map[string]struct {
		date     civil.Date
		from, to civil.ClockTime
		nearest  rules.Offer
	}{
		"the clocks jump over its beginning": {"2027-03-28", "02:15", "02:45",
			rules.Offer{Date: "2027-03-28", From: "03:00", To: "03:30"}},
		"its time is over": {"2026-11-23", "04:00", "05:00",
			rules.Offer{Date: "2026-11-23", From: "08:45", To: "09:45"}},
		"the person has another workplace": {"2026-11-24", "06:00", "07:00",
			rules.Offer{Date: "2026-11-24", From: "07:00", To: "08:00"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := office(t, 2, allDay)
			who := b.Person(t)
			_, err := b.desk.Reserve(t.Context(), who, on("2026-11-24", b.Desks[1], "05:00", "07:00"))
			require.NoError(t, err)
			made, err := b.desk.Repeat(t.Context(), who, at(b, c.date, c.from, c.to))
			require.NoError(t, err)
			require.Len(t, made.Skipped, 1)
			require.Equal(t, c.date, made.Skipped[0].Date)
			require.Equal(t, &c.nearest, made.Skipped[0].Nearest)
			b.sound(t)
		})
	}
}
