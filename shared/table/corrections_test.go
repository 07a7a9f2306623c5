package table_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// correctionsOf are those of one person.
func (s scene) correctionsOf(t testing.TB, p identity.Person) map[string]table.Correction {
	t.Helper()
	all, err := s.Corrections(t.Context())
	require.NoError(t, err)
	found := map[string]table.Correction{}
	for _, c := range all {
		if c.Person == p {
			found[c.What] = c
		}
	}
	return found
}

func TestACorrectionIsRepeatedOnARestoredDirectory_7_rectify(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	backup := s.db.Item(t, privacy.Directory, table.PersonPartition(ann.Person), "user")
	email := "new." + ann.Email
	changes := map[privacy.Clause]any{"4.a.1": "Anna", "4.b.2": "Engineer"}
	require.NoError(t, s.ChangeUser(t.Context(), ann.Person, changes, false))
	require.NoError(t, s.MoveAddress(t.Context(), ann, entries(ann.Email), entries(email), email, s.domain))

	s.db.Restore(t, privacy.Directory, backup)
	for _, c := range s.correctionsOf(t, ann.Person) {
		require.NoError(t, s.CorrectAgain(t.Context(), c, entries))
		require.NoError(t, s.CorrectAgain(t.Context(), c, entries))
	}
	user, err := s.User(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Equal(t, []string{"Anna", email, "Engineer"}, []string{user.Name, user.Email, user.JobTitle})
	_, err = s.PersonAt(t.Context(), entries(ann.Email))
	require.ErrorIs(t, err, table.ErrAbsent)
	found, err := s.PersonAt(t.Context(), entries(email))
	require.NoError(t, err)
	require.Equal(t, ann.Person, found)
}

func TestACorrectionIsKeptForTwoDaysAndHoldsNothingOfWhatWasThereBefore_7_rectify(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	f := table.Favourite{Location: s.office.Location.ID, Floor: s.office.Floor, Spot: s.office.Desks[0]}
	require.NoError(t, s.AddFavourite(t.Context(), ann, f))
	require.NoError(t, s.RemoveFavourite(t.Context(), ann, f.Spot))
	noted := s.correctionsOf(t, ann)
	require.Len(t, noted, 1)
	require.Nil(t, noted["favourites"].Now)
	require.NotContains(t, noted["favourites"].What, f.Spot)
	s.at(now.Add(48 * time.Hour))
	require.Empty(t, s.correctionsOf(t, ann))
}

func TestNothingIsCorrectedThatTheRegisterDoesNotKnowNorOfSomebodyWhoIsGone(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	require.Error(t, s.CorrectAgain(t.Context(), table.Correction{Person: ann.Person, What: "shoes"}, entries))
	require.NoError(t, s.Unregister(t.Context(), ann, entries(ann.Email)))
	late := table.Correction{Person: ann.Person, What: "name", Now: "Anna"}
	require.NoError(t, s.CorrectAgain(t.Context(), late, entries))
	_, err := s.User(t.Context(), ann.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
}
