package booking_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// own makes a spot somebody's workplace, and gives them.
func (b bench) own(t testing.TB, spot string) identity.Caller {
	t.Helper()
	who := b.Person(t)
	b.db.Put(t, privacy.Directory, table.PersonPartition(who.Person), "user", map[string]any{"business": b.Business,
		"member_of": table.MemberOf(who.Person), "name": "Ann", "consent_version": privacy.StatementVersion})
	b.db.Put(t, privacy.Directory, "b#"+b.Business, "account", map[string]any{"zone": "Europe/Amsterdam"})
	b.assign(t, spot, who.Person)
	return who
}

func (b bench) assign(t testing.TB, id string, to identity.Person) {
	t.Helper()
	tables := b.db.Tables()
	spot, err := tables.SpotNow(t.Context(), b.Business, id)
	require.NoError(t, err)
	from, err := tables.Holder(t.Context(), b.Business, id)
	require.NoError(t, err)
	require.NoError(t, tables.Assign(t.Context(), table.Assigning{Business: b.Business, Spot: spot, From: from,
		To:   to,
		Mark: secret.ID(), On: "2026-11-20"}))
}

func onOne(day civil.Date) booking.Span { return booking.Span{From: day, To: day} }

func (b bench) gives(t testing.TB, holder identity.Caller, spot string, day civil.Date) {
	t.Helper()
	_, err := b.desk.FreeWorkplace(t.Context(), holder, booking.SpanOf{Workplace: spot, Span: onOne(day)})
	require.NoError(t, err)
}

func (b bench) takesBack(t testing.TB, holder identity.Caller, spot string, day civil.Date) bool {
	t.Helper()
	done, err := b.desk.TakeBackWorkplace(t.Context(), holder, booking.SpanOf{Workplace: spot, Span: onOne(day)})
	require.NoError(t, err)
	return len(done.TakenBack) == 1
}

const today = civil.Date("2026-11-23")

func TestAWorkplaceIsItsHoldersUntilTheyGiveADayFreeAndTakeItBack_4_f_1_4_f_2(t *testing.T) {
	b := office(t, 2)
	ann, ben := b.own(t, b.Desks[0]), b.Person(t)
	_, err := b.desk.Reserve(t.Context(), ben, ask(b.Desks[0], "09:00", "12:00"))
	refusal := kind(t, err, problem.Conflict)
	require.Equal(t, rules.Assigned, refusal.Extra["rule"])
	require.Len(t, refusal.Extra["free_instead"], 1)
	require.NotContains(t, printed(refusal), ann.User)

	made := b.reserve(t, ann, b.Desks[0], "09:00", "10:00")
	_, err = b.desk.Cancel(t.Context(), ann, booking.OwnInput{Reservation: made.ID})
	require.NoError(t, err)

	b.gives(t, ann, b.Desks[0], today)
	b.gives(t, ann, b.Desks[0], today) // twice
	held := b.reserve(t, ben, b.Desks[0], "09:00", "12:00")
	require.False(t, b.takesBack(t, ann, b.Desks[0], today), "somebody has it")
	_, err = b.desk.Cancel(t.Context(), ben, booking.OwnInput{Reservation: held.ID})
	require.NoError(t, err)
	require.True(t, b.takesBack(t, ann, b.Desks[0], today))
	_, err = b.desk.Reserve(t.Context(), ben, ask(b.Desks[0], "09:00", "12:00"))
	kind(t, err, problem.Conflict)

	mine, err := b.desk.Workplaces(t.Context(), ann, struct{}{})
	require.NoError(t, err)
	require.Len(t, mine.Workplaces, 1)
	require.Empty(t, mine.Workplaces[0].Freed)
	b.db.Clean(t, "released#")
}

