package booking_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// reaching is an office where one can reserve a week ahead, on a date of which the schedule has looked.
func reaching(t *testing.T) (b bench, on func(date civil.Date)) {
	b = office(t, 1, func(l *table.Location) { l.HorizonDays = 7 })
	b.db.Open(t, table.OpenDays{Location: b.Location.ID, Business: b.Business, Zone: b.Location.Zone,
		OpenFrom: today, Floors: []string{b.Floor}})
	reach := booking.Reach{Tables: b.db.Tables(), Now: b.db.Clock.Now}
	return b, func(date civil.Date) {
		t.Helper()
		b.db.Clock.Set(date.Start(b.Location.Zone).Add(time.Minute))
		for range 2 {
			require.NoError(t, reach.Round(t.Context()))
		}
	}
}

func (b bench) freeOf(t *testing.T, who identity.Caller) []civil.Date {
	t.Helper()
	mine, err := b.desk.Workplaces(t.Context(), who, struct{}{})
	require.NoError(t, err)
	return mine.Workplaces[0].Freed
}

func TestADayAwayComesFreeWhenItCanBeReservedUnlessItIsTakenBack_4_f_2(t *testing.T) {
	b, begins := reaching(t)
	ann, ben := b.own(t, b.Desks[0]), b.Person(t)
	_, err := b.desk.GoAway(t.Context(), ann, booking.AwayInput{Span: booking.Span{From: "2026-11-30",
		To: "2026-12-05"}})
	require.NoError(t, err)
	reached := []civil.Date{"2026-11-30", "2026-12-01"} // a night that begins on the last date ends a day later
	require.Equal(t, reached, b.freeOf(t, ann))

	begins("2026-11-24")
	require.Equal(t, append(reached, "2026-12-02"), b.freeOf(t, ann))
	require.True(t, b.takesBack(t, ann, b.Desks[0], "2026-12-02"))
	_, err = b.desk.EndAway(t.Context(), ann, onOne("2026-12-03"))
	require.NoError(t, err)

	begins("2026-11-26")
	require.Equal(t, append(reached, "2026-12-04"), b.freeOf(t, ann),
		"the 2nd is taken back, and they are there on the 3rd")
	in := ask(b.Desks[0], "09:00", "12:00")
	for date, free := range map[civil.Date]bool{"2026-12-01": true, "2026-12-02": false, "2026-12-03": false} {
		in.Date, in.Key = date, string(date)
		if _, err := b.desk.Reserve(t.Context(), ben, in); free {
			require.NoError(t, err)
		} else {
			kind(t, err, problem.Conflict)
		}
	}
}

// Between any two calls of the one the other comes: on a day on which they are there, nobody has their workplace.
func TestADayOnWhichSomebodyIsThereAfterAllDoesNotComeFree_4_f_2(t *testing.T) {
	for n, came := 1, true; came; n++ {
		b, _ := reaching(t)
		ann := b.own(t, b.Desks[0])
		_, err := b.desk.GoAway(t.Context(), ann, booking.AwayInput{Span: onOne("2026-12-02")})
		require.NoError(t, err)
		came = false
		reach := booking.Reach{Now: b.db.Clock.Now, Tables: b.db.Meanwhile(n, func() {
			came = true
			_, err := b.desk.EndAway(t.Context(), ann, onOne("2026-12-02"))
			require.NoError(t, err)
		})}
		b.db.Clock.Move(24 * time.Hour)
		require.NoError(t, reach.Round(t.Context()))
		if came {
			require.Empty(t, b.freeOf(t, ann), "call %d", n)
		}
	}
}
