package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

func TestAReaderHasOfARegistrationTheKindsThatItNamesAlone_5_purpose(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	read, err := s.User(t.Context(), ann.Person, "4.a.2")
	require.NoError(t, err)
	require.Equal(t, ann.Email, read.Email)
	require.Empty(t, read.Name)
	require.Empty(t, read.ConsentVersion)
}

func TestAnItemIsGivenChangedAndClearedAloneAndALateChangeBringsNobodyBack_7_rectify(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	give := func(value any) error {
		return s.ChangeUser(t.Context(), ann.Person, map[privacy.Clause]any{"4.b.1": value}, false)
	}
	for _, phone := range []any{"+31 20 000 0000", "+31 20 000 0001", nil} {
		require.NoError(t, give(phone))
		user, err := s.User(t.Context(), ann.Person)
		require.NoError(t, err)
		if phone == nil {
			require.Empty(t, user.Phone)
		} else {
			require.Equal(t, phone, user.Phone)
		}
		require.Equal(t, ann.Name, user.Name)
	}
	require.NoError(t, s.Unregister(t.Context(), ann, entries(ann.Email)))
	require.ErrorIs(t, give("+31 20 000 0002"), table.ErrAbsent)
	require.ErrorIs(t, s.SetPhoto(t.Context(), ann.Person, "mark"), table.ErrAbsent)
	require.ErrorIs(t, s.Consented(t.Context(), ann.Person, "2", "en", now), table.ErrAbsent)
	require.Nil(t, s.raw(t, "directory", table.PersonPartition(ann.Person), "user"))
}

func TestAnObjectionTakesAwayWhatWasRecordedOfIt_7_object_4_d_5_4_e_2(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	s.signedIn(t, ann)
	objections := map[privacy.Clause]any{"7.object": []string{"4.d.5", "4.e.2"}}
	require.NoError(t, s.ChangeUser(t.Context(), ann.Person, objections, false))
	_, err := s.LastLogin(t.Context(), ann.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
	user, err := s.User(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Empty(t, user.OS)
	require.True(t, user.ObjectsTo("4.e.2"))
	objects, err := s.ObjectsTo(t.Context(), ann.Person, "4.e.1", "4.d.5")
	require.NoError(t, err)
	require.True(t, objects)
}

func TestSomebodyIsUnregisteredOnceWhateverIsLeftOfThem_3_i(t *testing.T) {
	s := newScene(t)
	ann, bob := s.ann(t), s.ann(t)
	moved := ann
	moved.Email = "another@" + s.domain
	require.ErrorIs(t, s.Unregister(t.Context(), moved, entries(moved.Email)), table.ErrRefused)
	for range 2 {
		require.NoError(t, s.Unregister(t.Context(), ann, entries(ann.Email)))
	}
	kept, counted := s.db.Users(t, s.office.Business)
	require.Equal(t, 1, kept)
	require.Equal(t, counted, kept)

	s.db.Delete(t, privacy.Directory, "b#"+s.office.Business, "account") // the contract has ended
	require.NoError(t, s.Unregister(t.Context(), bob, entries(bob.Email)))
	_, err := s.PersonAt(t.Context(), entries(bob.Email))
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestNobodyIsAtAnAddressThatIsNoOnes(t *testing.T) {
	s := newScene(t)
	found, err := s.PersonAt(t.Context(), entries("nobody@"+s.domain))
	require.ErrorIs(t, err, table.ErrAbsent)
	require.Equal(t, identity.Person{}, found)
}