func TestWhatIsFreeOfAnAssignedWorkplaceIsToldAlikeEverywhere_4_f_1(t *testing.T) {
	b := office(t, 1)
	ann, ben := b.own(t, b.Desks[0]), b.Person(t)
	seen := func(who identity.Caller) (booking.Whose, bool) {
		t.Helper()
		floor, err := b.desk.Availability(t.Context(), who, booking.AvailabilityInput{Floor: b.Floor, Date: today,
			From: "09:00", To: "12:00"})
		require.NoError(t, err)
		day, err := b.desk.SpotDay(t.Context(), who, booking.SpotDayInput{Spot: b.Desks[0]})
		require.NoError(t, err)
		for _, spot := range floor.Spots {
			if spot.Spot == b.Desks[0] {
				require.Equal(t, []any{spot.Assigned, spot.Available}, []any{day.Assigned, day.Available})
				return spot.Assigned, spot.Available
			}
		}
		return "", false
	}
	suggested := func(who identity.Caller) string {
		t.Helper()
		view, err := b.desk.Today(t.Context(), who, booking.TodayInput{Date: today})
		require.NoError(t, err)
		if view.Suggestion == nil {
			return ""
		}
		return view.Suggestion.Why
	}
	state := func() []string {
		t.Helper()
		view, err := b.desk.State(t.Context(), ben, booking.StateInput{Floor: b.Floor, Date: today})
		require.NoError(t, err)
		return view.Freed
	}
	expect := func(hers, his booking.Whose, freeForHim bool, toHer, toHim string) {
		t.Helper()
		whose, free := seen(ann)
		require.Equal(t, []any{hers, true}, []any{whose, free})
		whose, free = seen(ben)
		require.Equal(t, []any{his, freeForHim}, []any{whose, free})
		require.Equal(t, []string{toHer, toHim}, []string{suggested(ann), suggested(ben)})
		require.Equal(t, freeForHim, len(state()) == 1)
	}
	expect(booking.Yours, booking.Theirs, false, "assigned", "")
	b.gives(t, ann, b.Desks[0], today)
	expect(booking.GivenFree, booking.GivenFree, true, "free", "free")
	require.True(t, b.takesBack(t, ann, b.Desks[0], today))
	expect(booking.Yours, booking.Theirs, false, "assigned", "")
}

func TestOnAnothersWorkplaceNobodyWalksUpMovesOrRepeatsAndItsHolderSitsDown_4_f_1(t *testing.T) {
	b := office(t, 3)
	ann, ben := b.own(t, b.Desks[0]), b.Person(t)
	door := presence.CheckIns{Tables: b.db.Tables(), Now: b.db.Clock.Now}
	sit := func(who identity.Caller) error {
		_, err := door.WalkUp(t.Context(), who, presence.WalkUpInput{Spot: b.Desks[0], Until: "09:30",
			Key: secret.ID()})
		return err
	}
	repeat := func(partly bool) error {
		_, err := b.desk.Repeat(t.Context(), ben, booking.RepeatInput{Spot: b.Desks[0], Repeat: "FREQ=DAILY;COUNT=2",
			Period: booking.Period{Date: "2026-11-24", From: "09:00", To: "12:00"}, Partly: partly, Key: secret.ID()})
		return err
	}
	kind(t, sit(ben), problem.Conflict)
	kind(t, repeat(false), problem.Conflict)
	kind(t, repeat(true), problem.Conflict)
	held := b.reserve(t, ben, b.Desks[1], "13:00", "14:00")
	_, err := b.desk.Change(t.Context(), ben, booking.ChangeInput{Reservation: held.ID, Spot: b.Desks[0]})
	require.Equal(t, rules.Assigned, kind(t, err, problem.Conflict).Extra["rule"])
	require.NoError(t, sit(ann))

	b.gives(t, ann, b.Desks[0], "2026-11-24")
	b.gives(t, ann, b.Desks[0], "2026-11-25")
	require.NoError(t, repeat(false))
	b.gives(t, ann, b.Desks[0], today)
	_, err = b.desk.Change(t.Context(), ben, booking.ChangeInput{Reservation: held.ID, Spot: b.Desks[0]})
	require.NoError(t, err)
}

func TestWhatWasReservedBeforeAnAssignmentStaysAndMayShrink_4_f_1(t *testing.T) {
	b := office(t, 1)
	ben := b.Person(t)
	held := b.reserve(t, ben, b.Desks[0], "10:00", "12:00")
	b.own(t, b.Desks[0])
	_, err := b.desk.Change(t.Context(), ben, booking.ChangeInput{Reservation: held.ID, To: "13:00"})
	kind(t, err, problem.Conflict)
	_, err = b.desk.Change(t.Context(), ben, booking.ChangeInput{Reservation: held.ID, To: "11:00"})
	require.NoError(t, err)
}

