package booking_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// named is somebody who agreed to a version of the statement, and shows their name unless they hide it.
func (b bench) named(t *testing.T, name, version string, hides ...string) identity.Caller {
	t.Helper()
	who := b.Person(t)
	attributes := map[string]any{"business": b.Business, "member_of": table.MemberOf(who.Person), "name": name,
		"consent_version": version}
	if hides != nil {
		attributes["shield"] = hides
	}
	b.db.Put(t, privacy.Directory, table.PersonPartition(who.Person), "user", attributes)
	return who
}

// pair is somebody with a colleague who may act for them.
func (b bench) pair(t *testing.T) (ann, ben identity.Caller) {
	t.Helper()
	ann, ben = b.named(t, "Ann", privacy.StatementVersion), b.named(t, "Ben", privacy.StatementVersion)
	_, err := b.desk.AllowDelegate(t.Context(), ann, booking.ColleagueInput{Colleague: ben.User})
	require.NoError(t, err)
	return ann, ben
}

func forWhom(p identity.Caller) booking.PrincipalInput {
	return booking.PrincipalInput{Principal: p.User}
}

func (b bench) reserveFor(t testing.TB, by, p identity.Caller, spot, key string) (booking.Reservations, error) {
	t.Helper()
	return b.desk.ReserveFor(t.Context(), by, booking.ReserveForInput{PrincipalInput: forWhom(p), Spot: spot,
		Period: booking.Period{Date: "2026-11-24", From: "09:00", To: "12:00"}, Key: key})
}

