package waitlist_test

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/retention"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/waitlist"
)

func TestWhoWaitsIsOfferedWhatComesFreeFirstComeAndForAQuarterOfAnHour_4_f_3(t *testing.T) {
	s := fully(t)
	ann, ben := s.somebody(t, "ann"), s.somebody(t, "ben")
	s.waits(t, ann)
	s.waits(t, ben)
	s.round(t)
	require.Empty(t, s.has(t, ann).ID, "nothing is free")
	require.Empty(t, s.post.Sent())

	s.cancels(t, s.host, s.held)
	s.round(t)
	offered := s.has(t, ann)
	require.Equal(t, table.Offered, offered.State)
	require.Equal(t, s.db.Clock.Now().Add(15*time.Minute).Truncate(time.Second), *offered.Until)
	require.Empty(t, s.has(t, ben).ID)
	require.Empty(t, s.waiting(t, ann), "what is offered stands in the agenda")
	require.Len(t, s.waiting(t, ben), 1)
	_, err := s.reserve(t, s.host)
	kind(t, err, problem.Conflict)

	for range 14 {
		s.round(t)
	}
	require.Len(t, s.post.To("ann@customer.example"), 1, "she is told once")
	require.Equal(t, table.Offered, s.has(t, ann).State)
	s.round(t) // and the quarter of an hour is over: it goes to the next within the same minute
	require.Empty(t, s.has(t, ann).ID)
	require.Equal(t, table.Offered, s.has(t, ben).State)
	require.NoError(t, s.takes(t, ben))
	require.NoError(t, s.takes(t, ben), "again is the same")
	require.Equal(t, table.Reserved, s.has(t, ben).State)
	require.Nil(t, s.has(t, ben).Until)
	s.round(t)
	s.db.Clean(t, "inline#")
	require.Equal(t, table.Reserved, s.has(t, ben).State)
}

func TestAPlaceInLineDiesWithTheTimeThatIsWaitedFor_4_f_3(t *testing.T) {
	s := fully(t)
	ann := s.somebody(t, "ann")
	s.waits(t, ann)
	s.db.Clock.Set(time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)) // 12:00 there
	require.Empty(t, s.waiting(t, ann))
	_, err := retention.Sweeper{Tables: s.db.Tables(), Now: s.db.Clock.Now, Metrics: io.Discard}.Look(t.Context())
	require.NoError(t, err)
	s.db.Clean(t, "inline#")
}

func TestAnOfferEndsWithTheTimeThatIsWaitedForAtTheLatest_4_f_3(t *testing.T) {
	s := fully(t)
	ann := s.somebody(t, "ann")
	s.waits(t, ann)
	s.db.Clock.Set(time.Date(2026, 11, 23, 10, 50, 0, 0, time.UTC)) // ten minutes before its end
	s.cancels(t, s.host, s.held)
	s.round(t)
	offered := s.has(t, ann)
	require.Equal(t, time.Date(2026, 11, 23, 10, 56, 50, 0, time.UTC), *offered.Until)
	require.Equal(t, "11:45", s.Location.Zone.In(offered.StartsAt).Format("15:04"),
		"what is past of it is not offered")
	require.NoError(t, s.takes(t, ann))
	held, err := s.db.Tables().SpotSheetNow(t.Context(), s.Place(s.Desks[0]), today)
	require.NoError(t, err)
	for _, h := range held.Holdings {
		require.Equal(t, s.db.Clock.Now().Unix(), h.BookedAt, "she is waited for from when she took it")
	}
}

func TestAnOfferThatNobodyTakesIsOffTheSheetsWhenItsTimeIsOver_4_f_3(t *testing.T) {
	s := fully(t)
	ann := s.somebody(t, "ann")
	s.waits(t, ann)
	s.cancels(t, s.host, s.held)
	s.db.Clock.Set(time.Date(2026, 11, 23, 10, 49, 30, 0, time.UTC)) // 11:49:30 there
	for range 9 {
		s.round(t)
	}
	require.Empty(t, s.has(t, ann).ID)
	s.db.Clean(t, "inline#")
	require.Empty(t, s.holder(t, ann))

}

