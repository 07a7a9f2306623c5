package approval_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

func TestWhatIsAskedForHoldsTheSpotUntilItIsDecided_4_f_3(t *testing.T) {
	s := asking(t)
	asked := s.asks(t, s.ann)
	require.Equal(t, s.db.Clock.Now().Add(24*time.Hour), *asked.Until, "a day after it was asked for")
	ben := s.somebody(t, "ben")
	_, err := s.reserve(t, ben, booking.ReserveInput{})
	kind(t, err, problem.Conflict)
	require.Empty(t, s.sees(t, s.ann), "who asks decides nothing")
	require.Empty(t, s.sees(t, ben))
	kind(t, s.decides(t, s.ann, s.sees(t, s.iris)[0].ID, table.Approved), problem.NotFound)

	seen := s.sees(t, s.iris)
	require.Equal(t, seen, s.sees(t, s.jo))
	require.Len(t, seen, 1)
	require.Equal(t, "ann", seen[0].Name)
	require.Equal(t, "3.00", seen[0].SpotName)
	require.Equal(t, "12:00", string(seen[0].Dates[0].From))
	require.NoError(t, s.decides(t, s.iris, seen[0].ID, table.Approved))
	require.Equal(t, table.Reserved, s.has(t, s.ann).State)
	require.Nil(t, s.has(t, s.ann).Until)
	for _, held := range s.sheet(t).Holdings {
		require.Equal(t, table.Reserved, held.State)
		require.Zero(t, held.Until)
	}
	require.Empty(t, s.sees(t, s.jo))
	kind(t, s.decides(t, s.jo, seen[0].ID, table.Declined), problem.Conflict)
	require.Equal(t, table.Reserved, s.has(t, s.ann).State, "the first decision stands")

	s.round(t)
	require.Equal(t, "Approved: your spot of 24 November 2026", s.post.Last(t, "ann@customer.example").Subject)
	s.round(t)
	require.Len(t, s.post.To("ann@customer.example"), 1, "she is told once")
	require.Empty(t, s.post.To("iris@customer.example"), "it was decided before anybody was mailed")
	s.db.Clean(t, "asking#")
}

func TestWhatIsDeclinedIsFreeAndNothingOfItStays_4_f_3(t *testing.T) {
	s := asking(t)
	in := booking.ReserveInput{Key: "the-same-request"}
	_, err := s.reserve(t, s.ann, in)
	require.NoError(t, err)
	require.NoError(t, s.decides(t, s.jo, s.sees(t, s.jo)[0].ID, table.Declined))
	require.Empty(t, s.has(t, s.ann).ID)
	require.Empty(t, s.sheet(t).Holdings)
	require.Empty(t, s.sheet(t).Taken)
	_, err = s.reserve(t, s.ann, in)
	kind(t, err, problem.Conflict) // the same request brings nothing back
	s.round(t)
	told := s.post.Last(t, "ann@customer.example")
	require.Equal(t, "Declined: your request of 24 November 2026", told.Subject)
	require.NotContains(t, told.Text, "jo", "who decided is not told")
	s.db.Clean(t, "asking#")
	s.db.Clean(t, s.jo.User+"#")
	s.asks(t, s.ann) // again is a request like any other
}

func TestWhatNobodyDecidesLapsesByItself_4_f_3(t *testing.T) {
	s := asking(t)
	asked := s.asks(t, s.ann)
	request := s.sees(t, s.iris)[0].ID
	s.db.Clock.Set(asked.Until.Add(-2 * time.Minute))
	s.round(t)
	require.Equal(t, table.Asked, s.has(t, s.ann).State)
	s.db.Clock.Set(*asked.Until)
	kind(t, s.decides(t, s.iris, request, table.Approved), problem.Conflict)
	require.Empty(t, s.sees(t, s.iris))
	require.NoError(t, s.mails(s.db.Tables()).Round(t.Context()))
	require.Empty(t, s.has(t, s.ann).ID)
	require.Empty(t, s.sheet(t).Taken)
	s.round(t)
	require.Equal(t, "Lapsed: your request of 24 November 2026", s.post.Last(t, "ann@customer.example").Subject)
	s.db.Clean(t, "asking#")
}

