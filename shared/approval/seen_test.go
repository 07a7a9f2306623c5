package approval_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/calendar"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func (s *scene) owns(t *testing.T, who identity.Caller) {
	t.Helper()
	spot, err := s.db.Tables().SpotNow(t.Context(), s.Business, s.Desks[0])
	require.NoError(t, err)
	require.NoError(t, s.db.Tables().Assign(t.Context(), table.Assigning{Business: s.Business, Spot: spot,
		To: who.Person, Mark: "aaaaaaaaaaaaaaaa", On: today}))
}

// day is the desk's, as who stands before it sees it.
func (s *scene) day(t *testing.T, who identity.Caller) booking.SpotDay {
	t.Helper()
	day, err := s.desks.SpotDay(t.Context(), who, booking.SpotDayInput{Spot: s.Desks[0], Date: tomorrow})
	require.NoError(t, err)
	return day
}

func TestASpotSaysToEachThatItNeedsApprovalBeforeTheyAskForIt_4_f_3(t *testing.T) {
	s := asking(t)
	needs := func(who identity.Caller) bool {
		t.Helper()
		seen, err := s.desks.Availability(t.Context(), who, booking.AvailabilityInput{Floor: s.Floor, Date: tomorrow})
		require.NoError(t, err)
		marked := map[string]bool{}
		for _, spot := range seen.Spots {
			marked[spot.Spot] = spot.Approval
		}
		require.False(t, marked[s.Desks[1]])
		state, err := s.desks.State(t.Context(), who, booking.StateInput{Floor: s.Floor, Date: tomorrow})
		require.NoError(t, err)
		require.Len(t, state.Approvals, 1)
		require.Equal(t, s.Desks[0], state.Approvals[0].Spot)
		day := s.day(t, who)
		require.Equal(t, day.Approval, marked[s.Desks[0]])
		if day.Assigned == "" { // whose workplace it is, who looks at a floor knows by themselves
			require.Equal(t, day.Approval, !state.Approvals[0].Yours)
		}
		return day.Approval
	}
	require.True(t, needs(s.ann))
	require.False(t, needs(s.iris), "who decides needs nobody")
	require.False(t, needs(s.administrator(t, "boss")))
	s.owns(t, s.ann)
	require.False(t, needs(s.ann), "it is her own workplace")
	require.True(t, needs(s.somebody(t, "ben")))
}

func TestTheMostPreciseThatNeedsApprovalOfAFloorComesFirst_4_f_3(t *testing.T) {
	s := asking(t)
	s.says(t, rules.Approval{}, rules.Approval{For: "desk"}, rules.Approval{Floor: s.Floor},
		rules.Approval{Floor: secret.ID()}, rules.Approval{Floor: s.Floor, Spot: s.Desks[0], Group: s.group})
	state, err := s.desks.State(t.Context(), s.iris, booking.StateInput{Floor: s.Floor, Date: tomorrow})
	require.NoError(t, err)
	require.Equal(t, []booking.ForApproval{{Spot: s.Desks[0], Yours: true}, {}, {For: "desk"}, {}}, state.Approvals)
	require.False(t, s.day(t, s.iris).Approval)
	require.True(t, s.day(t, s.ann).Approval)
}

func TestWhatIsAskedForIsSaidToWaitWhereverItIsSeen_4_f_3(t *testing.T) {
	s := asking(t)
	asked := s.asks(t, s.ann)
	mine := s.day(t, s.ann).Mine
	require.Len(t, mine, 1)
	require.Equal(t, table.Asked, mine[0].State)
	require.Equal(t, asked.Until, mine[0].Until)
	require.Empty(t, s.day(t, s.somebody(t, "ben")).Mine)
	shown, err := s.desks.Today(t.Context(), s.ann, booking.TodayInput{})
	require.NoError(t, err)
	require.Equal(t, table.Asked, shown.Reservations[0].State)
	require.Equal(t, asked.Until, shown.Reservations[0].Until)
}

func TestWhatIsAskedForIsInNoCalendarUntilItIsApproved_4_f_3(t *testing.T) {
	s := asking(t)
	asked := s.asks(t, s.ann)
	feeds := calendar.Feeds{Tables: s.db.Tables(), Now: s.db.Clock.Now, PublicURL: "https://api.example"}
	made, err := feeds.Make(t.Context(), s.ann, struct{}{})
	require.NoError(t, err)
	feed := func() string {
		page, err := feeds.Read(t.Context(), nobody,
			calendar.FeedInput{Feed: made.URL[len("https://api.example/calendars/"):]})
		require.NoError(t, err)
		_, text := page.Content()
		return string(text)
	}
	require.NotContains(t, feed(), "VEVENT")
	_, err = feeds.File(t.Context(), s.ann, calendar.FileInput{Reservation: asked.ID})
	kind(t, err, problem.NotFound)
	require.NoError(t, s.decides(t, s.iris, s.sees(t, s.iris)[0].ID, table.Approved))
	require.Contains(t, feed(), "STATUS:CONFIRMED")
	_, err = feeds.File(t.Context(), s.ann, calendar.FileInput{Reservation: asked.ID})
	require.NoError(t, err)
}

