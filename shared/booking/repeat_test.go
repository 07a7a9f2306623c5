package booking_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

var isTaken = words.Text{NL: "de plek is in die tijd bezet", EN: "the spot is taken during that time"}

func year(l *table.Location) { l.HorizonDays = 366 }

func again(spot, rule string, partly bool, except ...civil.Date) booking.RepeatInput {
	one := ask(spot, "09:00", "12:00")
	return booking.RepeatInput{Spot: spot, Period: one.Period, Repeat: rule, Except: except, Partly: partly,
		Key: one.Key}
}

func datesOf(reservations []booking.Reservation) (dates []civil.Date) {
	for _, r := range reservations {
		dates = append(dates, r.Date)
	}
	return dates
}

// skippedIn are the dates that a refusal names.
func skippedIn(t *testing.T, err error) []booking.Skipped {
	t.Helper()
	return kind(t, err, problem.Conflict).Extra["skipped"].([]booking.Skipped)
}

func TestNineOClockStaysNineOClockOverBothClockChanges(t *testing.T) {
	b := office(t, 1, year)
	in := again(b.Desks[0], "FREQ=WEEKLY;UNTIL=20271115", false)
	in.Date = "2027-01-04"
	made, err := b.desk.Repeat(t.Context(), b.Person(t), in)
	require.NoError(t, err)
	require.Len(t, made.Reservations, 46)
	require.Empty(t, made.Skipped)
	hours := map[int]int{}
	for _, r := range made.Reservations {
		require.Equal(t, civil.ClockTime("09:00"), r.From)
		require.Equal(t, civil.ClockTime("12:00"), r.To)
		hours[r.StartsAt.Hour()]++
	}
	require.Equal(t, map[int]int{8: 15, 7: 31}, hours, "in UTC: winter, and summer from 28 March to 31 October")
	b.sound(t)
}

func TestARepetitionIsMadeWholeOrNotAtAllAndSaysWhichDatesAreInTheWay(t *testing.T) {
	b := office(t, 2, year)
	other, who := b.Person(t), b.Person(t)
	in := ask(b.Desks[0], "11:00", "15:00")
	in.Date = "2026-11-25"
	_, err := b.desk.Reserve(t.Context(), other, in)
	require.NoError(t, err)

	_, err = b.desk.Repeat(t.Context(), who, again(b.Desks[0], "FREQ=DAILY;COUNT=4", false))
	skipped := skippedIn(t, err)
	require.Len(t, skipped, 1)
	require.Equal(t, civil.Date("2026-11-25"), skipped[0].Date)
	require.Equal(t, problem.Conflict, skipped[0].Kind)
	require.Equal(t, isTaken, skipped[0].Detail, "for people, in their language")
	require.Equal(t, isTaken.EN, skipped[0].Hint, "for programs")
	require.Equal(t, b.Desks[1], skipped[0].Instead.Spot, "the other desk")
	require.NotContains(t, fmt.Sprint(err, skipped), other.User)
	require.Empty(t, b.agenda(t, who))

	made, err := b.desk.Repeat(t.Context(), who, again(b.Desks[0], "FREQ=DAILY;COUNT=4", false, "2026-11-25"))
	require.NoError(t, err)
	require.Equal(t, []civil.Date{"2026-11-23", "2026-11-24", "2026-11-26"}, datesOf(made.Reservations))
	b.sound(t)
}