func TestWhatIsAskedForLapsesAtItsBeginningAtTheLatest_4_f_3(t *testing.T) {
	s := asking(t)
	made, err := s.reserve(t, s.ann, booking.ReserveInput{Period: booking.Period{Date: today, From: "10:00", To: "11:00"}})
	require.NoError(t, err)
	require.Equal(t, made.StartsAt, *made.Until)
	_, err = s.reserve(t, s.ann, booking.ReserveInput{Period: booking.Period{Date: today, From: "08:00", To: "09:00"}})
	refusal := kind(t, err, problem.Unacceptable)
	require.Equal(t, rules.Approved, refusal.Extra["rule"])
}

func TestWhoDecidesNeedsNoApprovalNorDoesTheHolderOfAWorkplace_4_f_3(t *testing.T) {
	s := asking(t)
	made, err := s.reserve(t, s.iris, booking.ReserveInput{})
	require.NoError(t, err)
	require.Equal(t, table.Reserved, made.State)
	boss := s.administrator(t, "boss")
	made, err = s.reserve(t, boss, booking.ReserveInput{Period: booking.Period{Date: today, From: "10:00", To: "11:00"}})
	require.NoError(t, err)
	require.Equal(t, table.Reserved, made.State)

	spot, err := s.db.Tables().SpotNow(t.Context(), s.Business, s.Desks[0])
	require.NoError(t, err)
	require.NoError(t, s.db.Tables().Assign(t.Context(),
		table.Assigning{Business: s.Business, Spot: spot, To: s.ann.Person,
			Mark: "aaaaaaaaaaaaaaaa", On: today}))
	made, err = s.reserve(t, s.ann, booking.ReserveInput{Period: booking.Period{Date: today, From: "12:00", To: "13:00"}})
	require.NoError(t, err)
	require.Equal(t, table.Reserved, made.State)
}

func TestOneDecisionIsForAllDatesOfARequest_4_f_3(t *testing.T) {
	s := asking(t)
	for _, partly := range []bool{false, true} {
		made, err := s.desks.Repeat(t.Context(), s.ann, booking.RepeatInput{Spot: s.Desks[0],
			Period: booking.Period{Date: tomorrow, From: "22:00", To: "02:00", UntilDate: tomorrow.AddDays(1)},
			Repeat: "FREQ=DAILY;COUNT=3", Partly: partly, Key: "repeated" + map[bool]string{true: "-partly"}[partly]})
		require.NoError(t, err)
		require.Len(t, made.Reservations, 6, "each night has two")
		seen := s.sees(t, s.iris)
		require.Len(t, seen, 1)
		require.Len(t, seen[0].Dates, 6)
		_, err = s.desks.Cancel(t.Context(), s.ann, booking.OwnInput{Reservation: made.Reservations[0].ID})
		require.NoError(t, err)
		require.Len(t, s.sees(t, s.iris)[0].Dates, 5, "of what she took back nothing is asked any more")
		s.round(t)
		require.NoError(t, s.decides(t, s.iris, seen[0].ID, map[bool]table.Decision{false: table.Declined,
			true: table.Approved}[partly]))
		s.round(t)
	}
	require.Len(t, s.post.To("jo@customer.example"), 2, "one mail a request")
	agenda, err := s.desks.Agenda(t.Context(), s.ann, booking.AgendaInput{From: today, To: today.AddDays(9)})
	require.NoError(t, err)
	require.Len(t, agenda.Reservations, 5)
	for _, r := range agenda.Reservations {
		require.Equal(t, table.Reserved, r.State)
	}
}

func TestFortyNineDatesAreAskedForAndApprovedInOneTransaction_4_f_3(t *testing.T) {
	s := asking(t)
	s.ann.Calendar = true
	made, err := s.desks.Repeat(t.Context(), s.ann, booking.RepeatInput{Spot: s.Desks[0],
		Period: booking.Period{Date: tomorrow, From: "09:00", To: "10:00"}, Repeat: "FREQ=DAILY;COUNT=49", Key: "many-dates"})
	require.NoError(t, err)
	require.Len(t, made.Reservations, 49)
	told, err := s.db.Tables().ToTell(t.Context(), s.ann.Person)
	require.NoError(t, err)
	require.Empty(t, told, "no calendar hears of what is asked for")
	require.NoError(t, s.decides(t, s.iris, s.sees(t, s.iris)[0].ID, table.Approved))
	told, err = s.db.Tables().ToTell(t.Context(), s.ann.Person)
	require.NoError(t, err)
	require.Len(t, told, 1)
	require.Equal(t, table.Planned, told[0].Kind)
	require.Len(t, told[0].All(), 49)
}