func TestWhoStopsWaitingOrRefusesAnOfferLetsTheNextHaveIt_4_f_3(t *testing.T) {
	s := fully(t)
	ann, ben, cem := s.somebody(t, "ann"), s.somebody(t, "ben"), s.somebody(t, "cem")
	first, second := s.waits(t, ann), s.waits(t, ben)
	s.waits(t, cem)
	_, err := s.line.Leave(t.Context(), ann, waitlist.LeaveInput{Place: first.ID})
	require.NoError(t, err)
	_, err = s.line.Leave(t.Context(), ann, waitlist.LeaveInput{Place: first.ID})
	kind(t, err, problem.NotFound)
	_, err = s.line.Leave(t.Context(), ann, waitlist.LeaveInput{Place: second.ID})
	kind(t, err, problem.NotFound) // another's place looks like none
	s.cancels(t, s.host, s.held)
	s.round(t)
	require.Equal(t, table.Offered, s.has(t, ben).State)
	_, err = s.line.Leave(t.Context(), ben, waitlist.LeaveInput{Place: second.ID})
	require.NoError(t, err)
	require.Empty(t, s.has(t, ben).ID)
	s.round(t)
	refused := s.has(t, cem)
	require.Equal(t, table.Offered, refused.State)
	s.cancels(t, cem, refused.ID) // from the agenda
	s.round(t)
	s.db.Clean(t, "inline#")
	require.Empty(t, s.has(t, cem).ID)
}

func TestWhoMayNotHaveASpotIsPassedByAndKeepsTheirPlace_4_f_3(t *testing.T) {
	for why, c := range map[string]struct {
		office func(*table.Location)
		ann    func(t *testing.T, s *scene, ann identity.Caller)
	}{
		"away": {ann: func(t *testing.T, s *scene, ann identity.Caller) {
			require.NoError(t, s.db.Tables().SetAway(t.Context(), ann.Person, today, today.End(s.Location.Zone)))
		}},
		"as many as the rules allow": {office: func(l *table.Location) {
			l.Rules.Limits = []rules.Limits{{PerDay: 1}}
		}, ann: func(t *testing.T, s *scene, ann identity.Caller) { s.room(t, ann) }},
		"the quota of the day": {office: func(l *table.Location) { l.DailyQuota = 1 },
			ann: func(t *testing.T, s *scene, ann identity.Caller) { s.room(t, ann) }},
	} {
		t.Run(why, func(t *testing.T) {
			var change []func(*table.Location)
			if c.office != nil {
				change = append(change, c.office)
			}
			s := fully(t, change...)
			ann, ben := s.somebody(t, "ann"), s.somebody(t, "ben")
			s.waits(t, ann)
			s.waits(t, ben)
			c.ann(t, s, ann)
			s.cancels(t, s.host, s.held)
			s.round(t)
			require.Equal(t, table.Offered, s.has(t, ben).State)
			require.Len(t, s.waiting(t, ann), 1)
		})
	}
}

func TestWhoHasGoneOrAgreedToNoStatementInForceIsOfferedNothing_4_f_3_2_consent(t *testing.T) {
	for why, leave := range map[string]map[string]any{"erased": nil,
		"agreed to an earlier one": {"business": "b", "name": "Ann", "email": "a@customer.example",
			"consent_version": "2026-11-01"}} {
		s := fully(t)
		ann, ben := s.somebody(t, "ann"), s.somebody(t, "ben")
		s.waits(t, ann)
		s.waits(t, ben)
		s.db.Delete(t, privacy.Directory, table.PersonPartition(ann.Person), "user")
		if leave != nil {
			s.db.Put(t, privacy.Directory, table.PersonPartition(ann.Person), "user", leave)
		}
		s.cancels(t, s.host, s.held)
		s.round(t)
		require.Equal(t, table.Offered, s.has(t, ben).State, why)
		require.Empty(t, s.waiting(t, ann), why)
		require.Empty(t, s.post.To("a@customer.example"), why)
	}
}

