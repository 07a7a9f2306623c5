package table_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestAnInvitationIsMadeOnceByWhoIsRegisteredAndNothingOfTheGuestNamesThem_4_d_3(t *testing.T) {
	s := newScene(t)
	ann, invited := s.somebody(t), secret.ID()
	g := s.guest(t, ann)
	g.Person.User = secret.ID()
	require.NoError(t, s.Invite(t.Context(), ann, invited, g))
	require.ErrorIs(t, s.Invite(t.Context(), ann, invited, g), table.ErrRefused)
	nobody := identity.Person{Business: s.office.Business, User: secret.ID()}
	require.ErrorIs(t, s.Invite(t.Context(), nobody, secret.ID(), g), table.ErrGone)

	require.NoError(t, s.HasInvited(t.Context(), ann, invited))
	require.ErrorIs(t, s.HasInvited(t.Context(), ann, "another"), table.ErrAbsent)
	for _, value := range s.raw(t, "agenda", table.PersonPartition(g.Person), "guest") {
		require.NotContains(t, value, ann.User)
		require.NotContains(t, value, invited)
	}
}

func TestAGuestIsKeptForSixWeeksAfterTheLastDay_4_d_3(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	g := s.guest(t, ann)
	gone := g.ClosesAt.AddDate(0, 0, 6*7)
	s.at(gone.Add(-time.Second))
	_, err := s.Guest(t.Context(), g.Person)
	require.NoError(t, err)
	s.at(gone)
	_, err = s.Guest(t.Context(), g.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
	invited, err := s.Invited(t.Context(), ann)
	require.NoError(t, err)
	require.Empty(t, invited)
	require.ErrorIs(t, s.GuestConsented(t.Context(), g.Person, "1", "en", gone), table.ErrAbsent)
	name := "Gustav"
	require.ErrorIs(t, s.ChangeGuest(t.Context(), g.Person, table.GuestChange{Name: &name}, gone), table.ErrAbsent)
}

func TestAReplacedPassIsDeadAndNoneComesBack(t *testing.T) {
	s := newScene(t)
	g := s.guest(t, s.somebody(t))
	require.NoError(t, s.ReplacePass(t.Context(), g, "second"))
	require.ErrorIs(t, s.ReplacePass(t.Context(), g, "third"), table.ErrRefused, "it was replaced meanwhile")
	g, err := s.Guest(t.Context(), g.Person)
	require.NoError(t, err)
	require.Equal(t, "second", g.Pass)
	require.ErrorIs(t, s.ReplacePass(t.Context(), g, "hash of a pass"), table.ErrRefused)
	for i := len(g.Dead); i < table.MaxPasses; i++ {
		g.Dead = append(g.Dead, fmt.Sprint(i))
	}
	require.ErrorIs(t, s.ReplacePass(t.Context(), g, "one too many"), table.ErrRefused)
}

func TestAGuestChangesEachItemAloneAndAnErasedOneNothing_7_rectify_7_shield(t *testing.T) {
	s := newScene(t)
	g := s.guest(t, s.somebody(t))
	shield, none := []string{table.NameItem}, []string(nil)
	require.NoError(t, s.ChangeGuest(t.Context(), g.Person, table.GuestChange{Shield: &shield}, now))
	hidden, err := s.Guest(t.Context(), g.Person)
	require.NoError(t, err)
	require.Equal(t, g.Name, hidden.Name)
	require.Empty(t, hidden.ShownName())
	require.NoError(t, s.ChangeGuest(t.Context(), g.Person, table.GuestChange{Shield: &none}, now))
	shown, err := s.Guest(t.Context(), g.Person)
	require.NoError(t, err)
	require.Equal(t, g.Name, shown.ShownName())

	require.NoError(t, s.EndGuest(t.Context(), g.Person, now))
	require.ErrorIs(t, s.EndGuest(t.Context(), g.Person, now), table.ErrGone)
	require.ErrorIs(t, s.ChangeGuest(t.Context(), g.Person, table.GuestChange{Name: &g.Name}, now), table.ErrAbsent)
}

// 100 are what DynamoDB reads in one call.
func TestMoreGuestsThanOneCallReadsAreAllFoundAndThoseWhoAreGoneAreMissing(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	ids := []string{secret.ID()}
	for range 101 {
		ids = append(ids, s.guest(t, ann).Person.User)
	}
	found, err := s.GuestsNow(t.Context(), s.office.Business, ids)
	require.NoError(t, err)
	require.Len(t, found, 101)
	require.NotContains(t, found, ids[0])
}