func TestWhatIsTakenBackIsAskedOfNobody_4_f_3(t *testing.T) {
	s := asking(t)
	asked := s.asks(t, s.ann)
	request := s.sees(t, s.iris)[0].ID
	_, err := s.desks.Cancel(t.Context(), s.ann, booking.OwnInput{Reservation: asked.ID})
	require.NoError(t, err)
	require.Empty(t, s.sees(t, s.iris))
	kind(t, s.decides(t, s.iris, request, table.Approved), problem.NotFound)
	s.round(t)
	require.Empty(t, s.post.Sent())
	s.db.Clean(t, "asking#")
}

func TestWhereNobodyOfTheGroupCanDecideTheAdministratorsAreAsked_4_f_3(t *testing.T) {
	s := asking(t)
	s.administrator(t, "boss")
	s.asks(t, s.ann)
	require.NoError(t, s.db.Tables().LeaveGroup(t.Context(), s.iris.Person, s.group))
	s.db.Put(t, privacy.Directory, table.PersonPartition(s.jo.Person), "user", map[string]any{"business": s.Business,
		"email": "jo@customer.example", "language": "en", "consent_version": "2026-11-01"}) // who has yet to agree
	s.round(t)
	require.Len(t, s.post.Sent(), 1)
	require.Len(t, s.post.To("boss@customer.example"), 1)
	s.round(t)
	require.Len(t, s.post.Sent(), 1, "once")
	require.Empty(t, s.sees(t, s.iris), "who left the group decides nothing any more")
}

func TestAnAdministratorDecidesWhateverIsAsked_4_f_3(t *testing.T) {
	s := asking(t)
	boss := s.administrator(t, "boss")
	s.asks(t, s.ann)
	s.says(t) // and the rule has gone meanwhile
	seen := s.sees(t, boss)
	require.Len(t, seen, 1)
	require.Len(t, s.sees(t, s.iris), 1, "it was asked of them")
	require.NoError(t, s.decides(t, boss, seen[0].ID, table.Approved))
	require.Equal(t, table.Reserved, s.has(t, s.ann).State)
}

func TestAnotherCustomersRequestLooksUnknown_4_f_3(t *testing.T) {
	s := asking(t)
	s.asks(t, s.ann)
	request := s.sees(t, s.iris)[0].ID
	other := s.db.NewOffice(t, "Europe/Amsterdam", 1).Person(t)
	other.Role = identity.Administrator
	theirs := kind(t, s.decides(t, other, request, table.Approved), problem.NotFound)
	unknown := kind(t, s.decides(t, other, "aaaaaaaaaaaaaaaa", table.Approved), problem.NotFound)
	require.Equal(t, unknown, theirs)
	require.Empty(t, s.sees(t, other))
	require.Equal(t, table.Asked, s.has(t, s.ann).State)
}

func TestWhoHidesTheirNameAsksAsAColleague_7_shield(t *testing.T) {
	s := asking(t)
	eve := s.somebody(t, "eve", map[string]any{"shield": []string{"4.a.1"}})
	s.asks(t, eve)
	require.Empty(t, s.sees(t, s.iris)[0].Name)
	s.round(t)
	mailed := s.post.Last(t, "iris@customer.example")
	require.Contains(t, mailed.Text, "A colleague asks")
	require.NotContains(t, mailed.Text+mailed.Subject, "eve")
}

func TestWhatNeedsApprovalIsNoSuggestionAndNoSpotToSitDownAt_4_f_3(t *testing.T) {
	s := asking(t)
	shown, err := s.desks.Today(t.Context(), s.ann, booking.TodayInput{})
	require.NoError(t, err)
	require.Equal(t, s.Desks[1], shown.Suggestion.Spot)
	door := presence.CheckIns{Tables: s.db.Tables(), Now: s.db.Clock.Now}
	_, err = door.WalkUp(t.Context(), s.ann, presence.WalkUpInput{Spot: s.Desks[0], Key: "sitting-down"})
	require.Equal(t, rules.Approved, kind(t, err, problem.Conflict).Extra["rule"])
	_, err = s.reserve(t, s.ann, booking.ReserveInput{Spot: s.Desks[1]})
	require.NoError(t, err)
	_, err = s.desks.Change(t.Context(), s.ann, booking.ChangeInput{Reservation: s.has(t, s.ann).ID, Spot: s.Desks[0]})
	kind(t, err, problem.Conflict)
}