func TestAnErasureTakesThePlaceAndTheOfferAndFreesTheSpot_7_erase(t *testing.T) {
	s := fully(t)
	ann, ben := s.somebody(t, "ann"), s.somebody(t, "ben")
	s.waits(t, ann)
	s.waits(t, ben)
	s.cancels(t, s.host, s.held)
	s.round(t)
	require.NoError(t, s.db.Tables().Empty(t.Context(), ann.Person))
	s.db.Clean(t, ann.User)
	s.round(t)
	require.Equal(t, table.Offered, s.has(t, ben).State)
	require.NoError(t, s.takes(t, ben))
}

func TestWhatIsWaitedForMustBePossibleAndIsRefusedByField_4_f_3(t *testing.T) {
	s := fully(t, func(l *table.Location) { l.Opens, l.Closes = "08:00", "18:00" })
	ann := s.somebody(t, "ann")
	for what, c := range map[string]struct {
		change  func(*waitlist.LineUpInput)
		kind    problem.Kind
		pointer string
	}{
		"a floor that is not there": {func(in *waitlist.LineUpInput) { in.Floor = s.Room }, problem.NotFound, ""},
		"a zone that is not there":  {func(in *waitlist.LineUpInput) { in.Zone = s.Room }, problem.NotFound, ""},
		"a type of which there is none": {func(in *waitlist.LineUpInput) { in.Type = "classroom" },
			problem.Unacceptable, "/type"},
		"no date of the calendar": {func(in *waitlist.LineUpInput) { in.Date = "2026-02-30" },
			problem.Malformed, "/date"},
		"a time that is over": {func(in *waitlist.LineUpInput) { in.From = "06:00" },
			problem.Unacceptable, "/from"},
		"an end before the beginning": {func(in *waitlist.LineUpInput) { in.To = "08:30" }, problem.Unacceptable,
			"/to"},
		"a time at which it is not open": {func(in *waitlist.LineUpInput) { in.To = "20:00" }, problem.Unacceptable,
			"/from"},
		"a day too far ahead": {func(in *waitlist.LineUpInput) { in.Date = "2027-11-23" },
			problem.Unacceptable, "/date"},
	} {
		in := s.wanting()
		c.change(&in)
		_, err := s.line.LineUp(t.Context(), ann, in)
		refusal := kind(t, err, c.kind)
		if c.pointer != "" {
			require.Len(t, refusal.Fields, 1, what)
			require.Equal(t, c.pointer, refusal.Fields[0].Pointer, what)
		}
	}
	require.Empty(t, s.waiting(t, ann))
	other := fully(t)
	_, err := other.line.LineUp(t.Context(), other.somebody(t, "eve"), s.wanting())
	kind(t, err, problem.NotFound) // another customer's floor looks like none
}

func TestNobodyWaitsForWhatEndsBeforeTheSweepCouldHearOfIt_4_f_3(t *testing.T) {
	require.Greater(t, waitlist.Holds, clock.Ahead+2*time.Minute, "as of all that is swept")
	s := fully(t)
	ann := s.somebody(t, "ann")
	s.db.Clock.Move(3*time.Hour + 50*time.Minute)
	soon := s.wanting()
	soon.From = "11:45"
	_, err := s.line.LineUp(t.Context(), ann, soon)
	require.Equal(t, "/to", kind(t, err, problem.Unacceptable).Fields[0].Pointer)
	soon.To = "12:15"
	_, err = s.line.LineUp(t.Context(), ann, soon)
	require.NoError(t, err)
}

func TestAPersonWaitsForTheSameOnceAndForTenThingsAtMost_4_f_3(t *testing.T) {
	s := fully(t)
	ann := s.somebody(t, "ann")
	require.Equal(t, s.waits(t, ann), s.waits(t, ann))
	require.Len(t, s.waiting(t, ann), 1)
	in := s.wanting()
	for n := range waitlist.Most - 1 {
		in.Date = today.AddDays(n + 1)
		_, err := s.line.LineUp(t.Context(), ann, in)
		require.NoError(t, err)
	}
	in.Date = in.Date.AddDays(1)
	_, err := s.line.LineUp(t.Context(), ann, in)
	kind(t, err, problem.TooMany)
	s.waits(t, ann) // what she waits for already is no more
	require.Len(t, s.waiting(t, ann), waitlist.Most)
}