func TestWhatCanBeHadOfARepetitionIsMadeAndOfTheRestItIsSaidWhyAndWhatInstead(t *testing.T) {
	b := office(t, 2, func(l *table.Location) { l.HorizonDays, l.DailyQuota = 30, 1 })
	other, who := b.Person(t), b.Person(t)
	for date, of := range map[civil.Date]struct {
		who  identity.Caller
		spot string
	}{"2026-11-30": {other, b.Desks[0]}, "2026-12-07": {who, b.Desks[1]}} {
		in := ask(of.spot, "11:00", "15:00")
		in.Date = date
		_, err := b.desk.Reserve(t.Context(), of.who, in)
		require.NoError(t, err)
	}
	in := again(b.Desks[0], "FREQ=WEEKLY;COUNT=6", true)
	made, err := b.desk.Repeat(t.Context(), who, in)
	require.NoError(t, err)
	require.Equal(t, []civil.Date{"2026-11-23", "2026-12-14", "2026-12-21"}, datesOf(made.Reservations))
	require.Equal(t, []booking.Skipped{
		{Date: "2026-11-30", Kind: problem.Conflict, Detail: isTaken, Hint: isTaken.EN, Rule: rules.Taken,
			Instead: &booking.Alternative{Spot: b.Desks[1], Name: "3.01", Zone: b.Zone},
			Nearest: &rules.Offer{Date: "2026-11-30", From: "08:00", To: "11:00"}},
		{Date: "2026-12-07", Kind: problem.Conflict,
			Detail: words.Text{NL: "je hebt in die tijd een andere werkplek; wijzig of annuleer die eerst",
				EN: "you have another workplace during that time; change or cancel that one first"},
			Hint: "you have another workplace during that time; change or cancel that one first",
			Rule: rules.OneWorkplace, Nearest: &rules.Offer{Date: "2026-12-07", From: "08:00", To: "11:00"}},
		{Date: "2026-12-28", Kind: problem.Unacceptable, Rule: rules.Horizon,
			Detail: words.Text{NL: "ligt te ver vooruit: de laatste dag is 23 december 2026",
				EN: "is too far ahead: the last date is 23 December 2026"},
			Hint:     "is too far ahead: the last date is 2026-12-23; accepted: 2026-12-23, 09:00 to 12:00",
			Accepted: words.Text{NL: "23 december 2026, 09:00 tot 12:00", EN: "23 December 2026, 09:00 to 12:00"},
			Nearest:  &rules.Offer{Date: "2026-12-23", From: "09:00", To: "12:00"}},
	}, made.Skipped)

	again, err := b.desk.Repeat(t.Context(), who, in)
	require.NoError(t, err)
	require.Equal(t, made, again, "the same request is the same answer")
	require.Len(t, b.agenda(t, who), 4)
	b.sound(t)
}

func TestADateThatARuleForbidsIsSkippedWithTheRuleAndTheNearestThatIsAllowed_4_d_2(t *testing.T) {
	b := office(t, 1, func(l *table.Location) {
		l.Rules.Closures = []rules.Closure{{Name: "Christmas", From: "2026-12-25", Until: "2026-12-26"}}
	})
	in := again(b.Desks[0], "FREQ=WEEKLY;COUNT=2", false)
	in.Date = "2026-12-18"
	_, err := b.desk.Repeat(t.Context(), b.Person(t), in)
	for _, partly := range []bool{false, true} {
		var skipped []booking.Skipped
		if in.Partly = partly; partly {
			made, err := b.desk.Repeat(t.Context(), b.Person(t), in)
			require.NoError(t, err)
			require.Equal(t, []civil.Date{"2026-12-18"}, datesOf(made.Reservations))
			skipped = made.Skipped
		} else {
			skipped = skippedIn(t, err)
		}
		require.Len(t, skipped, 1)
		require.Equal(t, civil.Date("2026-12-25"), skipped[0].Date)
		require.Equal(t, rules.Closed, skipped[0].Rule)
		require.Equal(t, &rules.Offer{Date: "2026-12-27", From: "09:00", To: "12:00"}, skipped[0].Nearest)
	}
	b.sound(t)
}

func TestADateThatWasSkippedIsAddedLaterAndARangeAndASpotCancelWhatBelongsTogether(t *testing.T) {
	b := office(t, 2)
	other, who := b.Person(t), b.Person(t)
	theirs := b.reserve(t, other, b.Desks[0], "11:00", "15:00")
	made, err := b.desk.Repeat(t.Context(), who, again(b.Desks[0], "FREQ=DAILY;COUNT=3", true))
	require.NoError(t, err)
	require.Len(t, made.Reservations, 2)
	_, err = b.desk.Cancel(t.Context(), other, booking.OwnInput{Reservation: theirs.ID})
	require.NoError(t, err)
	b.reserve(t, who, b.Desks[0], "09:00", "12:00")
	b.reserve(t, who, b.Desks[1], "13:00", "14:00")

	done, err := b.desk.CancelRange(t.Context(), who,
		booking.RangeInput{From: "2026-11-23", To: "2026-12-31", Spot: b.Desks[0]})
	require.NoError(t, err)
	require.Equal(t, booking.RangeCancelled{Cancelled: 3}, done)
	left := b.agenda(t, who)
	require.Len(t, left, 1)
	require.Equal(t, b.Desks[1], left[0].Spot)
	b.sound(t)
}