// Another's mark is another assignment: what the one before gave free is not free of the next one's.
func TestADayThatAnEarlierHolderGaveFreeIsTheNextOnes_4_f_1(t *testing.T) {
	b := office(t, 1)
	ann := b.own(t, b.Desks[0])
	b.gives(t, ann, b.Desks[0], today)
	cas := b.own(t, b.Desks[0])
	_, err := b.desk.Reserve(t.Context(), b.Person(t), ask(b.Desks[0], "09:00", "12:00"))
	kind(t, err, problem.Conflict)
	_, err = b.desk.Reserve(t.Context(), ann, ask(b.Desks[0], "09:00", "12:00"))
	kind(t, err, problem.Conflict)
	_, err = b.desk.FreeWorkplace(t.Context(), ann, booking.SpanOf{Workplace: b.Desks[0], Span: onOne(today)})
	kind(t, err, problem.NotFound)
	b.reserve(t, cas, b.Desks[0], "09:00", "12:00")
}

func TestOfADayThatIsTakenBackWhileSomebodyBooksOneHasIt_4_f_2(t *testing.T) {
	b := office(t, 1)
	ann := b.own(t, b.Desks[0])
	people := b.people(t, 8)
	for round := range 6 {
		day := today.AddDays(1 + round)
		b.gives(t, ann, b.Desks[0], day)
		back := false
		answers := atOnce(len(people)+1, func(i int) error {
			if i == len(people) {
				done, err := b.desk.TakeBackWorkplace(t.Context(), ann,
					booking.SpanOf{Workplace: b.Desks[0], Span: onOne(day)})
				back = len(done.TakenBack) == 1
				return err
			}
			_, err := b.desk.Reserve(t.Context(), people[i], booking.ReserveInput{Spot: b.Desks[0], Key: secret.ID(),
				Period: booking.Period{Date: day, From: "09:00", To: "12:00"}})
			return err
		})
		require.NoError(t, answers[len(people)])
		had := 1
		if back {
			had = 0
		}
		require.Equal(t, had, succeeded(t, answers[:len(people)]))
	}
	b.sound(t)
}

// Between any two calls of the one the other comes, and one of them has the day.
func TestTakingBackAndBookingBetweenEachOthersCallsLeaveOneHolder_4_f_2(t *testing.T) {
	book := func(b bench, desk bookingtest.Bookings, who identity.Caller, day civil.Date) bool {
		_, err := desk.Reserve(t.Context(), who, booking.ReserveInput{Spot: b.Desks[0], Key: secret.ID(),
			Period: booking.Period{Date: day, From: "09:00", To: "12:00"}})
		return err == nil
	}
	b := office(t, 1)
	ann, ben := b.own(t, b.Desks[0]), b.Person(t)
	for n, came := 1, true; came; n++ {
		came = false
		for i, first := range []bool{true, false} {
			day, desk := today.AddDays(2*n+i), b.desk
			b.gives(t, ann, b.Desks[0], day)
			had, back := false, false
			desk.Tables = b.db.Meanwhile(n, func() {
				came = true
				if first {
					back = b.takesBack(t, ann, b.Desks[0], day)
				} else {
					had = book(b, b.desk, ben, day)
				}
			})
			if first {
				had = book(b, desk, ben, day)
				back = back || b.takesBack(t, ann, b.Desks[0], day)
			} else {
				done, err := desk.TakeBackWorkplace(t.Context(), ann,
					booking.SpanOf{Workplace: b.Desks[0], Span: onOne(day)})
				require.NoError(t, err)
				back = len(done.TakenBack) == 1
				had = had || book(b, b.desk, ben, day)
			}
			require.NotEqual(t, had, back, "call %d", n)
		}
	}
}

// Whoever was released as a no-show and comes after all finds the day its holder's again.
func TestANoShowDoesNotComeBackToADayThatItsHolderTookBack_4_f_2(t *testing.T) {
	b := office(t, 1)
	ann, ben := b.own(t, b.Desks[0]), b.Person(t)
	b.gives(t, ann, b.Desks[0], today)
	held := b.reserve(t, ben, b.Desks[0], "09:00", "12:00")
	b.db.Clock.Move(30 * time.Minute)
	id, err := table.ParseReservationID(held.ID)
	require.NoError(t, err)
	sheet, err := b.db.Tables().SpotSheetNow(t.Context(), b.Place(b.Desks[0]), today)
	require.NoError(t, err)
	require.NoError(t, b.db.Tables().Release(t.Context(), ben.Person, b.Place(b.Desks[0]), today, id.Key,
		sheet.Holdings[id.Key], b.db.Clock.Now(), table.NoShow))
	require.True(t, b.takesBack(t, ann, b.Desks[0], today))
	door := presence.CheckIns{Tables: b.db.Tables(), Now: b.db.Clock.Now}
	_, err = door.CheckIn(t.Context(), ben, presence.OwnInput{Reservation: held.ID})
	kind(t, err, problem.Conflict)
}

