package table_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/table"
)

func leaving(user table.User, at time.Time) table.ErasureRequest {
	return table.ErasureRequest{User: user, Address: entries(user.Email), At: at}
}

func TestAnErasureThatIsAcceptedLeavesAJobAndNobodyWhoCanSignIn_7_erase(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	require.NoError(t, s.AddLink(t.Context(), ann.Person, "link", table.Link{Language: "en"}, now))
	l := leaving(ann, now)
	l.LinkHash = "link"
	require.NoError(t, s.BeginErasure(t.Context(), l))
	require.ErrorIs(t, s.BeginErasure(t.Context(), l), table.ErrAbsent, "the link is used up")

	_, err := s.User(t.Context(), ann.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
	_, err = s.PersonAt(t.Context(), entries(ann.Email))
	require.ErrorIs(t, err, table.ErrAbsent)
	kept, counted := s.db.Users(t, s.office.Business)
	require.Equal(t, counted, kept, "3.i")
	job, err := s.Erasure(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Equal(t, now.Unix(), job.AskedAt)
	farewell, err := s.Farewell(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Equal(t, ann.Email, farewell.Email)
	erased, err := s.Erased(t.Context())
	require.NoError(t, err)
	require.Contains(t, erased, ann.Person)
	require.ErrorIs(t, s.BeginErasure(t.Context(), leaving(ann, now)), table.ErrGone)
}

func TestAnErasureWithALinkThatIsTooOldChangesNothing_7_erase(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	require.NoError(t, s.AddLink(t.Context(), ann.Person, "link", table.Link{}, now))
	l := leaving(ann, now.AddDate(0, 0, 7))
	l.LinkHash = "link"
	require.ErrorIs(t, s.BeginErasure(t.Context(), l), table.ErrAbsent)
	_, err := s.User(t.Context(), ann.Person)
	require.NoError(t, err)
}

func TestTheLastAdministratorIsNotErasedWhileTheContractStands(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	require.NoError(t, s.ChangeRole(t.Context(), ann, identity.Administrator))
	ann.Role = identity.Administrator
	require.ErrorIs(t, s.BeginErasure(t.Context(), leaving(ann, now)), table.ErrLastAdministrator)

	bob := s.ann(t)
	require.NoError(t, s.ChangeRole(t.Context(), bob, identity.Administrator))
	require.NoError(t, s.BeginErasure(t.Context(), leaving(ann, now)))
}

func TestOneConfirmationIsMailedOfAnErasureWhoeverAsks_7_erase(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	require.NoError(t, s.BeginErasure(t.Context(), leaving(ann, now)))
	for _, first := range []bool{true, false} {
		claimed, err := s.MarkMailed(t.Context(), ann.Person)
		require.NoError(t, err)
		require.Equal(t, first, claimed)
	}
	require.NoError(t, s.RemoveFarewell(t.Context(), ann.Person))
	_, err := s.Farewell(t.Context(), ann.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
	job, err := s.Erasure(t.Context(), ann.Person)
	require.NoError(t, err)
	require.NoError(t, s.EndErasure(t.Context(), job))
	_, err = s.Erasure(t.Context(), ann.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestAnEmptiedPersonLeavesNoItemAndNoReservation_7_erase(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	b := s.reserved(t, ann.Person, s.office.Desks[0], 9, 12)
	s.db.Put(t, "agenda", table.PersonPartition(ann.Person), "nobody declared this", map[string]any{"ttl": 1})
	require.NoError(t, s.Empty(t.Context(), ann.Person))
	require.NoError(t, s.Empty(t.Context(), ann.Person))
	kept, err := s.AllOf(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Empty(t, kept)
	require.Nil(t, s.raw(t, "agenda", table.PersonPartition(ann.Person), "nobody declared this"))
	require.NotContains(t, s.sheet(t, s.office.Desks[0]).Holdings, b.ID)
	require.Empty(t, s.sheet(t, s.office.Desks[0]).Taken)
}

func TestWhoIsVacatedFromAReservationThatEndedTakesNobodysTime_7_erase(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	b := s.reserved(t, ann, s.office.Desks[0], 9, 12)
	sheet := s.personSheet(t, ann)
	held := s.sheet(t, s.office.Desks[0]).Holdings[b.ID]
	at := today.Start(s.zone()).Add(10 * time.Hour)
	require.NoError(t, s.Release(t.Context(), ann, b.Place, today, b.ID, held, at, table.Released))
	bob := s.reserved(t, s.somebody(t), s.office.Desks[0], 10, 12)
	require.NoError(t, s.Vacate(t.Context(), ann, sheet, b.ID))
	require.NoError(t, s.Vacate(t.Context(), ann, sheet, b.ID))
	require.ElementsMatch(t, bob.Interval.Quarters(), s.sheet(t, s.office.Desks[0]).Taken)
}

func TestAnErasureIsRepeatedOnARestoredDirectoryWithoutAMail_7_erase(t *testing.T) {
	s := newScene(t)
	p := s.somebody(t)
	require.NoError(t, s.RepeatErasure(t.Context(), p, now))
	jobs, err := s.Erasures(t.Context())
	require.NoError(t, err)
	require.Contains(t, jobs, table.Erasure{Person: p, AskedAt: now.Unix(), Mailed: true, Repeated: true})
}