func TestARepeatedRepetitionBringsBackNoDateThatWasCancelled(t *testing.T) {
	b := office(t, 1)
	who := b.Person(t)
	for _, partly := range []bool{false, true} {
		in := again(b.Desks[0], "FREQ=DAILY;COUNT=3", partly)
		made, err := b.desk.Repeat(t.Context(), who, in)
		require.NoError(t, err)
		_, err = b.desk.Cancel(t.Context(), who, booking.OwnInput{Reservation: made.Reservations[1].ID})
		require.NoError(t, err)
		repeated, err := b.desk.Repeat(t.Context(), who, in)
		if partly {
			require.NoError(t, err)
			require.Equal(t, []civil.Date{"2026-11-23", "2026-11-25"}, datesOf(repeated.Reservations))
		} else {
			require.Equal(t, civil.Date("2026-11-24"), skippedIn(t, err)[0].Date)
		}
		require.Len(t, b.agenda(t, who), 2)
		_, err = b.desk.CancelRange(t.Context(), who, booking.RangeInput{From: "2026-11-23", To: "2026-12-31"})
		require.NoError(t, err)
	}
}

func TestNightsOverMidnightThatFollowEachOtherAreTwoReservationsEach(t *testing.T) {
	b := office(t, 1, func(l *table.Location) { l.Opens, l.Closes = civil.StartOfDay, civil.EndOfDay })
	for _, partly := range []bool{false, true} {
		who := b.Person(t)
		in := again(b.Desks[0], "FREQ=DAILY;COUNT=3", partly)
		in.From, in.To, in.UntilDate = "22:00", "02:00", "2026-11-24"
		for range 2 { // a repeat is the same
			made, err := b.desk.Repeat(t.Context(), who, in)
			require.NoError(t, err)
			require.Len(t, made.Reservations, 6)
			require.Len(t, b.agenda(t, who), 6)
		}
		b.sound(t)
		_, err := b.desk.CancelRange(t.Context(), who, booking.RangeInput{From: "2026-11-23", To: "2026-12-31"})
		require.NoError(t, err)
	}
	in := again(b.Desks[0], "FREQ=DAILY;INTERVAL=2;COUNT=25", true)
	in.From, in.To, in.UntilDate = "22:00", "02:00", "2026-11-24"
	_, err := b.desk.Repeat(t.Context(), b.Person(t), in)
	kind(t, err, problem.Unacceptable)
}

func TestNoRepetitionIsWithinADayOrWithoutAnEndAndNothingIsWrittenForOne(t *testing.T) {
	b := office(t, 1, year)
	who := b.Person(t)
	before := b.db.Text(t)
	for _, rule := range []string{"FREQ=SECONDLY;COUNT=2", "FREQ=MINUTELY;COUNT=2", "FREQ=HOURLY;COUNT=2",
		"FREQ=DAILY",
		"FREQ=DAILY;COUNT=50", "FREQ=DAILY;UNTIL=20200101", "nonsense"} {
		_, err := b.desk.Repeat(t.Context(), who, again(b.Desks[0], rule, true))
		kind(t, err, problem.Unacceptable)
	}
	in := again(b.Desks[0], "FREQ=DAILY;COUNT=3", true)
	in.From, in.To = "12:00", "09:00"
	_, err := b.desk.Repeat(t.Context(), who, in)
	require.Len(t, skippedIn(t, err), 3)
	require.Equal(t, before, b.db.Text(t))
}

func TestOfTwoRepetitionsThatMeetOneHasTheDate(t *testing.T) {
	b := office(t, 1)
	callers := make([]identity.Caller, 8)
	for i := range callers {
		callers[i] = b.Person(t)
	}
	answers := atOnce(len(callers), func(i int) error {
		_, err := b.desk.Repeat(t.Context(), callers[i],
			again(b.Desks[0], []string{"FREQ=DAILY;COUNT=6", "FREQ=DAILY;INTERVAL=5;COUNT=2"}[i%2], i < 4))
		return err
	})
	require.NotZero(t, succeeded(t, answers))
	b.sound(t)
}

func TestARepetitionCostsWhatItsDatesCost(t *testing.T) {
	b := office(t, 1, year)
	var meter enginetest.Meter
	desk := bookingtest.New(b.db.Metered(&meter), b.db.Clock.Now)
	one := ask(b.Desks[0], "09:00", "12:00")
	_, err := desk.Reserve(t.Context(), b.Person(t), one)
	require.NoError(t, err)
	single := meter.Reset()
	in := again(b.Desks[0], "FREQ=DAILY;COUNT=49", false)
	in.Date, in.Key = "2026-12-01", secret.ID()
	_, err = desk.Repeat(t.Context(), b.Person(t), in)
	require.NoError(t, err)
	series := meter.Reset()
	require.LessOrEqual(t, series.Write, 49*single.Write)
	require.Equal(t, single.Read, series.Read)
	require.Equal(t, single.RoundTrips(), series.RoundTrips())
}