func TestTheErasureOfAHolderFreesTheirWorkplace_4_f_1_7_erase(t *testing.T) {
	b := office(t, 1)
	ann := b.own(t, b.Desks[0])
	b.gives(t, ann, b.Desks[0], "2026-11-24")
	_, err := b.desk.GoAway(t.Context(), ann, booking.AwayInput{Span: onOne("2026-11-25")})
	require.NoError(t, err)
	b.db.Delete(t, privacy.Directory, table.PersonPartition(ann.Person), "user")
	require.NoError(t, b.db.Tables().Empty(t.Context(), ann.Person))
	b.db.Clean(t, ann.User, "holder#")
	b.reserve(t, b.Person(t), b.Desks[0], "09:00", "12:00")
}

func TestAwayGivesOnesWorkplaceFreeCancelsAndIsGoneWithItsDay_4_f_2(t *testing.T) {
	b := office(t, 2)
	ann, ben := b.own(t, b.Desks[0]), b.Person(t)
	b.reserve(t, ann, b.Desks[1], "13:00", "14:00")
	gone, err := b.desk.GoAway(t.Context(), ann, booking.AwayInput{Span: booking.Span{From: today, To: "2026-11-24"},
		Cancel: true})
	require.NoError(t, err)
	require.Equal(t, booking.GoneAway{Freed: []booking.FreedDay{{Spot: b.Desks[0], Date: today},
		{Spot: b.Desks[0], Date: "2026-11-24"}}, Cancelled: 1}, gone)
	require.Empty(t, b.agenda(t, ann))
	held := b.reserve(t, ben, b.Desks[0], "09:00", "12:00")
	view, err := b.desk.Today(t.Context(), ann, booking.TodayInput{})
	require.NoError(t, err)
	require.Equal(t, civil.Date("2026-11-25"), view.Suggestion.Date, "nothing is suggested for days away")
	require.Equal(t, "assigned", view.Suggestion.Why)

	back, err := b.desk.EndAway(t.Context(), ann, booking.Span{From: today, To: "2026-11-24"})
	require.NoError(t, err)
	require.Equal(t, booking.TakenBack{TakenBack: []civil.Date{"2026-11-24"}, Kept: []civil.Date{today}}, back)
	mine, err := b.desk.Workplaces(t.Context(), ann, struct{}{})
	require.NoError(t, err)
	require.Empty(t, mine.Away)
	require.Equal(t, []civil.Date{today}, mine.Workplaces[0].Freed)
	require.Equal(t, held.ID, b.agenda(t, ben)[0].ID)
}

func TestARangeThatIsOverBackwardsOrTooFarIsRefusedAndChangesNothing_4_f_2(t *testing.T) {
	b := office(t, 1)
	ann, ben := b.own(t, b.Desks[0]), b.Person(t)
	before := b.db.Text(t)
	for _, span := range []booking.Span{{From: "2026-11-22", To: today}, {From: "2026-11-25", To: "2026-11-24"},
		{From: today, To: "2027-03-04"}, {From: "2027-11-26", To: "2027-11-26"},
		{From: "2027-02-20", To: "2027-02-20"},
		{From: "2026-02-30", To: today}, {From: today, To: ""}} {
		_, err := b.desk.FreeWorkplace(t.Context(), ann, booking.SpanOf{Workplace: b.Desks[0], Span: span})
		require.Error(t, err, "%v", span)
	}
	_, err := b.desk.GoAway(t.Context(), ann, booking.AwayInput{Span: booking.Span{From: "2027-11-26",
		To: "2027-11-26"}})
	kind(t, err, problem.Unacceptable)
	_, err = b.desk.FreeWorkplace(t.Context(), ben, booking.SpanOf{Workplace: b.Desks[0], Span: onOne(today)})
	kind(t, err, problem.NotFound)
	require.Equal(t, before, b.db.Text(t))
}