func TestWhoIsAllowedReservesAndCancelsForAColleagueAndBothSeeIt_4_f_1(t *testing.T) {
	b := office(t, 2)
	ann, ben := b.pair(t)
	made, err := b.reserveFor(t, ben, ann, b.Desks[0], "the-one-key")
	require.NoError(t, err)
	again, err := b.reserveFor(t, ben, ann, b.Desks[0], "the-one-key")
	require.NoError(t, err)
	require.Equal(t, made, again)

	hers, err := b.desk.Agenda(t.Context(), ann, booking.AgendaInput{})
	require.NoError(t, err)
	require.Equal(t, &booking.Party{ID: ben.User, Name: "Ben"}, hers.Reservations[0].By)
	seen, err := b.desk.AgendaFor(t.Context(), ben, forWhom(ann))
	require.NoError(t, err)
	require.Equal(t, made.Reservations[0].ID, seen.Reservations[0].ID)
	require.Equal(t, ben.User, seen.Reservations[0].By.ID)
	pending, err := b.db.Tables().ToTell(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Len(t, pending, 1, "she is told, once")

	_, err = b.desk.CancelFor(t.Context(), ben, booking.CancelForInput{PrincipalInput: forWhom(ann),
		Held: made.Reservations[0].ID})
	require.NoError(t, err)
	hers, err = b.desk.Agenda(t.Context(), ann, booking.AgendaInput{})
	require.NoError(t, err)
	require.Empty(t, hers.Reservations)
	pending, err = b.db.Tables().ToTell(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Len(t, pending, 2)
	b.db.Clean(t, "acted#")
}

func TestADelegateSeesNoTitleAndNothingOfWhatIsOver_4_f_1(t *testing.T) {
	b := office(t, 1)
	ann, ben := b.pair(t)
	b.meeting(t, ann, booking.Titled{Title: "Dismissals", Shown: true})
	seen, err := b.desk.AgendaFor(t.Context(), ben, forWhom(ann))
	require.NoError(t, err)
	require.Len(t, seen.Reservations, 1)
	require.NotContains(t, printed(seen), "Dismissals")
	require.Nil(t, seen.Reservations[0].By)
	b.db.Clock.Move(2 * time.Hour)
	seen, err = b.desk.AgendaFor(t.Context(), ben, forWhom(ann))
	require.NoError(t, err)
	require.Empty(t, seen.Reservations)
}

func TestNobodyActsWithoutBeingAllowedAndWhoIsHiddenOrGoneLooksUnknown_4_f_1(t *testing.T) {
	b := office(t, 2)
	ann, ben := b.pair(t)
	hers := b.reserve(t, ann, b.Desks[1], "13:00", "14:00")
	admin := b.named(t, "Ada", privacy.StatementVersion)
	admin.Role = identity.Administrator
	refused := func(by identity.Caller) {
		t.Helper()
		before := b.db.Text(t)
		_, err := b.reserveFor(t, by, ann, b.Desks[0], secret.ID())
		kind(t, err, problem.NotFound)
		_, err = b.desk.AgendaFor(t.Context(), by, forWhom(ann))
		kind(t, err, problem.NotFound)
		_, err = b.desk.CancelFor(t.Context(), by, booking.CancelForInput{PrincipalInput: forWhom(ann),
			Held: hers.ID})
		kind(t, err, problem.NotFound)
		require.Equal(t, before, b.db.Text(t))
	}
	refused(admin)
	refused(ann) // it is no way to act for oneself either
	_, err := b.desk.EndDelegate(t.Context(), ann, booking.ColleagueInput{Colleague: ben.User})
	require.NoError(t, err)
	refused(ben)
	b.db.Clean(t, "principal#")

	other := office(t, 1)
	for why, who := range map[string]string{
		"hides":    b.named(t, "Hid", privacy.StatementVersion, "4.a.1").User,
		"unagreed": b.named(t, "Old", "2026-11-01").User,
		"foreign":  other.named(t, "For", privacy.StatementVersion).User,
		"never":    secret.ID(),
	} {
		_, err := b.desk.AllowDelegate(t.Context(), ann, booking.ColleagueInput{Colleague: who})
		require.Equal(t, problem.Unknown(), kind(t, err, problem.NotFound), why)
	}
	_, err = b.desk.AllowDelegate(t.Context(), ann, booking.ColleagueInput{Colleague: ann.User})
	kind(t, err, problem.Unacceptable)
}

func TestForWhoHasYetToAgreeNobodyActs_2_consent(t *testing.T) {
	b := office(t, 1)
	ann, ben := b.pair(t)
	b.db.Put(t, privacy.Directory, table.PersonPartition(ann.Person), "user", map[string]any{"business": b.Business,
		"member_of": table.MemberOf(ann.Person), "name": "Ann", "consent_version": "2026-11-01"})
	_, err := b.reserveFor(t, ben, ann, b.Desks[0], secret.ID())
	kind(t, err, problem.NotFound)
}

func TestADelegateEndsItFromTheirSideAndBothListsAreEmpty_4_f_1(t *testing.T) {
	b := office(t, 1)
	ann, ben := b.pair(t)
	seen, err := b.desk.Delegation(t.Context(), ben, struct{}{})
	require.NoError(t, err)
	require.Equal(t, []booking.Allowed{{Party: booking.Party{ID: ann.User, Name: "Ann"}, Given: "2026-11-23"}},
		seen.Principals)
	_, err = b.desk.EndActing(t.Context(), ben, booking.ColleagueInput{Colleague: ann.User})
	require.NoError(t, err)
	for _, who := range []identity.Caller{ann, ben} {
		seen, err := b.desk.Delegation(t.Context(), who, struct{}{})
		require.NoError(t, err)
		require.Equal(t, booking.Delegation{Delegates: []booking.Allowed{}, Principals: []booking.Allowed{}}, seen)
	}
}

// The permission is a condition of the write: taken back between any two calls of a request, it makes nothing.
func TestAPermissionTakenBackWhileSomebodyReservesMakesNothing_4_f_1(t *testing.T) {
	b := office(t, 1)
	ann, ben := b.pair(t)
	for n := 1; ; n++ {
		taken := false
		desk := b.desk
		desk.Tables = b.db.Meanwhile(n, func() {
			taken = true
			_, err := b.desk.EndDelegate(t.Context(), ann, booking.ColleagueInput{Colleague: ben.User})
			require.NoError(t, err)
		})
		_, err := desk.ReserveFor(t.Context(), ben, booking.ReserveForInput{PrincipalInput: forWhom(ann),
			Spot: b.Desks[0], Period: booking.Period{Date: "2026-11-24", From: "09:00", To: "12:00"},
			Key: secret.ID()})
		if !taken {
			require.NoError(t, err)
			require.Greater(t, n, 3, "it was taken back before the write, too")
			return
		}
		kind(t, err, problem.NotFound)
		require.Empty(t, b.agenda(t, ann))
		_, err = b.desk.AllowDelegate(t.Context(), ann, booking.ColleagueInput{Colleague: ben.User})
		require.NoError(t, err)
	}
}

func TestTheErasureOfEitherTakesItFromBoth_4_f_1_7_erase(t *testing.T) {
	for _, gone := range []int{0, 1} {
		b := office(t, 1)
		ann, ben := b.pair(t)
		made, err := b.reserveFor(t, ben, ann, b.Desks[0], secret.ID())
		require.NoError(t, err)
		who := []identity.Caller{ann, ben}[gone]
		b.db.Delete(t, privacy.Directory, table.PersonPartition(who.Person), "user")
		require.NoError(t, b.db.Tables().Empty(t.Context(), who.Person))
		require.NoError(t, b.db.Tables().ForgetCancelMarks(t.Context(), who.Person))
		b.db.Clean(t, who.User)
		if who == ben {
			seen, err := b.desk.Get(t.Context(), ann, booking.OwnInput{Reservation: made.Reservations[0].ID})
			require.NoError(t, err, "hers stays")
			require.Nil(t, seen.By)
		}
	}
}
