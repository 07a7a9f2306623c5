package booking_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// kept is an office whose window side is kept for a group until 16:00 the day before, with somebody who is in it.
func kept(t *testing.T, desks int) (b bench, in identity.Caller) {
	t.Helper()
	group := secret.ID()
	b = office(t, desks)
	b.db.Put(t, privacy.Directory, "b#"+b.Business, "account", map[string]any{"zone": "Europe/Amsterdam"})
	require.NoError(t, b.db.Tables().NameGroup(t.Context(), b.Business, group, "Research"))
	location, err := b.db.Tables().LocationNow(t.Context(), b.Business, b.Location.ID)
	require.NoError(t, err)
	location.GroupZones = []rules.GroupZone{{Floor: b.Floor, Zone: b.Zone, Groups: []string{group}, Days: 1,
		At: "16:00"}}
	require.NoError(t, b.db.Tables().SetGroupZones(t.Context(), b.Business, location))
	in = b.named(t, "Ann", privacy.StatementVersion)
	require.NoError(t, b.db.Tables().JoinGroup(t.Context(), in.Person, group, "2026-11-20"))
	return b, in
}

func (b bench) tomorrow(t *testing.T, who identity.Caller, desk int) error {
	t.Helper()
	_, err := b.desk.Reserve(t.Context(), who, booking.ReserveInput{Spot: b.Desks[desk], Key: secret.ID(),
		Period: booking.Period{Date: "2026-11-24", From: "09:00", To: "12:00"}})
	return err
}

func TestAZoneOfAGroupOpensToAllAtItsTime_4_f_1(t *testing.T) {
	b, in := kept(t, 3)
	out := b.named(t, "Ben", privacy.StatementVersion)
	refusal := kind(t, b.tomorrow(t, out, 0), problem.Unacceptable)
	require.Equal(t, rules.Group, refusal.Extra["rule"])
	require.Equal(t, "is kept for a group until 2026-11-23 at 16:00", refusal.Fields[0].Detail)
	require.Equal(t, civil.Date("2026-11-23"), refusal.Extra["nearest"].(rules.Offer).Date, "today it is everybody's")
	require.NoError(t, b.tomorrow(t, in, 0))
	b.reserve(t, out, b.Desks[0], "13:00", "14:00")

	b.db.Clock.Set(time.Date(2026, 11, 23, 14, 59, 59, 0, time.UTC)) // 15:59:59 there
	kind(t, b.tomorrow(t, out, 1), problem.Unacceptable)
	b.db.Clock.Move(time.Second)
	require.NoError(t, b.tomorrow(t, out, 1))
}

func TestSearchStateDayAndSuggestionSayAlikeWhatIsKeptForAGroup_4_f_1(t *testing.T) {
	b, in := kept(t, 1)
	out := b.named(t, "Ben", privacy.StatementVersion)
	for who, free := range map[*identity.Caller]bool{&in: true, &out: false} {
		floor, err := b.desk.Availability(t.Context(), *who,
			booking.AvailabilityInput{Floor: b.Floor, Date: "2026-11-24",
				Type: "desk"})
		require.NoError(t, err)
		day, err := b.desk.SpotDay(t.Context(), *who, booking.SpotDayInput{Spot: b.Desks[0], Date: "2026-11-24"})
		require.NoError(t, err)
		state, err := b.desk.State(t.Context(), *who, booking.StateInput{Floor: b.Floor, Date: "2026-11-24"})
		require.NoError(t, err)
		view, err := b.desk.Today(t.Context(), *who, booking.TodayInput{Date: "2026-11-24"})
		require.NoError(t, err)
		require.Equal(t, []bool{free, free, free, free}, []bool{floor.Spots[0].Available, day.Available,
			len(state.Shut) == 0, view.Suggestion != nil})
		if !free {
			opens := booking.Opens{On: "2026-11-23", At: "16:00"}
			require.Equal(t, []booking.Opens{opens, opens, opens}, []booking.Opens{*floor.Spots[0].Opens, *day.Opens,
				*state.Shut[0].Opens})
		}
	}
}

func TestOnesOwnWorkplaceIsNotKeptFromOneAndADelegateGoesByWhoTheyActFor_4_f_1(t *testing.T) {
	b, in := kept(t, 2)
	out := b.named(t, "Ben", privacy.StatementVersion)
	b.assign(t, b.Desks[0], out.Person)
	require.NoError(t, b.tomorrow(t, out, 0))
	_, err := b.desk.AllowDelegate(t.Context(), in, booking.ColleagueInput{Colleague: out.User})
	require.NoError(t, err)
	_, err = b.reserveFor(t, out, in, b.Desks[1], "the-one-key")
	require.NoError(t, err, "she is in the group")
}

func TestWhoLeavesAGroupIsErasedOrWhoseGroupIsRemovedIsInItNoMore_4_f_1_7_erase(t *testing.T) {
	for name, ends := range map[string]func(b bench, in identity.Caller, group string) error{
		"leaves": func(b bench, in identity.Caller, group string) error {
			return b.db.Tables().LeaveGroup(t.Context(), in.Person, group)
		},
		"is removed": func(b bench, _ identity.Caller, group string) error {
			return b.db.Tables().RemoveGroup(t.Context(), b.Business, group)
		},
		"erased": func(b bench, in identity.Caller, _ string) error {
			b.db.Delete(t, privacy.Directory, table.PersonPartition(in.Person), "user")
			return b.db.Tables().Empty(t.Context(), in.Person)
		},
	} {
		t.Run(name, func(t *testing.T) {
			b, in := kept(t, 1)
			groups, err := b.db.Tables().InGroups(t.Context(), in.Person)
			require.NoError(t, err)
			for range 2 {
				require.NoError(t, ends(b, in, groups[0]))
			}
			b.db.Clean(t, "group#", "member#")
		})
	}
}

func TestNobodyComesIntoAGroupThatIsGoneOrWithoutAgreeing_4_f_1_2_consent(t *testing.T) {
	b, in := kept(t, 1)
	before := b.db.Text(t)
	require.ErrorIs(t, b.db.Tables().JoinGroup(t.Context(), in.Person, secret.ID(), "2026-11-20"), table.ErrAbsent)
	groups, err := b.db.Tables().InGroups(t.Context(), in.Person)
	require.NoError(t, err)
	require.NoError(t, b.db.Tables().JoinGroup(t.Context(), in.Person, groups[0], "2026-11-23"), "again")
	require.Equal(t, before, b.db.Text(t))
	old := b.named(t, "Old", "2026-11-01")
	require.ErrorIs(t, b.db.Tables().JoinGroup(t.Context(), old.Person, groups[0], "2026-11-20"), table.ErrGone)
}
