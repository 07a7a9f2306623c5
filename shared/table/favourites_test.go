package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestAFavouriteIsKeptOfASpotThatIsThereForSomebodyWhoIs_4_c_1(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	f := table.Favourite{Location: s.office.Location.ID, Floor: s.office.Floor, Spot: s.office.Desks[0]}
	require.NoError(t, s.AddFavourite(t.Context(), ann, f))
	require.NoError(t, s.AddFavourite(t.Context(), ann, f), "again is the same")
	gone := f
	gone.Spot = secret.ID()
	require.ErrorIs(t, s.AddFavourite(t.Context(), ann, gone), table.ErrRefused)
	nobody := identity.Person{Business: s.office.Business, User: secret.ID()}
	require.ErrorIs(t, s.AddFavourite(t.Context(), nobody, f), table.ErrRefused)
	spots, err := s.FavouriteSpots(t.Context(), ann)
	require.NoError(t, err)
	require.Equal(t, []table.Favourite{f}, spots)
	for range 2 {
		require.NoError(t, s.RemoveFavourite(t.Context(), ann, f.Spot))
	}
	spots, err = s.FavouriteSpots(t.Context(), ann)
	require.NoError(t, err)
	require.Empty(t, spots)
}

func TestAColleaguesNameIsKeptAsWrittenAndItsIdHoldsNoOther_4_c_2(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	jo := table.Colleague{ID: secret.ID(), Name: "Jo from  IT"}
	require.NoError(t, s.AddColleague(t.Context(), ann, jo))
	require.NoError(t, s.AddColleague(t.Context(), ann, jo), "again is the same")
	require.ErrorIs(t, s.AddColleague(t.Context(), ann, table.Colleague{ID: jo.ID, Name: "Al"}), table.ErrRefused)
	_, names, err := s.Favourites(t.Context(), ann)
	require.NoError(t, err)
	require.Equal(t, []table.Colleague{jo}, names)
	require.NoError(t, s.RemoveColleague(t.Context(), ann, jo.ID))
	_, names, err = s.Favourites(t.Context(), ann)
	require.NoError(t, err)
	require.Empty(t, names)
}