func TestWhoDecidesIsSuggestedWhatNeedsApprovalAsAnyOther_4_f_3(t *testing.T) {
	s := asking(t)
	suggested := func(who identity.Caller) string {
		shown, err := s.desks.Today(t.Context(), who, booking.TodayInput{})
		require.NoError(t, err)
		return shown.Suggestion.Spot
	}
	require.Equal(t, s.Desks[1], suggested(s.ann))
	require.Equal(t, s.Desks[0], suggested(s.iris))
	s.says(t, rules.Approval{})
	require.Equal(t, s.Desks[0], suggested(s.administrator(t, "boss")))
	shown, err := s.desks.Today(t.Context(), s.iris, booking.TodayInput{})
	require.NoError(t, err)
	require.Nil(t, shown.Suggestion, "the administrators alone decide, so nothing is hers with one tap")
}

func TestWhatIsFreeInsteadNeedsApprovalOnlyWhereTheOtherDid_4_f_3(t *testing.T) {
	s := asking(t)
	ben := s.somebody(t, "ben")
	instead := func(spot string) any {
		_, err := s.reserve(t, ben, booking.ReserveInput{Spot: spot})
		return kind(t, err, problem.Conflict).Extra["free_instead"]
	}
	_, err := s.reserve(t, s.ann, booking.ReserveInput{Spot: s.Desks[1]})
	require.NoError(t, err)
	require.Empty(t, instead(s.Desks[1]), "the other desk is not to be had at once")
	s.says(t, rules.Approval{})
	require.Len(t, instead(s.Desks[1]), 1)
}

func TestTodayCountsWhatWaitsForTheDecisionOfWhoOpensIt_4_f_3(t *testing.T) {
	s := asking(t)
	waiting := func(who identity.Caller) int {
		t.Helper()
		shown, err := s.desks.Today(t.Context(), who, booking.TodayInput{})
		require.NoError(t, err)
		return shown.ToDecide
	}
	boss := s.administrator(t, "boss")
	require.Zero(t, waiting(s.iris))
	asked := s.asks(t, s.ann)
	require.Equal(t, []int{1, 1, 1, 0, 0}, []int{waiting(s.iris), waiting(s.jo), waiting(boss), waiting(s.ann),
		waiting(s.somebody(t, "ben"))})
	s.db.Clock.Set(*asked.Until)
	require.Zero(t, waiting(s.iris), "its time is over")
	s.round(t)
	s.db.Clock.Set(time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC))
	s.asks(t, s.ann)
	require.NoError(t, s.decides(t, s.jo, s.sees(t, s.jo)[0].ID, table.Declined))
	require.Zero(t, waiting(s.iris))
}

func TestTodayReadsNothingOfRequestsForWhoDecidesNothing_4_f_3(t *testing.T) {
	s := asking(t)
	calls := func(who identity.Caller) int {
		var meter enginetest.Meter
		desks := bookingtest.New(s.db.Metered(&meter), s.db.Clock.Now)
		_, err := desks.Today(t.Context(), who, booking.TodayInput{})
		require.NoError(t, err)
		return len(meter.Usage().Calls)
	}
	ofGroups := calls(s.ann)
	s.says(t, rules.Approval{Floor: s.Floor, Spot: s.Desks[0]}) // by the administrators alone
	ofNone := calls(s.ann)
	s.says(t)
	require.Equal(t, calls(s.ann), ofNone)
	require.Equal(t, ofNone+1, ofGroups, "one look at whether she is in a group that decides here")
}

func TestWhatCanBeHadOfARepetitionIsAskedForFromTheFirstDateThatCan_4_f_3(t *testing.T) {
	s := asking(t)
	_, err := s.reserve(t, s.iris, booking.ReserveInput{Period: booking.Period{Date: tomorrow, From: "09:00",
		To: "10:00"}})
	require.NoError(t, err)
	partly := booking.RepeatInput{Spot: s.Desks[0], Repeat: "FREQ=DAILY;COUNT=3", Partly: true,
		Period: booking.Period{Date: today, From: "08:00", To: "10:00"}, Key: "partly-asked"}
	made, err := s.desks.Repeat(t.Context(), s.ann, partly)
	require.NoError(t, err)
	require.Equal(t, []civil.Date{today, tomorrow}, []civil.Date{made.Skipped[0].Date, made.Skipped[1].Date},
		"the first is too soon, the second is taken")
	require.Equal(t, rules.Approved, made.Skipped[0].Rule)
	require.Equal(t, s.db.Clock.Now().Add(24*time.Hour), *made.Reservations[0].Until,
		"not until the second date begins")
	seen := s.sees(t, s.iris)
	require.Len(t, seen, 1)
	require.Len(t, seen[0].Dates, 1)
	again, err := s.desks.Repeat(t.Context(), s.ann, partly)
	require.NoError(t, err)
	require.Equal(t, made, again)
	partly.Partly, partly.Key = false, "wholly-asked"
	_, err = s.desks.Repeat(t.Context(), s.ann, partly)
	kind(t, err, problem.Unacceptable)
}
